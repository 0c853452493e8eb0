"""`.venv` from nothing, for real, but with empty locks: no test fetches packages."""

import shutil
import sys
from pathlib import Path

import pytest

from config.local import install


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout below a folder with a space, in which pip and uv may not go online."""
    folder = tmp_path / "a check out"
    (folder / "requirements").mkdir(parents=True)
    for name in ("uv", "local"):
        (folder / "requirements" / f"{name}.txt").write_text("# nothing\n")
    monkeypatch.setattr(install, "CHECKOUT", folder)
    monkeypatch.setattr(install, "VENV", folder / ".venv")
    monkeypatch.setattr(install, "PYTHON", folder / ".venv" / "bin" / "python")
    monkeypatch.setattr(install, "INSTALLER", folder / "requirements" / "uv.txt")
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return folder


def bring_uv(checkout: Path) -> None:
    """What pip would have installed."""
    shutil.copyfile(Path(sys.executable).parent / "uv", checkout / ".venv" / "bin" / "uv")
    (checkout / ".venv" / "bin" / "uv").chmod(0o755)


def test_it_installs_once_and_again_when_the_lock_changes(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = checkout / "requirements" / "local.txt"
    install.make_environment()
    assert install.works()
    bring_uv(checkout)
    capsys.readouterr()

    install.main(lock)
    assert "Installing requirements/local.txt" in capsys.readouterr().out
    install.main(lock)
    assert capsys.readouterr().out == ""
    lock.write_text("# still nothing\n")
    install.main(lock)
    assert "Installing requirements/local.txt" in capsys.readouterr().out

    lock.write_text(f"absent==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(SystemExit, match="could not be installed"):
        install.main(lock)

    # The interpreter it was made with is gone: the environment is made again, and here lacks uv.
    install.PYTHON.unlink()
    install.PYTHON.symlink_to(checkout / "gone")
    assert not install.works()
    with pytest.raises(FileNotFoundError, match="uv"):
        install.main(lock)
    assert install.works()


def test_an_old_python_is_told_what_is_needed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match="name another, as in `make run PYTHON="):
        install.main(checkout / "requirements" / "local.txt")
    assert not install.VENV.exists()


def test_a_python_without_venv_is_told_what_is_missing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        install.make_environment()
    assert not install.VENV.exists()


def test_it_needs_nothing_but_the_standard_library() -> None:
    lines = Path(install.__file__).read_text().splitlines()
    imported = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names
