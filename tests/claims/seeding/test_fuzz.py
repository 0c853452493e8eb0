"""Whatever stands in a file, the reader answers with faults or a dossier, never with a traceback."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.seeding.demo import FIRST_CASE
from tests.claims.seeding.folders import Folder

FILES = ["actors.yaml", "checks.yaml", "claims/hotline-1506.yaml", "dossier.yaml", "figures.yaml", "responses.yaml"]
SNIPPETS = [
    "&a ",
    "*a",
    "!!float ",
    "? ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "|\n",
    ">-\n",
    "#",
    "~",
    "1e999",
    ".nan",
    "\t",
]


def copy_some(folder: Path) -> None:
    """One claim only: reading all eight would cost ten times the time and find nothing more."""
    shutil.copytree(FIRST_CASE, folder, ignore=shutil.ignore_patterns("sso-*.yaml", "training-*", "public-*"))


def read_quietly(folder: Path) -> None:
    faults = Folder(folder).faults()
    assert all(fault.file and fault.problem and fault.remedy for fault in faults)


@settings(max_examples=60, deadline=None)
@given(file=st.sampled_from(FILES), content=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_any_bytes_in_any_file(file: str, content: bytes) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place) / "case"
        copy_some(folder)
        (folder / file).write_bytes(content)
        read_quietly(folder)


@settings(max_examples=60, deadline=None)
@given(file=st.sampled_from(FILES), data=st.data())
def test_a_file_with_pieces_cut_out_and_put_in(file: str, data: st.DataObject) -> None:
    content = (FIRST_CASE / file).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = start + data.draw(st.integers(0, 80))
        put = data.draw(st.one_of(st.just(""), st.sampled_from(SNIPPETS), st.text(max_size=8)))
        content = content[:start] + put + content[end:]
    with TemporaryDirectory() as place:
        folder = Path(place) / "case"
        copy_some(folder)
        (folder / file).write_bytes(content.encode("utf-8", "surrogatepass"))
        read_quietly(folder)
