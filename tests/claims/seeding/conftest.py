"""A copy of the first case that a test may spoil."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from claims.seeding.demo import FIRST_CASE
from tests.claims.seeding.bringing import Bring, bringer
from tests.claims.seeding.folders import Folder
from tests.conftest import connected_to
from tests.databases import cloned_database
from tests.factories.cast import Cast, make_cast


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    shutil.copytree(FIRST_CASE, tmp_path / "case")
    return Folder(tmp_path / "case")


@pytest.fixture(scope="module")
def loaded_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """A database that holds the drafts of the first case: loading costs a second, and most tests begin there."""
    with cloned_database("case") as name, django_db_blocker.unblock(), connected_to(name):
        cast = make_cast()
        bringer(Folder(FIRST_CASE), cast)()
        yield cast


@pytest.fixture
def again(loaded_database: Cast, folder: Folder) -> Iterator[Bring]:
    """Loads the folder into a database that holds the first case; what the test does is undone."""
    with transaction.atomic():
        yield bringer(folder, loaded_database)
        transaction.set_rollback(True)
