"""Quotes in their surroundings: what stands around each of them in the version that we keep, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from claims.sources.quote import Quote
from claims.sources.viewing import AROUND, Mark, Shown, around, marks
from claims.vocabulary import QuoteState

SEARCHED = 100_000  # characters of a text in which words are sought that are written a little otherwise

# The accepted version of a source, or else its newest. Of its text the database hands out the surroundings of the quote
# alone; only where the quote does not stand there word for word, and the text is short, all of it.
_READ = """
    SELECT cited.id, kept.id, kept.taken_at, kept.extractor, place.at, char_length(kept.text),
        CASE WHEN place.at > 0
            THEN substr(kept.text, greatest(place.at - %(around)s, 1), char_length(cited.quote_exact) + 2 * %(around)s)
            WHEN char_length(kept.text) <= %(searched)s THEN kept.text ELSE '' END,
        cited.quote_exact, cited.quote_prefix, cited.quote_suffix
    FROM claims_evidencecitation cited
    JOIN claims_source source ON source.id = cited.source_id
    CROSS JOIN LATERAL (
        SELECT id, taken_at, extractor, text FROM claims_snapshot WHERE source_id = source.id
        ORDER BY id = source.accepted_snapshot_id DESC NULLS LAST, taken_at DESC, id DESC LIMIT 1
    ) kept
    CROSS JOIN LATERAL (SELECT strpos(kept.text, cited.quote_exact) AS at) place
    WHERE cited.id = ANY(%(cited)s)
"""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote where it stands in a kept version; `state` None: the text is too long to look for other wordings."""

    snapshot: int
    taken_at: datetime
    state: QuoteState | None
    pieces: tuple[Shown, ...]


def excerpts(citations: Sequence[int]) -> dict[int, Excerpt]:
    """Return by key of citation what is kept of its source around the quote; nothing for sources never read."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"cited": list(citations), "around": AROUND, "searched": SEARCHED})
        return {row[0]: _excerpt(*row[1:]) for row in cursor.fetchall()}


def _excerpt(
    snapshot: int, taken_at: datetime, extractor: str, at: int, length: int, text: str, *quote: str
) -> Excerpt:
    if at > 0:
        start = min(at - 1, AROUND)
        mark = Mark(1, QuoteState.INTACT, start, start + len(quote[0]))
    elif length > SEARCHED:
        mark = Mark(1, None)
    else:
        mark = marks(text, [Quote(*quote)], is_pdf=extractor.startswith("pdf"))[0]
    return Excerpt(snapshot, taken_at, mark.state, tuple(around(text, mark)))
