"""A desk is read with three queries, however much waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.desk.reading import read_desk
from tests.claims.desk.test_queues import DAY, submitted, taken_in, triaged
from tests.factories.cast import Cast
from tests.factories.claims import NOW


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "auditor", "operations"])
def test_a_desk_costs_three_queries_however_much_waits(role: str, cast: Cast) -> None:
    costs: list[int] = []
    work: list[Callable[[Cast], Any]] = [taken_in, triaged, submitted]
    for _ in range(2):
        for make in work:
            make(cast)
        user = User.objects.get(pk=getattr(cast, role).pk)
        assert user.get_all_permissions()  # cached, as they are when the page gets here
        with CaptureQueriesContext(connection) as queries:
            read_desk(user, frozenset({role}), now=NOW)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 3


MANY = """
WITH made AS (
    INSERT INTO claims_claim (slug, heading_en, heading_th, summary_en, summary_th, claimed_en, claimed_th, said_en,
        said_th, known_en, known_th, not_known_en, not_known_th, would_settle_en, would_settle_th, considered_en,
        considered_th, revisit_reason, registered_at, revisit_on)
    SELECT 'many-' || n, 'Heading', 'หัวเรื่อง', 'S', 'S', '', '', '', '', '', '', '', '', '', '', '', '', '', %(at)s,
        CASE WHEN n %% 10 = 0 THEN date '2026-01-01' END
    FROM generate_series(1, 10000) n RETURNING id
), opened AS (
INSERT INTO claims_claimreview (claim_id, number, state, reason_code, held_from, pending_language, kind, rating,
    reasons_en, reasons_th, note_en, note_th, content_hash, digests, approved_hash, legal_hash, opened_at)
SELECT id, 1, CASE id %% 2 WHEN 0 THEN 'intake' ELSE 'drafted' END, '', '', '', 'initial',
    'not_yet_rated', '', '', '', '', '', '{}', '', '', %(at)s
FROM made RETURNING id, state
)
INSERT INTO claims_reviewdecision (review_id, verb, from_state, to_state, reason_code, by_id, at, reason, content_hash)
SELECT id, 'draft', '', state, '', %(by)s, %(at)s, '', '' FROM opened
"""


def test_ten_thousand_open_claims_are_read_with_the_same_three_queries(cast: Cast) -> None:
    triaged(cast)
    with connection.cursor() as cursor:
        cursor.execute(MANY, {"at": NOW - DAY, "by": cast.contributor.pk})
        cursor.execute("ANALYZE claims_claim, claims_claimreview, claims_reviewdecision")
    user = User.objects.get(pk=cast.editor.pk)
    assert user.get_all_permissions()
    with CaptureQueriesContext(connection) as queries:
        found = {queue.kind.code: queue for queue in read_desk(user, frozenset({"editor"}), now=NOW)}
    assert len(queries) <= 3
    assert found["taken_in"].count == 5_000
    assert (len(found["taken_in"].lines), found["to_assign"].count) == (5, 1)
    assert found["revisit"].count == 1_000
