"""The Chromium of the browser tests: the variable CHROMIUM names it, or PATH has it. Never downloaded, never skipped.

`python -m tests.browser_program` makes sure that there is one: as root on Debian it installs the package, with
fonts that show Thai; anywhere else it says in one sentence what to do.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-core", "fonts-thai-tlwg")
ADVICE = "The browser tests need Chromium: install it (on Debian: apt-get install {}), or set CHROMIUM to its path."


def find() -> Path | None:
    """None when there is none, also when CHROMIUM names a file that cannot be run."""
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else NAMES:
        if found := shutil.which(name):
            return Path(found)
    return None


def required() -> Path:
    """Raises RuntimeError, with advice, when there is none."""
    found = find()
    if found is None:
        raise RuntimeError(ADVICE.format(" ".join(PACKAGES)))
    return found


def can_install() -> bool:
    """Only root, only on Debian and its like, and not when somebody named a browser of their own."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None and not os.environ.get("CHROMIUM")


def install() -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "--quiet"], ["install", "--yes", "--quiet", "--no-install-recommends", *PACKAGES]):
        if subprocess.run(["apt-get", *command], env=environment, stdin=subprocess.DEVNULL).returncode != 0:
            return


def main() -> int:
    if find() is None and can_install():
        print("Installing Chromium for the browser tests …", flush=True)
        install()
    if find() is None:
        print(ADVICE.format(" ".join(PACKAGES)), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
