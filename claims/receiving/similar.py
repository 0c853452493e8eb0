"""Claims that are here already and say the like of a candidate: by their words, and by the amounts in them.

Three queries for all candidates of a page, whatever their number. Words are compared by trigrams, which work for Thai
as they are, over the indexes of headings, assertions and quotes; amounts of money are sought as they may be written,
over the same indexes, and then read, so that “1276 million” is not 276 million.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, OuterRef, Subquery

from budgets.quantities.quantity import Quantity
from budgets.quantities.reading import read
from claims.candidates.candidate import Candidate
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.review import ClaimReview
from claims.receiving.amounts import comparable, spellings
from claims.vocabulary import SubjectKind

MOST = 4  # claims per candidate
MOST_CANDIDATES = 40  # of a page; the caller pages
_PER_TEXT = 5  # hits per candidate and kind of text
_MOST_WORDS = 300  # characters of a candidate that are compared
_SAME_AMOUNT = 60  # what an equal amount counts for, beside the likeness of the words in per cent

# The planner takes a comparison of trigrams for as cheap as one of numbers and would read the whole tables. Below four
# tenths, what two sentences share is the language.
_BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL pg_trgm.similarity_threshold = 0.4"
_QUOTES = ("claims_evidencecitation", "claim_id", "quote_exact")
# A claim says everything in both languages, so each candidate is compared in its own.
_TEXTS = {
    lang: (("claims_claim", "id", f"heading_{lang}"), ("claims_assertion", "claim_id", f"text_{lang}"), _QUOTES)
    for lang in ("en", "th")
}


def _of_each(texts: Sequence[tuple[str, str, str]], select: str, where: str, order: str) -> str:
    """The first few rows of each text; `{text}` and `{claim}` are its columns, all names ours."""
    return " UNION ALL ".join(
        f"(SELECT {claim} AS claim, {select.format(text=text)} FROM {table}"  # noqa: S608
        f" WHERE {where.format(text=text)} AND {claim} IS NOT NULL"
        f" ORDER BY {order.format(claim=claim)} LIMIT {_PER_TEXT})"
        for table, claim, text in texts
    )


def _like_words(lang: str) -> str:
    select, where = "similarity(upper({text}), asked.words) AS likeness", "upper({text}) %% asked.words"
    return f"""
        SELECT asked.place, found.claim, round(100 * max(found.likeness))::int
        FROM unnest(%(places_{lang})s::int[], %(words_{lang})s::text[]) AS asked (place, words)
        CROSS JOIN LATERAL ({_of_each(_TEXTS[lang], select, where, "likeness DESC")}) AS found
        GROUP BY asked.place, found.claim
    """  # noqa: S608


def _written(lang: str) -> str:
    where = "upper({text}) LIKE asked.pattern"
    return f"""
        SELECT asked.amount, found.claim, found.words
        FROM unnest(%(amounts_{lang})s::int[], %(patterns_{lang})s::text[]) AS asked (amount, pattern)
        CROSS JOIN LATERAL ({_of_each(_TEXTS[lang], "{text} AS words", where, "{claim} DESC")}) AS found
    """  # noqa: S608


_BY_WORDS = " UNION ALL ".join(map(_like_words, _TEXTS))
_BY_AMOUNTS = f"""
    {" UNION ALL ".join(map(_written, _TEXTS))}
    UNION ALL
    SELECT asked.amount, attribution.claim_id, NULL
    FROM unnest(%(sizes)s::int[], %(units)s::text[], %(currencies)s::text[], %(values)s::numeric[],
        %(lows)s::numeric[], %(highs)s::numeric[]) AS asked (amount, unit, currency, value, low, high)
    JOIN budgets_figure figure ON figure.unit = asked.unit AND figure.value BETWEEN asked.low AND asked.high
        AND asked.value BETWEEN figure.low AND figure.high AND (asked.currency = '' OR figure.currency = asked.currency)
    JOIN claims_figureattribution attribution ON attribution.figure_id = figure.id
    WHERE attribution.claim_id IS NOT NULL
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Why:
    """In what a claim is like a candidate: `words` or `amount`, and a sentence in both languages."""

    code: str
    en: str
    th: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A claim that is here, and why it may be the same. `state` is that of its newest revision."""

    id: int
    slug: str
    heading_en: str
    heading_th: str
    state: str
    is_published: bool
    rank: int
    whys: tuple[Why, ...]


@dataclass(slots=True)
class _Hits:
    """What one claim has in common with one candidate."""

    likeness: int = 0
    amounts: dict[str, None] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        return self.likeness + (_SAME_AMOUNT if self.amounts else 0)

    def whys(self) -> tuple[Why, ...]:
        shown = ", ".join(list(self.amounts)[:3])
        same = (Why("amount", f"Same amount: {shown}", f"จำนวนเท่ากัน: {shown}"),) if self.amounts else ()
        like = f"({self.likeness} %)"
        return (*same, Why("words", f"Similar words {like}", f"ถ้อยคำคล้ายกัน {like}")) if self.likeness else same


def similar_claims(candidates: Sequence[Candidate]) -> list[list[Similar]]:
    """Per candidate the claims like it, the likest first, at most `MOST`; three queries.

    Raises ValueError for more than `MOST_CANDIDATES`.
    """
    if len(candidates) > MOST_CANDIDATES:
        raise ValueError(f"at most {MOST_CANDIDATES} candidates are compared at once")
    hits: list[dict[int, _Hits]] = [defaultdict(_Hits) for _ in candidates]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BY_INDEX)
        _by_words(cursor, candidates, hits)
        _by_amounts(cursor, candidates, hits)
    kept = [sorted(found, key=lambda claim: (-found[claim].rank, claim))[:MOST] for found in hits]
    rows = _claims({claim for claims in kept for claim in claims})
    return [
        [_similar(rows[claim], found[claim]) for claim in claims if claim in rows]
        for claims, found in zip(kept, hits, strict=True)
    ]


def _by_words(cursor: CursorWrapper, candidates: Sequence[Candidate], hits: list[dict[int, _Hits]]) -> None:
    values: dict[str, Any] = {}
    for lang in _TEXTS:
        own = [(place, found) for place, found in enumerate(candidates) if found.lang == lang]
        values[f"places_{lang}"] = [place for place, _ in own]
        values[f"words_{lang}"] = [" ".join(found.text.split())[:_MOST_WORDS].upper() for _, found in own]
    cursor.execute(_BY_WORDS, values)
    for place, claim, likeness in cursor.fetchall():
        hits[place][claim].likeness = likeness


def _by_amounts(cursor: CursorWrapper, candidates: Sequence[Candidate], hits: list[dict[int, _Hits]]) -> None:
    asked = [(place, each) for place, found in enumerate(candidates) for each in comparable(found.quantities)]
    values: dict[str, Any] = {
        "sizes": list(range(len(asked))),
        "units": [each.unit for _, each in asked],
        "currencies": [each.currency or "" for _, each in asked],
        "values": [each.value for _, each in asked],
        "lows": [_decimal(each.interval.low) for _, each in asked],
        "highs": [_decimal(each.interval.high) for _, each in asked],
    }
    for lang in _TEXTS:
        written = [(n, spelling) for n, (_, each) in enumerate(asked) for spelling in spellings(each, lang)]
        values[f"amounts_{lang}"] = [n for n, _ in written]
        values[f"patterns_{lang}"] = [f"%{spelling.upper()}%" for _, spelling in written]
    cursor.execute(_BY_AMOUNTS, values)
    rows = cursor.fetchall()
    read_texts: dict[str, list[Quantity]] = {}
    for n, claim, words in rows:
        place, amount = asked[n]
        if words is not None and not _stands_in(amount, read_texts.setdefault(words, read(words))):
            continue
        hits[place][claim].amounts[amount.text] = None


def _decimal(end: Fraction) -> Decimal:
    """An end of the interval that a written amount can stand for; its digits end."""
    return Decimal(end.numerator) / Decimal(end.denominator)


def _stands_in(amount: Quantity, others: Iterable[Quantity]) -> bool:
    """Whether one of `others` is the same amount: each can stand for the other, so that 1.6 is not “two” billion."""
    return any(
        (other.unit, other.currency) == (amount.unit, amount.currency)
        and other.value is not None
        and amount.value is not None
        and amount.interval.holds(other.value)
        and other.interval.holds(amount.value)
        for other in others
    )


def _claims(keys: set[int]) -> dict[int, Claim]:
    reviews = ClaimReview.objects.filter(claim=OuterRef("pk")).order_by("-number")
    editions = Edition.objects.filter(subject_kind=SubjectKind.CLAIM, subject_id=OuterRef("public_id"))
    found = Claim.objects.filter(pk__in=keys).only("slug", "heading_en", "heading_th")
    annotated = found.annotate(state=Subquery(reviews.values("state")[:1]), is_published=Exists(editions))
    return {claim.pk: claim for claim in annotated}


def _similar(claim: Claim, hits: _Hits) -> Similar:
    return Similar(
        id=claim.pk,
        slug=claim.slug,
        heading_en=claim.heading_en,
        heading_th=claim.heading_th,
        state=getattr(claim, "state", None) or "",
        is_published=bool(getattr(claim, "is_published", False)),
        rank=hits.rank,
        whys=hits.whys(),
    )
