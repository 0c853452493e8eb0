import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local import processes

WAIT = "import signal, sys; print(flush=True); signal.pause()"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); signal.pause()"


def start(code: str, *arguments: str, **variables: str) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], env=os.environ | variables, stdout=subprocess.PIPE
    )
    assert child.stdout
    child.stdout.readline()  # it runs, and has said which signals it minds
    return child


@pytest.fixture
def child(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    child = start(WAIT, "-D", str(tmp_path / "with a space"))
    yield child
    child.kill()
    child.communicate()


def test_a_server_is_ours_only_with_our_program_and_our_folder(
    child: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    ours = tmp_path / "with a space"
    assert processes.is_server(child.pid, program="python", folder=ours)
    assert not processes.is_server(child.pid, program="postgres", folder=ours)
    assert not processes.is_server(child.pid, program="python", folder=tmp_path / "another")
    assert not processes.is_server(None, program="python", folder=ours)


def test_a_process_that_is_gone_is_nobodys(child: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    child.kill()
    child.wait()
    assert processes.command_line(child.pid) == []
    assert not processes.is_server(child.pid, program="python", folder=tmp_path / "with a space")


@pytest.mark.parametrize(("content", "pid"), [("4711\n/data\n", 4711), ("", None), ("none", None)])
def test_the_first_line_of_a_pid_file_counts(tmp_path: Path, content: str, pid: int | None) -> None:
    file = tmp_path / "pid"
    file.write_text(content)
    assert processes.read_pid(file) == pid
    assert processes.read_pid(tmp_path / "absent") is None


def test_processes_of_a_killed_run_are_found_by_their_mark_and_stopped(tmp_path: Path) -> None:
    gentle = start(WAIT, TAMROI_RUN=str(tmp_path))
    stubborn = start(STUBBORN, TAMROI_RUN=str(tmp_path))
    other = start(WAIT, TAMROI_RUN=str(tmp_path / "another"))
    found = processes.started_with("TAMROI_RUN", str(tmp_path))
    assert sorted(found) == sorted([gentle.pid, stubborn.pid])
    processes.stop_all(found, seconds=0.5)
    assert gentle.wait(5) == -signal.SIGTERM
    assert stubborn.wait(5) == -signal.SIGKILL
    assert other.poll() is None
    other.kill()
    for child in (gentle, stubborn, other):
        child.communicate()


def test_stopping_what_is_gone_already_is_no_error(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.wait()
    processes.stop_all([child.pid], seconds=0.1)
