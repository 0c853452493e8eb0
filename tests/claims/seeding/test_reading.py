"""A faulty folder says which file, line and field, what is wrong and what to do; all of it at once."""

from pathlib import Path

import pytest

from claims.seeding.faults import FaultyDossier
from claims.seeding.nodes import MAX_FILE_BYTES
from claims.seeding.reading import read_dossier
from tests.claims.seeding.folders import Folder

CLAIM = "claims/sso-spending-growth.yaml"
HOTLINE = "claims/hotline-1506.yaml"
APP = "claims/sso-plus-app.yaml"


def test_the_first_case_has_no_fault(folder: Folder) -> None:
    assert folder.faults() == []


def test_a_missing_language_is_asked_for_by_its_name(folder: Folder) -> None:
    line = folder.replace("claims/training-waste.yaml", "      th: หลักสูตรเหล่านี้ซ้ำซ้อน\n", "")
    (fault,) = folder.faults()
    assert (fault.field, fault.problem) == ("assertions[2].text.th", "is missing.")
    assert fault.line in (line - 1, line - 2)
    assert "Thai" in fault.remedy


def test_all_faults_are_told_at_once_in_the_order_of_files_and_lines(folder: Folder) -> None:
    folder.replace("responses.yaml", "coverage: will_clarify", "coverage: promised")
    folder.replace("figures.yaml", 'value: "965000000"', "value: 965.0")
    folder.replace("dossier.yaml", "slug: sso-budget-2025", "slug: SSO")
    folder.replace(CLAIM, "agencies: [sso]", "agencies: [nobody]")
    faults = folder.faults()
    assert [fault.file for fault in faults] == [CLAIM, "dossier.yaml", "figures.yaml", "responses.yaml"]
    assert str(FaultyDossier(faults)).count("\n") == 3


def test_a_fault_reads_as_place_problem_and_remedy(folder: Folder) -> None:
    line = folder.replace("figures.yaml", 'value: "965000000"', "value: 965.0")
    (fault,) = folder.faults()
    assert str(fault) == (
        f"figures.yaml:{line}: figures[3].value: “965.0” would be read as a float. Put the amount in quotation marks."
    )


@pytest.mark.parametrize("name", ["dossier.yaml", "actors.yaml"])
def test_a_missing_file_is_a_fault(folder: Folder, name: str) -> None:
    (folder.path / name).unlink()
    assert (name, "is missing.") in [(fault.file, fault.problem) for fault in folder.faults()]


def test_a_folder_without_claims_is_a_fault(folder: Folder) -> None:
    for path in (folder.path / "claims").iterdir():
        path.unlink()
    assert ("claims", "holds no claim.") in [(fault.file, fault.problem) for fault in folder.faults()]


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyDossier, match="is not a folder"):
        read_dossier(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["respones.yaml", "claims/hotline.yml", "figures.yml"])
def test_a_file_that_would_be_overlooked_is_a_fault(folder: Folder, name: str) -> None:
    (folder.path / name).write_text("a: b\n")
    assert name in [fault.file for fault in folder.faults()]


def test_figures_checks_and_responses_may_be_left_out(folder: Folder) -> None:
    (folder.path / "figures.yaml").unlink()
    (folder.path / "checks.yaml").unlink()
    (folder.path / "responses.yaml").unlink()
    dossier = read_dossier(folder.path)
    assert (dossier.figures, dossier.lines, dossier.checks, dossier.responses) == ((), (), (), ())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"# nothing\n", "is empty"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"a: b\n---\nc: d\n", "is not valid YAML"),
        (b"x" * (MAX_FILE_BYTES + 1), "larger than 256 KB"),
        (b"[" * 5_000, "nested more than 20 deep"),
        (b"- a\n" * 20_001, "more than 20,000 values"),
        (b"a: &a [1]\nb: *a\n", "anchors (&) and aliases (*)"),
        (b"- just\n- a list\n", "is not a group of fields"),
        (b"? [a, b]\n: c\n", "is not a field"),
        (b"a: 2025-13-45\n", "is not a field"),
        (b"a: !!binary x\n", "tags (!) are not allowed"),
        (b"%YAML 9.9\n---\na: b\n", "is not valid YAML"),
        (b'a: "\\UFFFFFFFF"\n', "cannot be read as YAML"),
    ],
)
def test_what_is_no_dossier_at_all_is_refused_calmly(folder: Folder, content: bytes, problem: str) -> None:
    (folder.path / "responses.yaml").write_bytes(content)
    assert any(fault.file == "responses.yaml" and problem in fault.problem for fault in folder.faults()), (
        folder.faults()
    )


def test_a_file_that_cannot_be_opened_is_a_fault(folder: Folder) -> None:
    (folder.path / "responses.yaml").unlink()
    (folder.path / "responses.yaml").mkdir()
    assert any("cannot be read" in fault.problem for fault in folder.faults())


def test_a_byte_order_mark_does_no_harm(folder: Folder) -> None:
    path = folder.path / "figures.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert folder.faults() == []


def test_texts_are_stored_in_normal_form_c(folder: Folder) -> None:
    folder.replace("actors.yaml", "{en: Thailand,", "{en: Cafe\u0301land,")
    assert read_dossier(folder.path).actors.jurisdiction.name.en == "Caf\u00e9land"


def test_more_claims_than_a_dossier_holds_are_refused(folder: Folder) -> None:
    for number in range(200):
        (folder.path / "claims" / f"more-{number}.yaml").write_text("slug: x\n")
    assert any("more than 200 claims" in fault.problem for fault in folder.faults())
