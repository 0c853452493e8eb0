"""The words of a quote as they stand in the version of its source that we keep, with a little on either side.

Read once per version: what an earlier status says of the same version is taken over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from budgets.texts import faults
from claims.documents.parts import Json
from claims.models.evidence import EvidenceCitation
from claims.models.snapshot import Snapshot
from claims.sources.folding import fold_text
from claims.sources.quote import Quote, find_quote
from claims.vocabulary import QuoteState

AROUND = 300  # characters on either side
_LONG_ENOUGH = 30  # a shorter quote stands somewhere by chance, so its neighbours must be weighed
_MOST_FOLDED = 200_000  # characters of a text that is worth reading in full when the words do not stand there verbatim
# the database looks for the words and hands over only what stands around them, however long the text is
_LOOK = """
    SELECT wanted.place, found.at, length(kept.text),
        CASE WHEN found.at > 0 THEN right(left(kept.text, found.at - 1), %(around)s) END,
        CASE WHEN found.at > 0 THEN substr(kept.text, found.at + length(wanted.words), %(around)s) END
    FROM unnest(%(places)s::int[], %(kept)s::bigint[], %(words)s::text[]) AS wanted(place, kept, words)
    JOIN claims_snapshot kept ON kept.id = wanted.kept
    CROSS JOIN LATERAL (SELECT strpos(kept.text, wanted.words) AS at) found
"""

Key = tuple[str, str]  # the evidence's id, and the words of the edition


def read_archived(
    citations: Mapping[str, EvidenceCitation], bodies: Collection[Json], standing: Iterable[Sequence[Json]] = ()
) -> dict[Key, Json]:
    """`archived` of the panels of many editions: no query when nothing is new, else at most two.

    `citations` by public id, each with its source and that source's accepted snapshot (whose text may be deferred);
    `standing` holds the panels that the status of each body had. Evidence without a kept version is left out.
    """
    out: dict[Key, Json] = {}
    wanted: dict[Key, tuple[Json, Snapshot]] = {}
    panels_of: list[Sequence[Json]] = list(standing) or [()] * len(bodies)
    for body, panels in zip(bodies, panels_of, strict=True):
        known = {panel["evidence_id"]: panel.get("archived") for panel in panels}
        for evidence in body["evidence"]:
            kept = _kept(citations.get(evidence["id"]))
            if kept is None:
                continue
            key, before = (evidence["id"], evidence["quote"]["exact"]), known.get(evidence["id"])
            if before and before["sha256"] == kept.sha256:
                out[key] = before
            else:
                wanted[key] = (evidence["quote"], kept)
    return out | (_located(wanted) if wanted else {})


def _kept(citation: EvidenceCitation | None) -> Snapshot | None:
    return citation.source.accepted_snapshot if citation is not None and citation.source is not None else None


def _located(wanted: Mapping[Key, tuple[Json, Snapshot]]) -> dict[Key, Json]:
    order = list(wanted)
    out = {key: _archived(kept) for key, (_, kept) in wanted.items()}
    folded: list[Key] = []
    for place, at, length, before, after in _look([wanted[key] for key in order]):
        key = order[place]
        quote, kept = wanted[key]
        if at and len(quote["exact"]) >= _LONG_ENOUGH:
            out[key] = _archived(kept, before, quote["exact"], after)
        elif length <= _MOST_FOLDED:
            folded.append(key)
    return out | (_by_folding({key: wanted[key] for key in folded}) if folded else {})


def _look(wanted: list[tuple[Json, Snapshot]]) -> list[tuple[int, int, int, str, str]]:
    with connection.cursor() as cursor:
        given: dict[str, Any] = {
            "around": AROUND,
            "places": list(range(len(wanted))),
            "kept": [kept.pk for _, kept in wanted],
            "words": [quote["exact"] for quote, _ in wanted],
        }
        cursor.execute(_LOOK, given)
        rows: list[tuple[int, int, int, str, str]] = cursor.fetchall()
    return rows


def _by_folding(wanted: Mapping[Key, tuple[Json, Snapshot]]) -> dict[Key, Json]:
    """Find words that are written a little otherwise. One text at a time, folded once for all its quotes."""
    out: dict[Key, Json] = {}
    by_kept: dict[int, list[Key]] = {}
    for key, (_, kept) in wanted.items():
        by_kept.setdefault(kept.pk, []).append(key)
    rows = Snapshot.objects.filter(pk__in=by_kept).order_by("pk").values_list("pk", "text")
    for pk, text in rows.iterator(chunk_size=1):
        folded = fold_text(text)
        for key in by_kept[pk]:
            quote, kept = wanted[key]
            sought = Quote(quote["exact"], quote["prefix"] or "", quote["suffix"] or "")
            found = find_quote(sought, folded, is_pdf=kept.extractor.startswith("pdf"))
            start, end = found.start, found.start + len(found.found)
            if found.state is QuoteState.INTACT and found.is_sure:
                out[key] = _archived(kept, text[max(0, start - AROUND) : start], found.found, text[end : end + AROUND])
    return out


def _archived(kept: Snapshot, before: str = "", quote: str = "", after: str = "") -> Json:
    """`quote` empty: the version is kept, but its main text does not hold the words (a caption, a scan)."""
    return {
        "before": _shown(before).lstrip(),
        "quote": _shown(quote).strip(),
        "after": _shown(after).rstrip(),
        "taken_at": kept.taken_at.isoformat(),
        "sha256": kept.sha256,
    }


def _shown(text: str) -> str:
    """One paragraph of characters that may stand on our pages: theirs cannot turn ours around or hide in them."""
    if faults(text):
        text = "".join(" " if letter not in "\n\t" and faults(letter) else letter for letter in text)
    start = next((at for at, letter in enumerate(text) if not unicodedata.category(letter).startswith("M")), len(text))
    text = text[start:]
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    # a space at an end tells whether the quote began or ended a word
    return " " * text[0].isspace() + inner + " " * text[-1].isspace()
