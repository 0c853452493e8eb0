"""A copy of the first case that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from claims.seeding.demo import FIRST_CASE
from tests.claims.seeding.folders import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    shutil.copytree(FIRST_CASE, tmp_path / "case")
    return Folder(tmp_path / "case")
