"""The queue: who gets a due source, what a dead worker costs, what an index spares."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.public_status import PublicStatus
from claims.models.source import Source, SourceCheck
from claims.sources.due import MAX_ATTEMPTS, SOURCES_PER_HOST, bury, database_now, lease, lease_anyway
from claims.vocabulary import FlagCode, Outcome, SourceHealth
from tests.claims.sources.conftest import LEASE
from tests.factories.cast import Cast
from tests.factories.claims import NOW, make_source, published_claim


def make_sources(number: int) -> list[int]:
    by, _ = User.objects.get_or_create(username="watcher", is_staff=True)
    return [make_source(by=by, url=f"https://h{n % 7}.example.org/{n}").pk for n in range(number)]


def test_only_what_is_due_is_leased_and_only_once(db: None) -> None:
    due, later = make_sources(2)
    Source.objects.filter(pk=later).update(next_check_at=NOW + timedelta(hours=1))
    [batch] = lease(now=NOW, limit=10, lease_for=LEASE)
    assert batch.ids == (due,)
    assert lease(now=NOW + timedelta(minutes=1), limit=10, lease_for=LEASE) == []


def test_a_source_that_is_never_due_is_never_leased(db: None) -> None:
    make_sources(1)
    Source.objects.update(next_check_at=None)
    assert lease(now=NOW, limit=10, lease_for=LEASE) == []


def test_a_dead_worker_costs_one_lease(db: None) -> None:
    [source] = make_sources(1)
    [first] = lease(now=NOW, limit=10, lease_for=LEASE)
    [second] = lease(now=NOW + LEASE, limit=10, lease_for=LEASE)
    assert second.ids == (source,)
    assert second.token != first.token
    assert Source.objects.get().attempts == 2


def test_check_now_waits_for_the_worker_that_has_the_source(db: None) -> None:
    make_sources(1)
    lease(now=NOW, limit=10, lease_for=LEASE)
    Source.objects.update(next_check_at=NOW)
    assert lease(now=NOW + timedelta(minutes=1), limit=10, lease_for=LEASE) == []
    assert len(lease(now=NOW + LEASE, limit=10, lease_for=LEASE)) == 1


def test_a_host_stays_in_one_batch(db: None) -> None:
    make_sources(60)
    by = User.objects.get(username="watcher")
    for number in range(25):
        make_source(by=by, url=f"https://other{number}.example.org/")
    batches = lease(now=NOW, limit=1_000, lease_for=LEASE)
    assert sum(len(batch.ids) for batch in batches) == 85
    assert len({batch.token for batch in batches}) == 1
    hosts = [set(Source.objects.filter(pk__in=batch.ids).values_list("host", flat=True)) for batch in batches]
    assert len(hosts) > 1
    assert not set.intersection(*hosts)


def test_leasing_costs_two_statements_however_many_there_are(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_sources(40)
    with django_assert_num_queries(4):  # a savepoint around them, since a test is a transaction already
        lease(now=NOW, limit=1_000, lease_for=LEASE)


def test_the_queue_is_read_through_its_index(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM claims_source WHERE next_check_at <= now() ORDER BY next_check_at LIMIT 10"
        )
        assert "source_due" in "\n".join(row[0] for row in cursor.fetchall())


def test_lease_anyway_takes_each_source_once_in_a_round(db: None) -> None:
    ids = make_sources(5)
    Source.objects.update(next_check_at=NOW + timedelta(days=9))
    [batch] = lease_anyway(now=NOW, limit=10, lease_for=LEASE, seen_before=NOW)
    assert sorted(batch.ids) == ids
    Source.objects.update(lease_token=None, lease_until=None, last_checked_at=NOW)
    assert lease_anyway(now=NOW, limit=10, lease_for=LEASE, seen_before=NOW) == []


def test_lease_anyway_can_keep_to_one_host(db: None) -> None:
    make_sources(14)
    [batch] = lease_anyway(now=NOW, limit=10, lease_for=LEASE, seen_before=NOW, host="h3.example.org")
    assert set(Source.objects.filter(pk__in=batch.ids).values_list("host", flat=True)) == {"h3.example.org"}
    assert len(batch.ids) == 2


def test_a_source_that_kills_its_workers_is_put_aside_with_a_row(db: None) -> None:
    [source] = make_sources(1)
    for number in range(MAX_ATTEMPTS):
        now = NOW + number * LEASE
        assert bury(now=now) == 0
        assert len(lease(now=now, limit=10, lease_for=LEASE)) == 1
    now = NOW + MAX_ATTEMPTS * LEASE
    assert bury(now=now) == 1
    row = Source.objects.get(pk=source)
    assert (row.next_check_at, row.attempts, row.lease_token) == (now + timedelta(days=1), 0, None)
    assert row.health == SourceHealth.SUSPECT
    check = SourceCheck.objects.get()
    assert (check.outcome, check.detail) == (Outcome.UNAVAILABLE, "checker_failed")


def test_what_is_put_aside_is_flagged_and_shown(cast: Cast) -> None:
    claim = published_claim(cast)
    source = EvidenceCitation.objects.get(claim=claim).source
    assert source is not None
    PublicStatus.objects.update(status_due_at=None)
    Source.objects.update(attempts=0)
    Source.objects.filter(pk=source.pk).update(attempts=MAX_ATTEMPTS, next_check_at=NOW)
    assert bury(now=NOW) == 1
    assert PublicStatus.objects.get(claim=claim).status_due_at == NOW
    flag = Flag.objects.open().get()
    assert (flag.code, flag.source) == (FlagCode.SOURCE_BROKEN, source)
    assert flag.detail == {"outcome": "unavailable", "reason": "checker_failed"}


def test_a_host_gets_no_more_of_a_batch_than_fits_into_its_time(db: None) -> None:
    by = User.objects.create(username="watcher", is_staff=True)
    for number in range(SOURCES_PER_HOST + 5):
        make_source(by=by, url=f"https://slow.example.org/{number}")
    make_source(by=by, url="https://other.example.org/")
    [batch] = lease(now=NOW, limit=SOURCES_PER_HOST + 10, lease_for=LEASE)
    assert len(batch.ids) == SOURCES_PER_HOST + 1
    left = Source.objects.filter(lease_token=None)
    assert [(source.host, source.attempts) for source in left] == [("slow.example.org", 0)] * 5


def test_dates_from_a_clock_that_is_a_year_ahead_park_nothing(db: None) -> None:
    waiting, leased, buried = make_sources(3)
    now = database_now()
    ahead = now + timedelta(days=365)
    Source.objects.filter(pk=waiting).update(next_check_at=ahead)
    [wrong] = lease(now=ahead, limit=1, lease_for=LEASE)
    Source.objects.filter(pk__in=[leased, buried]).update(
        next_check_at=ahead, lease_until=ahead, lease_token=wrong.token, attempts=1
    )
    Source.objects.filter(pk=buried).update(attempts=MAX_ATTEMPTS)
    assert bury(now=now) == 1
    [batch] = lease(now=now, limit=10, lease_for=LEASE)
    assert sorted(batch.ids) == [waiting, leased]
    assert lease(now=now, limit=10, lease_for=LEASE) == []


@pytest.mark.usefixtures("committed_db")
def test_two_workers_at_once_never_get_the_same_source() -> None:
    ids = make_sources(200)
    start = threading.Barrier(2)
    got: list[list[int]] = []

    def work() -> None:
        start.wait()
        mine: list[int] = []
        while batches := lease(now=NOW, limit=15, lease_for=LEASE):
            mine += [source for batch in batches for source in batch.ids]
        got.append(mine)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got[0] + got[1]) == ids


@pytest.mark.usefixtures("committed_db")
def test_a_row_that_another_transaction_holds_is_passed_over_not_waited_for() -> None:
    held, free = make_sources(2)
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Source.objects.select_for_update().get(pk=held)
            locked.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert locked.wait(10)
        [batch] = lease(now=NOW, limit=10, lease_for=LEASE)
        assert batch.ids == (free,)
    finally:
        done.set()
        thread.join()
