"""Many rows in one statement, as Django would have written them one by one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from claims.models.source import Source
from claims.sources.asking import Asked, make_due, outcomes_since, still_waiting
from claims.sources.writing import update_rows
from tests.factories.claims import NOW, make_source

FIELDS = ("health", "failures", "failing_since", "lease_token", "lease_until", "accepted_snapshot", "etag", "restless")


@pytest.fixture
def rows(db: None) -> list[Source]:
    by = User.objects.create(username="watcher", is_staff=True)
    return [make_source(by=by, url=f"https://h{number}.example.org/") for number in range(5)]


def test_every_kind_of_column_is_written_in_one_statement(
    rows: list[Source], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    token = uuid4()
    for number, row in enumerate(rows[:4]):
        row.health, row.failures, row.etag = "suspect", number, f'"{number}" ก\\'
        row.failing_since = NOW if number else None
        row.restless = [["a", "ข"], [number]]
    rows[0].lease_token, rows[0].lease_until = token, NOW + timedelta(minutes=5)
    with django_assert_num_queries(1):
        update_rows(rows[:4], FIELDS)
    stored = list(Source.objects.order_by("pk"))
    for row, now in zip(rows[:4], stored, strict=False):
        for field in FIELDS:
            assert getattr(now, field) == getattr(row, field)
    assert (stored[0].lease_token, stored[4].health) == (token, "unchecked")


def test_what_a_column_cannot_hold_is_refused_and_not_cut(rows: list[Source]) -> None:
    rows[0].etag = "x" * 513
    with pytest.raises(DataError), transaction.atomic():
        update_rows(rows, ("etag",))
    rows[0].lease_token = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        update_rows(rows, ("lease_token",))
    update_rows([], FIELDS)


def test_a_wish_to_check_counts_down_as_rows_are_looked_at(rows: list[Source]) -> None:
    Source.objects.update(next_check_at=NOW + timedelta(days=3), last_checked_at=NOW - timedelta(days=1))
    one, everything = Asked(NOW, host="h1.example.org"), Asked(NOW, everything=True)
    assert make_due(Asked(NOW)) == 0
    assert make_due(one) == 1
    assert make_due(everything) == 5
    assert (still_waiting(one), still_waiting(everything)) == (1, 5)
    leased = {
        "lease_token": uuid4(),
        "lease_until": NOW + timedelta(hours=1),
        "next_check_at": NOW + timedelta(hours=1),
    }
    Source.objects.filter(pk=rows[1].pk).update(**leased)
    assert still_waiting(one) == 1, "in somebody's hands"
    Source.objects.filter(pk=rows[1].pk).update(
        lease_token=None, lease_until=None, last_checked_at=NOW, last_outcome="gone"
    )
    assert (still_waiting(one), still_waiting(everything)) == (0, 4)
    assert outcomes_since(everything) == {"gone": 1}
