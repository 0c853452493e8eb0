"""History is written by its triggers alone, and nobody can change it or get past it."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import TupleRow

from claims.models.change import Change, ChangeCause
from claims.models.claim import Claim
from tests.databases import app_url, owner_url
from tests.factories.cast import make_cast
from tests.factories.claims import draft_claim

Rows = psycopg.Connection[TupleRow]

WRITES = {
    "an edited change": "UPDATE claims_change SET role = 'x'",
    "a removed change": "DELETE FROM claims_change",
    "all changes": "TRUNCATE claims_change",
    "an edited cause": "UPDATE claims_changecause SET user_id = NULL",
    "a removed cause": "DELETE FROM claims_changecause",
    "all causes": "TRUNCATE claims_changecause",
    "an invented change": (
        "INSERT INTO claims_change (table_name, row_id, subjects, before, after, tx, at, role, program)"
        " SELECT table_name, row_id, subjects, before, after, tx, at, role, program FROM claims_change LIMIT 1"
    ),
    "an invented cause": (
        "INSERT INTO claims_changecause (tx, first, last, entry_id, user_id)"
        " SELECT tx, first, last, 999, user_id FROM claims_changecause LIMIT 1"
    ),
}
DOORS = {
    "triggers of a table off": "ALTER TABLE claims_claim DISABLE TRIGGER ALL",
    "triggers of history off": "ALTER TABLE claims_change DISABLE TRIGGER ALL",
    "a trigger dropped": "DROP TRIGGER history_of_saved ON claims_claim",
    "triggers passed by": "SET session_replication_role = replica",
    "another function in its place": (
        "CREATE OR REPLACE FUNCTION claims_record_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    ),
    "tracking anew": "SELECT claims_track('claims_claim', '{}')",
    "a table emptied": "TRUNCATE claims_claim CASCADE",
    "numbers used up": "SELECT setval('claims_change_id_seq', 1)",
    "numbers taken": "SELECT nextval('claims_change_id_seq')",
}
TRICKS = {
    "a switch of a library": "SET pgtrigger.ignore = '{claims_claim:history_of_saved}'",
    "a table of the same name": (
        "CREATE TEMP TABLE claims_change (LIKE claims_change); SET search_path = pg_temp, public"
    ),
    "functions of the same name": (
        "CREATE FUNCTION pg_temp.to_jsonb(anyelement) RETURNS jsonb LANGUAGE sql AS 'SELECT ''{}''::jsonb';"
        " SET search_path = pg_temp, pg_catalog, public"
    ),
    "constraints put off": "SET CONSTRAINTS ALL DEFERRED",
}


@pytest.fixture(scope="module")
def database(committed_db_module: str) -> str:
    draft_claim(by=make_cast().contributor)
    return committed_db_module


@pytest.fixture
def application(database: str) -> Iterator[Rows]:
    with psycopg.connect(app_url(database), autocommit=True) as connected:
        yield connected


@pytest.fixture
def owner(database: str) -> Iterator[Rows]:
    with psycopg.connect(owner_url(database), autocommit=True) as connected:
        yield connected


def rows() -> tuple[int, int]:
    return Change.objects.count(), ChangeCause.objects.count()


@pytest.mark.parametrize("what", WRITES)
def test_the_application_role_may_only_read(application: Rows, what: str) -> None:
    before = rows()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(WRITES[what])
    assert rows() == before


@pytest.mark.parametrize("what", WRITES)
def test_the_owner_is_refused_as_well(owner: Rows, what: str) -> None:
    before = rows()
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        owner.execute(WRITES[what])
    assert rows() == before


def test_the_owner_cannot_empty_a_tracked_table_unnoticed(owner: Rows) -> None:
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="history"):
        owner.execute("TRUNCATE claims_personalias")


@pytest.mark.parametrize("what", DOORS)
def test_the_application_role_cannot_open_a_door(application: Rows, what: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(DOORS[what])


@pytest.mark.parametrize("what", TRICKS)
def test_no_setting_or_name_of_a_session_gets_past_the_triggers(application: Rows, what: str) -> None:
    before = rows()[0]
    application.execute(TRICKS[what])
    application.execute("UPDATE public.claims_claim SET heading_en = heading_en || 'x'")
    assert rows()[0] == before + Claim.objects.count()
    assert set(Change.objects.all()[0].after or {}) == {"heading_en"}


@pytest.mark.parametrize("function", ["claims_record_change('{}', '{}')", "claims_record_cause()"])
def test_no_table_of_ones_own_can_write_false_history(application: Rows, function: str) -> None:
    """A trigger function runs with its owner's rights: whoever could use it could invent changes of any claim."""
    application.execute("CREATE TEMP TABLE claims_claim (id bigint, heading_en text)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(
            f"CREATE TRIGGER forged AFTER INSERT ON claims_claim FOR EACH ROW EXECUTE FUNCTION {function}"
        )


def test_the_application_role_cannot_name_the_owner_as_its_role(application: Rows) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("SET ROLE tamroi_owner")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("SET SESSION AUTHORIZATION tamroi_owner")


def test_what_the_owner_does_is_noted_as_the_owners(owner: Rows) -> None:
    owner.execute("UPDATE claims_claim SET heading_en = 'By the owner'")
    assert Change.objects.all()[0].role == "tamroi_owner"
