import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local import ports
from config.local.failure import LocalError


@pytest.fixture
def stranger() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_chosen_port_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "postgres.port"
    port = ports.server_port(file)
    assert ports.is_free(port)
    assert ports.server_port(file) == port


def test_a_remembered_port_that_a_stranger_took_is_given_up(tmp_path: Path, stranger: int) -> None:
    file = tmp_path / "postgres.port"
    file.write_text(str(stranger))
    port = ports.server_port(file)
    assert port != stranger
    assert ports.remembered(file) == port


@pytest.mark.parametrize("content", ["", "many", "-1", "70000"])
def test_a_file_that_makes_no_sense_is_as_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "web.port"
    file.write_text(content)
    assert ports.remembered(file) is None
    assert ports.remembered(tmp_path / "absent") is None


def test_the_web_takes_the_next_free_port_and_keeps_it(
    tmp_path: Path, stranger: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "FIRST_WEB_PORT", stranger)
    file = tmp_path / "web.port"
    port = ports.web_port(file, wanted=None)
    assert stranger < port < stranger + ports.TRIES
    monkeypatch.setattr(ports, "FIRST_WEB_PORT", port + 1)
    assert ports.web_port(file, wanted=None) == port


def test_without_any_free_port_the_person_is_told(
    tmp_path: Path, stranger: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "FIRST_WEB_PORT", stranger)
    monkeypatch.setattr(ports, "TRIES", 1)
    with pytest.raises(LocalError, match="give one with PORT="):
        ports.web_port(tmp_path / "web.port", wanted=None)


def test_a_wanted_port_is_that_one_or_an_error(tmp_path: Path, stranger: int) -> None:
    free = ports.any_free()
    assert ports.web_port(tmp_path / "web.port", wanted=str(free)) == free
    with pytest.raises(LocalError, match=f"Port {stranger} is in use"):
        ports.web_port(tmp_path / "web.port", wanted=str(stranger))
    assert not (tmp_path / "web.port").exists()


@pytest.mark.parametrize("wanted", ["http", "0", "65536", "-1", "8000.0", "๘๐๐๐"])
def test_a_wanted_port_must_be_one(tmp_path: Path, wanted: str) -> None:
    with pytest.raises(LocalError, match="is not a port number"):
        ports.web_port(tmp_path / "web.port", wanted=wanted)


def test_a_port_on_hold_is_taken_for_others_but_not_for_its_server() -> None:
    port = ports.any_free()
    with ports.hold(port), socket.socket() as server:
        assert not ports.is_free(port)
        # As granian binds.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", port))
        server.listen()
        with socket.create_connection(("127.0.0.1", port), timeout=2) as client:
            accepted, _ = server.accept()
            assert accepted.getpeername() == client.getsockname()
            accepted.close()


def test_a_port_taken_in_the_last_moment_is_an_error(stranger: int) -> None:
    with pytest.raises(LocalError, match="was taken just now"):
        ports.hold(stranger)
