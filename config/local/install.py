"""Make `.venv` and install a lock into it. Run by any Python >= 3.11 with nothing installed: the standard library only.

    python3 config/local/install.py requirements/local.txt

Does nothing when the lock, this file and the interpreter are those of the last time.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
CHECKOUT = Path(__file__).resolve().parent.parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
INSTALLER = CHECKOUT / "requirements" / "uv.txt"


def main(lock: Path) -> None:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"Tamroi needs Python 3.11 or newer, this is {found}: name another, as in `make run PYTHON=python3.12`."
        )
    with open(CHECKOUT / ".venv.lock", "a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # two `make` at once
        if not works():
            make_environment()
        stamp = VENV / f".{lock.stem}.installed"
        wanted = fingerprint(lock)
        if not stamp.exists() or stamp.read_text() != wanted:
            uv_install(lock)
            stamp.write_text(wanted)


def fingerprint(lock: Path) -> str:
    """Changes with the lock, the way of installing, and the interpreter the environment was made with."""
    configuration = (VENV / "pyvenv.cfg").read_bytes()
    return hashlib.sha256(b"\0".join([lock.read_bytes(), INSTALLER.read_bytes(), configuration])).hexdigest()


def works() -> bool:
    """Whether there is an environment whose interpreter still runs (the system's may have been replaced)."""
    if not PYTHON.exists():
        return False
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([PYTHON, "-c", check], stderr=subprocess.DEVNULL).returncode == 0


def make_environment() -> None:
    print("Making .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            f"{sys.executable} cannot make a virtual environment (on Debian: apt install python3-venv).\n{made.stdout}"
        )


def uv_install(lock: Path) -> None:
    print(f"Installing {lock.relative_to(CHECKOUT)} …", flush=True)
    hashed = ["install", "--quiet", "--require-hashes", "-r"]
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *hashed, str(INSTALLER)]
    uv = [str(VENV / "bin" / "uv"), "pip", *hashed, str(lock), "--python", str(PYTHON)]
    # The variables of another environment, or of a person's own packages, must not lead elsewhere.
    foreign = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    for command in (pip, uv):
        if subprocess.run(command, env=environment).returncode != 0:
            sys.exit("The packages could not be installed; what went wrong is written above.")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
