"""Every import contract holds, and a violation of each is noticed: a contract that cannot fail protects nothing."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from config.local.places import CHECKOUT

PACKAGES = ("config", "claims", "budgets", "ledger")
SETTINGS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS: list[dict[str, Any]] = SETTINGS["contracts"]

# Contract, file, what somebody might write into it.
VIOLATIONS = [
    ("direction", "budgets/figures.py", "import claims.vocabulary"),
    ("direction", "ledger/models.py", "from budgets.models import figure"),
    ("direction", "claims/intake.py", "from config import schedule"),
    ("claims", "claims/models/claim.py", "from claims import intake"),
    ("claims", "claims/vocabulary.py", "import claims.models.claim"),
    ("claims", "claims/helpers.py", "import decimal"),
    ("budgets", "budgets/fiscal.py", "import budgets.models.agency"),
    ("budgets", "budgets/services.py", "import decimal"),
    ("ledger", "ledger/merkle.py", "import ledger.recording"),
    ("ledger", "ledger/utils.py", "import decimal"),
    ("public", "claims/web/reading.py", "from claims.models.claim import Claim"),
    ("public", "claims/api/base.py", "from claims.models import review"),
    ("network", "claims/sources/recheck.py", "import aiohttp"),
    ("network", "claims/web/reading.py", "import socket"),
    ("network", "budgets/figures.py", "import requests"),
    ("tasks", "claims/review/verbs.py", "from claims import tasks"),
    ("tasks", "claims/web/reading.py", "import claims.tasks"),
    ("pure", "budgets/fiscal.py", "import django.conf"),
    ("pure", "ledger/merkle.py", "from django.utils import timezone"),
]


def copy_packages(target: Path) -> None:
    """The Python files alone: a violation has nothing to do with dossiers and templates."""
    for package in PACKAGES:
        for source in (CHECKOUT / package).rglob("*.py"):
            copied = target / source.relative_to(CHECKOUT)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copied)
    shutil.copyfile(CHECKOUT / "pyproject.toml", target / "pyproject.toml")


def lint(folder: Path) -> tuple[bool, set[str]]:
    """Whether all contracts hold, and the names of those that do not."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=folder, capture_output=True, text=True
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return done.returncode == 0, set(re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE))


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contracts")
    copy_packages(folder)
    return folder


def test_every_contract_holds(copies: Path) -> None:
    assert lint(copies) == (True, set())


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_a_violation_is_noticed(copies: Path, contract: str, file: str, line: str) -> None:
    name = next(found["name"] for found in CONTRACTS if found["id"] == contract)
    path = copies / file
    before = path.read_text() if path.exists() else None
    try:
        path.write_text(f"{before or ''}\n{line}\n")
        holds, broken = lint(copies)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before)
    assert not holds
    assert name in broken


def test_every_contract_is_tried() -> None:
    assert {found["id"] for found in CONTRACTS} == {contract for contract, _, _ in VIOLATIONS}
