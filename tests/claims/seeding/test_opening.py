"""Only ordinary files inside the folder are read; whatever else stands under their names is a fault."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from claims.seeding.reading import read_dossier
from tests.claims.seeding.folders import Folder

HOTLINE = "claims/hotline-1506.yaml"


@pytest.fixture
def ten_seconds() -> Iterator[None]:
    """Fail a test that waits for ever."""

    def give_up(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("ten_seconds")
@pytest.mark.parametrize("name", ["responses.yaml", "dossier.yaml", HOTLINE])
def test_a_pipe_is_a_fault_and_nobody_waits_for_its_writer(folder: Folder, name: str) -> None:
    (folder.path / name).unlink()
    os.mkfifo(folder.path / name)
    (fault,) = [fault for fault in folder.faults() if fault.file == name]
    assert fault.problem == "cannot be read: it is a folder, a pipe or a device."


def test_a_socket_is_a_fault(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.path / "responses.yaml").unlink()
    monkeypatch.chdir(folder.path)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("responses.yaml")
        found = [fault.problem for fault in folder.faults() if fault.file == "responses.yaml"]
    assert [problem[:15] for problem in found] == ["cannot be read:"]


@pytest.mark.parametrize("name", ["responses.yaml", "actors.yaml", HOTLINE])
@pytest.mark.parametrize("inside", [False, True])
def test_a_linked_file_is_not_followed(folder: Folder, name: str, inside: bool) -> None:
    target = (folder.path if inside else folder.path.parent) / "elsewhere"
    (folder.path / name).rename(target)
    (folder.path / name).symlink_to(target)
    (fault,) = [fault for fault in folder.faults() if fault.file == name]
    assert fault.problem == "cannot be read: it is a link, which could lead out of the folder."


def test_a_link_to_nothing_is_a_fault_and_not_a_part_left_out(folder: Folder) -> None:
    (folder.path / "responses.yaml").unlink()
    (folder.path / "responses.yaml").symlink_to("nowhere")
    assert [fault.file for fault in folder.faults()] == ["responses.yaml"]


def test_a_linked_folder_of_claims_is_not_followed(folder: Folder) -> None:
    (folder.path / "claims").rename(folder.path.parent / "elsewhere")
    (folder.path / "claims").symlink_to(folder.path.parent / "elsewhere")
    faults = folder.faults()
    assert "cannot be read: it is a link, which could lead out of the folder." in [
        fault.problem for fault in faults if fault.file == "claims"
    ]
    assert not [fault for fault in faults if fault.file.startswith("claims/")]


def test_a_folder_that_became_a_link_meanwhile_is_not_followed(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def swap(self: Path) -> bool:
        elsewhere = folder.path.parent / "elsewhere"
        if self == folder.path / "claims" and not elsewhere.exists():
            self.rename(elsewhere)
            self.symlink_to(elsewhere)
        return False

    monkeypatch.setattr(Path, "is_symlink", swap)
    assert {fault.problem for fault in folder.faults() if fault.file.startswith("claims/")} == {
        "cannot be read: Not a directory."
    }


def test_the_folder_itself_may_be_named_by_a_link(folder: Folder) -> None:
    link = folder.path.parent / "link"
    link.symlink_to(folder.path)
    assert read_dossier(link).head.slug == read_dossier(folder.path).head.slug
