import sys
from pathlib import Path

import pytest

from tests import browser_program


def test_the_named_browser_is_the_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert browser_program.required() == Path(sys.executable)
    assert not browser_program.can_install()
    assert browser_program.main() == 0


def test_a_named_browser_that_is_not_there_is_no_reason_to_take_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(RuntimeError, match="set CHROMIUM to its path"):
        browser_program.required()
    assert browser_program.main() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_path_is_searched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser_program.find() is None
    program = tmp_path / "google-chrome"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert browser_program.find() == program


def test_only_root_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert not browser_program.can_install()
