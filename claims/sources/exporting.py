"""The last observation of every entry of the watch lists, as a list's owner asked for it, in constant memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from claims.sources.outcome import alerts, as_seen_by_one, has_moved
from claims.vocabulary import Outcome, QuoteState

PAGE = 2_000  # entries read at a time
# by key, not by offset: a page costs the same wherever it is
_ENTRIES = """
    SELECT entry.id, entry.key, entry.url, entry.refused, entry.added_at, source.url, citation.public_id,
        look.outcome, look.detail, look.final_url, look.last_seen_at, look.quotes
    FROM claims_watchentry entry
    LEFT JOIN claims_source source ON source.id = entry.source_id
    LEFT JOIN claims_evidencecitation citation ON citation.watch_id = entry.id
    LEFT JOIN LATERAL (
        SELECT outcome, detail, final_url, last_seen_at, quotes::text FROM claims_sourcecheck
        WHERE source_id = entry.source_id ORDER BY id DESC LIMIT 1
    ) look ON true
    WHERE entry.id > %s ORDER BY entry.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """One entry. `outcome` None: nobody has looked yet. `quote_state` None: it has no quote.

    `alert`: a person would want to know, whatever the thresholds. `quote_state` is what this look found, so
    `unchecked` when it did not open the page.
    """

    id: str
    url: str
    outcome: str | None
    alert: bool
    quote_state: str | None
    final_url: str | None
    checked_at: datetime | None


def exported() -> Iterator[Exported]:
    """Every entry, oldest first; a query for each `PAGE` of them."""
    last = 0
    while rows := _page(last):
        last = rows[-1][0]
        for row in rows:
            yield _exported(row)


def _page(after: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [after, PAGE])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _exported(row: tuple[Any, ...]) -> Exported:
    _, key, url, refused, added_at, source_url, citation, outcome, detail, final_url, seen_at, quotes = row
    if refused:
        return Exported(key, url, Outcome.REFUSED.value, True, None, None, added_at)
    state = None if citation is None else _state(quotes, str(citation))
    if outcome is None:
        return Exported(key, url, None, False, state and state.value, None, None)
    mine, why = as_seen_by_one(Outcome(outcome), detail, state, has_moved=has_moved(source_url, final_url))
    return Exported(key, url, mine.value, alerts(mine, why), state and state.value, final_url or None, seen_at)


def _state(quotes: str | None, citation: str) -> QuoteState:
    found = [quote["state"] for quote in json.loads(quotes or "[]") if quote["citation"] == citation]
    return QuoteState(found[0]) if found else QuoteState.UNCHECKED
