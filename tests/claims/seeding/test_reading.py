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

# file, what to replace, with what, lines below the replaced text, field, part of the problem
SPOILT = [
    (CLAIM, "number: 1\n", "number: one\n", 0, "number", "not a whole number"),
    (CLAIM, "number: 1\n", "number: 1\nnumbr: 2\n", 1, "numbr", "not a field"),
    (CLAIM, "number: 1\n", "number: 1\nnumber: 2\n", 1, "number", "written twice (first on line 2)"),
    (CLAIM, "number: 1\n", "number: 2\n", 0, "number", "given to two claims"),
    (CLAIM, "number: 1\n", "number: 0\n", 0, "number", "not a number from 1"),
    (CLAIM, "would_settle:\n", "would_settle: &a\n", 0, "", "anchors (&) and aliases (*)"),
    (CLAIM, "claimants: [ratchanok-srinok]", "claimants: ratchanok-srinok", 0, "claimants", "is not a list"),
    (CLAIM, "claimants: [ratchanok-srinok]", "claimants: []", 0, "claimants", "an empty list"),
    (CLAIM, "claimants: [ratchanok-srinok]", "claimants: [somebody]", 0, "claimants[1]", "no claimant “somebody”"),
    (
        CLAIM,
        "claimants: [ratchanok-srinok]",
        "claimants: [ratchanok-srinok, ratchanok-srinok]",
        0,
        "claimants",
        "names somebody twice",
    ),
    (CLAIM, "agencies: [sso]", "agencies: [SSO Office]", 0, "agencies[1]", "is not a name"),
    (CLAIM, "agencies: [sso]", "agencies: [nobody]", 0, "agencies[1]", "no agency “nobody”"),
    (CLAIM, "first: true", "first: yes", 0, "appearances[1].first", "neither true nor false"),
    (CLAIM, "first: false", "first: true", 0, "appearances[2].first", "second first appearance"),
    (
        CLAIM,
        "earliest: 2025-02-15",
        "earliest: 2025-02-30",
        0,
        "appearances[1].date.earliest",
        "not a date of the calen",
    ),
    (CLAIM, "earliest: 2025-02-15", "earliest: 15.2.2025", 0, "appearances[1].date.earliest", "not a date"),
    (
        CLAIM,
        "earliest: 2025-02-15",
        "earliest: 2568-02-15",
        0,
        "appearances[1].date.earliest",
        "not a date of our time",
    ),
    (CLAIM, "earliest: 2025-02-15", "earliest: 2025-02-19", 0, "appearances[1].date", "ends before it begins"),
    (
        CLAIM,
        "{exact: 2025-02-18}",
        "{exact: 2025-02-18, latest: 2025-02-18}",
        0,
        "appearances[2].date",
        "exact and an int",
    ),
    (CLAIM, "{exact: 2025-02-18}", "{}", 0, "appearances[2].date", "says no date"),
    (CLAIM, "{exact: 2025-02-18}", "{unknown: false}", 0, "appearances[2].date", "which is no date"),
    (
        CLAIM,
        "{exact: 2025-02-18}",
        "{unknown: true, exact: 2025-02-18}",
        0,
        "appearances[2].date",
        "unknown and a date",
    ),
    (CLAIM, "{exact: 2025-02-18}", "2025-02-18", 0, "appearances[2].date", "not a group of fields"),
    (CLAIM, "kind: social_post", "kind: gossip", 0, "appearances[1].kind", "not one of its codes"),
    (CLAIM, "  - number: 2\n", "  - number: 3\n", 0, "assertions[2].number", "is 3, not 2"),
    (CLAIM, "assertion: 3\n", "assertion: 9\n", 0, "citations[1].assertion", "has no assertion 9"),
    (
        CLAIM,
        "source: bangkok-post-2025-02-18\n    stance",
        "source: gone\n    stance",
        0,
        "citations[1].source",
        "no source",
    ),
    (CLAIM, "key: spending-risen", "key: spending-amounts", 11, "citations[2].key", "names two entries"),
    (CLAIM, "slug: sso-spending-growth", "slug: another-slug", 0, "slug", "not the name of its file"),
    (CLAIM, "lang: en", "lang: fr", 0, "citations[1].quote.lang", "not one of its codes"),
    (
        HOTLINE,
        "    text:\n      en: The 1506",
        "    text:\n      fr: The 1506",
        1,
        "assertions[1].text.fr",
        "not a field",
    ),
    (HOTLINE, "      en: The 1506 Hotline is", "      en: 1506 #", 0, "assertions[1].text.en", "is read as a number"),
    (HOTLINE, "      en: The 1506 Hotline is", "      en: #", 0, "assertions[1].text.en", "is empty"),
    (HOTLINE, "      en: The 1506", "      en: The \u202e1506", 0, "assertions[1].text.en", "direction characters"),
    (HOTLINE, "      en: The 1506", "      en: The \x07 1506", 0, "", "character YAML does not allow"),
    (HOTLINE, "slug: hotline-1506", "slug: [hotline-1506", 1, "", "is not valid YAML"),
    (HOTLINE, "kind: figure", "kind: !!python/name:os.system figure", 0, "", "tags (!) are not allowed"),
    (APP, "reportedly cost 276", "reportedly, by rumour, cost 276", -1, "heading.en", "repeats a rumour"),
    ("dossier.yaml", "title:\n", "titel:\n", 0, "titel", "not a field"),
    ("dossier.yaml", "office: bangkok-mp", "office: no-such", 0, "claimants[1].office", "no office “no-such”"),
    (
        "dossier.yaml",
        "stance: context",
        "stance: context\n    assertion: 1",
        1,
        "citations[1].assertion",
        "only a claim has",
    ),
    (
        "actors.yaml",
        "- office: house-budget",
        "- office: bangkok-mp #",
        0,
        "people[1].tenures[2].office",
        "stands twice",
    ),
    ("actors.yaml", "start: {unknown: true}", "start:", 0, "people[1].tenures[1].start", "not a group of fields"),
    (
        "actors.yaml",
        "fiscal_year_starts_month: 10",
        'fiscal_year_starts_month: "10"',
        0,
        "jurisdiction.fiscal_year_starts_month",
        "not a whole",
    ),
    (
        "actors.yaml",
        "fiscal_year_starts_month: 10",
        "fiscal_year_starts_month: 1:30",
        0,
        "jurisdiction.fiscal_year_starts_month",
        "not a whole",
    ),
    (
        "actors.yaml",
        "- {name: Rukchanok Srinork, lang: en}",
        "- Rukchanok Srinork",
        0,
        "people[1].aliases[1]",
        "not a group of fields",
    ),
    (
        "responses.yaml",
        "kind: public_statement",
        "kind: reply_to_request",
        0,
        "responses[1].kind",
        "cannot come out of a file",
    ),
    (
        "responses.yaml",
        "en: Planned to clarify",
        f"en: Planned {'very ' * 20}",
        0,
        "responses[1].label.en",
        "more than 80",
    ),
    (
        "responses.yaml",
        "claim: hotline-1506",
        "claim: sso-spending-growth",
        0,
        "responses[1].coverage[2]",
        "covers “sso-spending",
    ),
    ("responses.yaml", "assertion: 4", "assertion: 7", 0, "responses[3].coverage[4].assertion", "has no assertion 7"),
    ("figures.yaml", 'value: "4000000000"', "value: 4000000000.0", 0, "figures[1].value", "read as a float"),
    ("figures.yaml", 'value: "4000000000"', 'value: "4,000,000,000"', 0, "figures[1].value", "not an amount"),
    ("figures.yaml", 'value: "4000000000"', 'value: "4e9"', 0, "figures[1].value", "not an amount"),
    ("figures.yaml", 'value: "4000000000"', "value: [4]", 0, "figures[1].value", "not a single value"),
    ("figures.yaml", 'value: "4000000000"', 'value: "4100000000"', 4, "figures[1].significant_digits", "does not fit"),
    ("figures.yaml", '    value: "4000000000"\n', "", -8, "figures[1].value", "is missing, and so are words"),
    ("figures.yaml", "    currency: THB\n", "", -10, "figures[1].currency", "belongs to money"),
    ("figures.yaml", "    significant_digits: 1\n", "", -12, "figures[1].significant_digits", "goes with"),
    ("figures.yaml", "assertion: 1\n", "assertion: 8\n", 0, "figures[1].assertion", "has no assertion 8"),
    (
        "figures.yaml",
        "citation: spending-amounts",
        "citation: hotline-allocated",
        0,
        "figures[1].citation",
        "another subject",
    ),
    (
        "figures.yaml",
        "citation: spending-amounts",
        "citation: six-key-issues",
        0,
        "figures[1].citation",
        "another subject",
    ),
    ("figures.yaml", "slug: sso-spending-2023", "slug: sso-spending-2020", 0, "figures[2].slug", "names two entries"),
    ("figures.yaml", "basis: said", "basis: shouted", 0, "figures[1].said_by.basis", "not one of its codes"),
    ("figures.yaml", 'low: "0.5"', 'low: "0.6"', 0, "figures[6].interval.low", "is above high"),
    ("figures.yaml", 'low: "0.5"', "low: 0.5", 0, "figures[6].interval.low", "read as a float"),
    ("figures.yaml", "low_closed: true", "low_closed: false", 0, "figures[6].interval.low", "does not belong to it"),
    (
        "figures.yaml",
        "earliest: 2023-10-01",
        "earliest: 2025-10-01",
        1,
        "figures[10].period.latest",
        "is before earliest",
    ),
    (HOTLINE, "      en: The 1506 Hotline is", '      en: "\\uD800" #', 0, "assertions[1].text.en", "cannot see"),
    (
        "actors.yaml",
        "start: {unknown: true}\n        end: {unknown: true}",
        "start: {exact: 2025-01-02}\n        end: {exact: 2024-01-02}",
        1,
        "people[1].tenures[1].end",
        "ends before it starts",
    ),
    (
        "actors.yaml",
        "- {name: Rukchanok Srinork, lang: en}",
        "- {name: R, lang: en}\n      - {name: R, lang: en}",
        1,
        "people[1].aliases[2].name",
        "stands twice",
    ),
    (
        CLAIM,
        "exact: has risen significantly over the past four years",
        "exact: from 4 billion baht in 2020 to 6.61 billion baht in 2023",
        10,
        "citations[2].quote.exact",
        "is quoted twice",
    ),
    ("figures.yaml", "    interval: {", "    # {", -11, "figures[6].interval", "is missing"),
    (
        "figures.yaml",
        'value: "1.5"\n',
        'value: "1.5"\n    interval: {low: "2", high: "3", low_closed: true, high_closed: true}\n',
        0,
        "figures[9].value",
        "outside its interval",
    ),
    ("figures.yaml", "citation: board-composition", "assertion: 1", 0, "figures[13].assertion", "needs a claim"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "below", "field", "problem"), SPOILT, ids=[f"{row[4] or row[0]}: {row[5]}" for row in SPOILT]
)
def test_a_fault_names_its_file_line_and_field(
    folder: Folder, file: str, old: str, new: str, below: int, field: str, problem: str
) -> None:
    line = folder.replace(file, old, new)
    found = [fault for fault in folder.faults() if problem in fault.problem]
    assert (file, field, line + below) in {(fault.file, fault.field, fault.line) for fault in found}, folder.faults()
    assert found[0].remedy


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
