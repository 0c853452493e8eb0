"""`make run` without the installing: from an empty state folder to the first case, and what ends it."""

import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.local.places import CHECKOUT, state_folder
from config.local.ports import any_free
from config.local.processes import started_with, wait_until_gone
from config.local.run import MARK
from config.local.servers import servers
from tests.databases import app_url, cloned_database, owner_url
from tests.stack import get, own_valkey

FIRST_START_SECONDS = 120
STOP_SECONDS = 30


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    folder = state_folder() / "test" / f"run of {os.getpid()}"
    yield folder
    servers(folder).reset()


@pytest.fixture
def other_servers() -> Iterator[dict[str, str]]:
    """Somebody's database, empty, and somebody's Valkey."""
    state = state_folder() / "test" / f"external {os.getpid()}"
    with own_valkey(state) as valkey, cloned_database("external") as name:
        yield {"DATABASE_URL": app_url(name), "DATABASE_OWNER_URL": owner_url(name), "REDIS_URL": valkey.url()}


def environment_of_a_person(state: Path, **variables: str) -> dict[str, str]:
    """Without what the tests set for themselves."""
    ours = {
        *("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PUBLIC_ORIGIN", "SECRET_KEY", "MEDIA_ROOT"),
        *("CACHE_PREFIX", "LOG_LEVEL", "DJANGO_SETTINGS_MODULE", "PYTEST_VERSION", "PORT"),
        *("RECHECK_TICK_SECONDS", "STATUS_TICK_SECONDS", "HEARTBEAT_SECONDS", "OUTBOUND_CONFIRM_SECONDS"),
    }
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"TAMROI_STATE": str(state)} | variables


@contextmanager
def running(state: Path, **variables: str) -> Iterator["subprocess.Popen[str]"]:
    """`python -m config.local run`, in a session of its own as a terminal would give it, killed if a test fails."""
    process = subprocess.Popen(
        [sys.executable, "-m", "config.local", "run"],
        cwd=CHECKOUT, env=environment_of_a_person(state, **variables),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        # Not communicate(): what it started holds the pipe open until the next run ends it.
        assert process.stdout
        process.stdout.close()


def read_until(process: "subprocess.Popen[str]", word: str) -> str:
    """What it said up to and with the line that has the word."""
    assert process.stdout
    said = ""
    end = time.monotonic() + FIRST_START_SECONDS
    while word not in said:
        line = process.stdout.readline()
        assert line, f"It ended without {word!r}:\n{said}"
        assert time.monotonic() < end, f"No {word!r} within {FIRST_START_SECONDS} s:\n{said}"
        said += line
    return said


def interrupt(process: "subprocess.Popen[str]", number: signal.Signals) -> int:
    process.send_signal(number)
    assert process.stdout
    process.stdout.read()
    return process.wait(STOP_SECONDS)


def nothing_is_left(state: Path) -> bool:
    return not started_with(MARK, str(state)) and not any(servers(state).running().values())


def test_it_runs_stops_and_runs_again(state: Path) -> None:
    port = any_free()
    with running(state, PORT=str(port)) as process:
        said = read_until(process, "Ctrl-C stops everything")
        assert f"http://127.0.0.1:{port}/" in said
        assert f"http://127.0.0.1:{port}/admin/" in said
        assert "development only" in said
        for role in ("contributor", "reviewer", "editor", "auditor", "operations"):
            assert f"{role}-demo" in said
        status, page = get(f"http://127.0.0.1:{port}", "/en/claims/")
        assert status == 200
        assert "sso" in page.lower()

        with running(state) as second:
            said = read_until(second, "running already")
            assert f"http://127.0.0.1:{port}/" in said
            assert second.wait(STOP_SECONDS) == 1

        assert interrupt(process, signal.SIGINT) == 0
    assert nothing_is_left(state)

    began = time.monotonic()
    with running(state, PORT=str(port)) as process:
        read_until(process, "Ctrl-C stops everything")
        assert time.monotonic() - began < FIRST_START_SECONDS / 2
        assert get(f"http://127.0.0.1:{port}", "/en/claims/")[0] == 200
        assert interrupt(process, signal.SIGTERM) == 0
    assert nothing_is_left(state)


def test_it_runs_after_everything_or_only_itself_was_killed(state: Path) -> None:
    port = any_free()
    with running(state, PORT=str(port)) as process:
        read_until(process, "Ctrl-C stops everything")
        process.kill()
        process.wait()
        # Its children live on and hold the port; the next run ends them first.
        assert get(f"http://127.0.0.1:{port}", "/healthz")[0] == 200
    with running(state, PORT=str(port)) as process:
        read_until(process, "Ctrl-C stops everything")
        for pid in [process.pid, *started_with(MARK, str(state))]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            assert wait_until_gone(pid, seconds=5) or pid == process.pid
    with running(state, PORT=str(port)) as process:
        read_until(process, "Ctrl-C stops everything")
        assert interrupt(process, signal.SIGINT) == 0
    assert nothing_is_left(state)


def test_an_early_ctrl_c_leaves_nothing_behind(state: Path) -> None:
    for wait in (0.3, 1.5, 3.0):
        with running(state, PORT=str(any_free())) as process:
            time.sleep(wait)
            interrupt(process, signal.SIGINT)
        assert nothing_is_left(state)


def test_a_port_in_use_is_one_clear_sentence(state: Path) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        with running(state, PORT=str(port)) as process:
            assert process.stdout
            said = process.stdout.read()
            assert process.wait(STOP_SECONDS) == 1
    assert said.startswith(f"Port {port} is in use")
    assert said.count("\n") == 1


def test_with_servers_of_ones_own_nothing_embedded_is_started(state: Path, other_servers: dict[str, str]) -> None:
    port = any_free()
    other = state.with_name(f"{state.name} external")
    with running(other, PORT=str(port), **other_servers) as process:
        read_until(process, "Ctrl-C stops everything")
        assert get(f"http://127.0.0.1:{port}", "/en/")[0] == 200
        assert not (other / "postgres").exists()
        assert not (other / "valkey").exists()
        assert interrupt(process, signal.SIGINT) == 0
    shutil.rmtree(other)


def test_closing_the_terminal_ends_it_too(state: Path) -> None:
    terminal, inside = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "config.local", "run"],
        cwd=CHECKOUT, env=environment_of_a_person(state, PORT=str(any_free())),
        stdin=inside, stdout=inside, stderr=inside, start_new_session=True,
    )  # fmt: skip
    os.close(inside)
    said = b""
    while b"Ctrl-C stops everything" not in said:
        said += os.read(terminal, 4096)
    os.close(terminal)
    # What the kernel does for the terminal's own session.
    process.send_signal(signal.SIGHUP)
    process.wait(STOP_SECONDS)
    assert nothing_is_left(state)
