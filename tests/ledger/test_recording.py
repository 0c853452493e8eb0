"""The log has no gaps, never changes, and verifies from its raw leaves."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from ledger.merkle import EMPTY_ROOT, canonical, leaf_hash, node_hash, root
from ledger.models import Entry, Head
from ledger.recording import record
from ledger.verification import verify

CHANGES = [
    "UPDATE ledger_entry SET verb = 'claim.forged'",
    "DELETE FROM ledger_entry",
    "UPDATE ledger_entrycontent SET content = '{}'",
    "DELETE FROM ledger_entrycontent",
    "UPDATE ledger_head SET size = 0",
    "UPDATE ledger_head SET size = size + 2",
    "UPDATE ledger_head SET last_at = last_at - interval '1 day', size = size + 1",
    "DELETE FROM ledger_head",
    "INSERT INTO ledger_entry (index, verb, subject_kind, subject_id, refs, recorded_at, leaf, leaf_hash) "
    "SELECT index + 1, verb, subject_kind, subject_id, refs, recorded_at, leaf, leaf_hash FROM ledger_entry",
]


@pytest.mark.django_db
def test_entries_follow_each_other_without_gaps() -> None:
    with transaction.atomic():
        entries = [record("claim.registered", subject_kind="claim", subject_id=str(n)) for n in range(5)]
    assert [entry.index for entry in entries] == list(range(5))
    assert Head.objects.get().size == 5
    assert [entry.recorded_at for entry in entries] == sorted(entry.recorded_at for entry in entries)
    assert verify().size == 5


@pytest.mark.django_db
def test_a_rolled_back_entry_leaves_no_gap() -> None:
    record("claim.registered", subject_kind="claim", subject_id="1")
    with pytest.raises(RuntimeError), transaction.atomic():
        record("claim.registered", subject_kind="claim", subject_id="2")
        raise RuntimeError
    assert record("claim.registered", subject_kind="claim", subject_id="3").index == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_role_cannot_change_the_log(change: str) -> None:
    record("claim.registered", subject_kind="claim", subject_id="1")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_entrycontent", "ledger_head"])
def test_the_application_role_can_neither_truncate_nor_switch_triggers_off(table: str) -> None:
    statements = [f"TRUNCATE {table} CASCADE", f"ALTER TABLE {table} DISABLE TRIGGER ALL"]
    for statement in [*statements, "SET session_replication_role = replica"]:
        with pytest.raises(Exception, match=r"permission denied|must be owner"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.django_db
def test_a_head_that_moves_without_an_entry_is_refused_at_commit() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_head SET size = size + 1")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_entry_outside_a_transaction_is_refused(committed_db: str) -> None:
    with pytest.raises(RuntimeError):
        record("claim.registered", subject_kind="claim", subject_id="1")


def test_writers_at_the_same_time_take_different_indices(committed_db: str) -> None:
    faults: list[Exception] = []

    def write(worker: int) -> None:
        try:
            for number in range(20):
                with transaction.atomic():
                    record("claim.registered", subject_kind="claim", subject_id=f"{worker}-{number}")
        except Exception as fault:  # noqa: BLE001 - the main thread reports whatever went wrong
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == list(range(80))
    assert verify().size == 80


@pytest.mark.django_db
def test_the_command_prints_the_root(capsys: pytest.CaptureFixture[str]) -> None:
    entry = record("claim.registered", subject_kind="claim", subject_id="1")
    call_command("verify_ledger")
    assert f"1 entries verify; root {bytes(entry.leaf_hash).hex()}" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"leaf": "{}"}, "the hash is not that of the leaf"),
        ({"verb": "claim.forged"}, "the columns differ from the leaf"),
    ],
)
def test_a_log_changed_behind_the_triggers_does_not_verify(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str], reason: str
) -> None:
    entry = record("claim.registered", subject_kind="claim", subject_id="1")
    changed = Entry.objects.get(pk=entry.pk)
    for field, value in change.items():
        setattr(changed, field, value)
    # The database refuses such a row, so a reader of a forged dump is played here.
    monkeypatch.setattr(
        type(Entry.objects.all()), "iterator", lambda self, chunk_size: iter([changed] if self.model is Entry else [])
    )
    with pytest.raises(CommandError, match=f"Entry 0: {reason}"):
        call_command("verify_ledger")


def test_leaves_carry_no_floats() -> None:
    with pytest.raises(TypeError):
        canonical({"amount": [1.5]})


def test_the_root_is_that_of_rfc_6962() -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(5)]
    left = node_hash(node_hash(leaves[0], leaves[1]), node_hash(leaves[2], leaves[3]))
    assert root(leaves) == node_hash(left, leaves[4])
    assert root([]) == EMPTY_ROOT
    assert root(leaves[:1]) == leaves[0]
