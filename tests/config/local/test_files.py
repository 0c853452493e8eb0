import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from config.local import locks, places
from config.local.envfile import as_exports, read_env_file, write_env_file
from config.local.failure import LocalError
from config.local.passwords import passwords

VALUES = {"DATABASE_URL": "postgresql://a:b@127.0.0.1:1/x", "MEDIA_ROOT": "/home/a b/it's $HOME/media"}


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    file = tmp_path / "env"
    write_env_file(file, VALUES)
    assert read_env_file(file) == VALUES
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_env_file(tmp_path / "absent") == {}


def test_a_shell_understands_the_exports() -> None:
    done = subprocess.run(
        ["sh", "-c", as_exports(VALUES) + 'printf %s "$MEDIA_ROOT"'], capture_output=True, text=True, check=True
    )
    assert done.stdout == VALUES["MEDIA_ROOT"]


def test_passwords_are_made_once_and_for_us_alone(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    made = passwords(file)
    assert passwords(file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len({made.superuser, made.owner, made.app, made.valkey, made.secret_key}) == 5


def test_a_password_that_an_older_file_lacks_is_added(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    file.write_text('{"superuser": "kept"}')
    made = passwords(file)
    assert made.superuser == "kept"
    assert made.app
    assert passwords(file) == made


def test_the_state_folder_is_the_named_one_or_in_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TAMROI_STATE", str(tmp_path / "a b"))
    assert places.state_folder() == tmp_path / "a b"
    monkeypatch.delenv("TAMROI_STATE")
    assert places.state_folder() == places.CHECKOUT / ".state"


def test_servers_data_lie_with_the_state_unless_root_keeps_it_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "var tmp"
    shared.mkdir()
    monkeypatch.setattr(places, "SHARED", shared)
    closed = tmp_path / "closed" / "state"
    closed.parent.mkdir(mode=0o700)
    # Others cannot enter, which matters to root's servers only.
    assert places.make_places(closed, is_root=False).data == closed
    found = places.make_places(closed, is_root=True)
    assert found.state == closed
    assert found.data.parent == shared
    assert stat.S_IMODE(found.data.stat().st_mode) == 0o711
    assert places.make_places(closed, is_root=True) == found


def test_a_folder_that_somebody_else_laid_out_in_the_shared_place_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "SHARED", tmp_path)
    closed = tmp_path / "closed" / "state"
    closed.parent.mkdir(mode=0o700)
    trap = places.make_places(closed, is_root=True).data
    trap.rmdir()
    trap.symlink_to(tmp_path)
    with pytest.raises(LocalError, match="belongs to another account"):
        places.make_places(closed, is_root=True)


def test_one_at_a_time_holds_the_lock(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with locks.exclusive(tmp_path / "lock"):
            order.append("second")

    with locks.exclusive(tmp_path / "lock"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_the_last_one_to_leave_knows_it(tmp_path: Path) -> None:
    one, other = locks.share(tmp_path / "users"), locks.share(tmp_path / "users")
    assert not locks.became_last(one)
    one.close()
    assert locks.became_last(other)
    other.close()


def test_what_runs_once_runs_once(tmp_path: Path) -> None:
    file = tmp_path / "run.lock"
    held = locks.take_or_none(file)
    assert held
    # A lock of this kind belongs to a process, so only another process is refused.
    ask = "import sys; from pathlib import Path; from config.local.locks import take_or_none"
    ask += "; print(take_or_none(Path(sys.argv[1])) is None)"
    command = [sys.executable, "-c", ask, str(file)]
    assert subprocess.run(command, cwd=places.CHECKOUT, capture_output=True, text=True).stdout == "True\n"
    held.close()
    assert subprocess.run(command, cwd=places.CHECKOUT, capture_output=True, text=True).stdout == "False\n"
