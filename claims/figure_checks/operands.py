"""From rows to what the arithmetic takes: every operand as the figure that stands for it today, or as missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from budgets.arithmetic import Amount, Missing
from budgets.arithmetic import Operand as Term
from budgets.intervals import Interval
from budgets.models.budget_line import BudgetLine, lineages
from budgets.models.figure import KEY, Figure
from budgets.vocabulary import Provenance
from claims.models.figure_attribution import FigureAttribution
from claims.models.figure_check import Operand, Reading

# The last figure of a chain that anybody but reviewers can see: what an import brought counts once it is published.
# OFFSET 0: look each one up by its key, however many figures there are.
_STANDING = """
    WITH RECURSIVE chain (start_id, figure_id, next_id, steps, is_seen) AS (
        SELECT figure.id, figure.id, figure.superseded_by_id, 0,
            figure.budget_import_id IS NULL OR import.published_at IS NOT NULL
        FROM budgets_figure figure LEFT JOIN budgets_budgetimport import ON import.id = figure.budget_import_id
        WHERE figure.id = ANY(%s)
        UNION ALL
        SELECT chain.start_id, newer.id, newer.superseded_by_id, chain.steps + 1, newer.is_seen
        FROM chain CROSS JOIN LATERAL (
            SELECT figure.id, figure.superseded_by_id,
                figure.budget_import_id IS NULL OR import.published_at IS NOT NULL AS is_seen
            FROM budgets_figure figure LEFT JOIN budgets_budgetimport import ON import.id = figure.budget_import_id
            WHERE figure.id = chain.next_id OFFSET 0
        ) newer
    )
    SELECT DISTINCT ON (start_id) start_id, figure_id FROM chain WHERE is_seen ORDER BY start_id, steps DESC
"""
_OFFICIAL = (Provenance.OFFICIAL_DOCUMENT, Provenance.OFFICIAL_STATEMENT)
_SHOWN = ("agency", "line", "budget_import")


@dataclass(frozen=True, slots=True)
class Resolved:
    """One operand today: what the arithmetic takes, the figure behind it, and others that answer the same question."""

    term: Term
    figure: Figure | None
    beside: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Around:
    newest: dict[int, Figure]
    same_key: dict[tuple[object, ...], list[Figure]]
    above: dict[int, tuple[str, ...]]
    said_by: dict[tuple[int, int], str]


def resolve(readings: Sequence[Reading]) -> dict[int, list[Resolved]]:
    """Return the operands of each reading by its key, in their order; a constant number of queries.

    The readings come with their operands prefetched and `figure_check__assertion` joined.
    """
    operands = [operand for reading in readings for operand in reading.operands.all()]
    around = _read(operands, {reading.figure_check.assertion.claim_id for reading in readings})
    return {
        reading.pk: [
            _resolve(operand, reading.figure_check.assertion.claim_id, around) for operand in reading.operands.all()
        ]
        for reading in readings
    }


def _read(operands: Sequence[Operand], claims: set[int]) -> _Around:
    named = {operand.figure_id for operand in operands if operand.figure_id is not None}
    heads = _heads(named)
    standing = Figure.objects.select_related(*_SHOWN).in_bulk(set(heads.values()))
    lines = {figure.line_id for figure in standing.values()} | {operand.line_id for operand in operands}
    lines.discard(None)
    years = {figure.period_year for figure in standing.values()} | {operand.year for operand in operands}
    return _Around(
        newest={start: standing[head] for start, head in heads.items()},
        same_key=_rivals_by_key(lines, {year for year in years if year}),
        above=_ancestors(lines),
        said_by=_speakers(set(heads.values()) | named, claims),
    )


def _rivals_by_key(lines: set[int | None], years: set[int]) -> dict[tuple[object, ...], list[Figure]]:
    """Figures of these lines and years, or of no year, that stand for readers: recorded by people, or published."""
    seen = Q(budget_import__isnull=True) | Q(budget_import__published_at__isnull=False)
    dated = Q(period_year__in=years) | Q(period_year__isnull=True)
    found = list(
        Figure.objects.filter(seen, dated, line__in=lines, retracted_at__isnull=True)
        .select_related(*_SHOWN)
        .order_by("pk")
    )
    heads = _heads({figure.pk for figure in found if figure.superseded_by_id is not None})
    same_key: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in found:
        if heads.get(figure.pk, figure.pk) == figure.pk:
            same_key[_key(figure)].append(figure)
    return same_key


def _heads(named: set[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [list(named)])
        return dict(cursor.fetchall())


def _ancestors(lines: Iterable[int | None]) -> dict[int, tuple[str, ...]]:
    above = lineages([line for line in lines if line is not None])
    ids = BudgetLine.objects.in_bulk({line for lineage in above.values() for line in lineage})
    return {line: tuple(str(ids[each].public_id) for each in lineage) for line, lineage in above.items()}


def _speakers(figures: set[int], claims: set[int]) -> dict[tuple[int, int], str]:
    """Who gave a figure, by (claim, figure); as another claim attributes it, when the claim itself does not."""
    said: dict[tuple[int, int], str] = {}
    rows = FigureAttribution.objects.filter(figure__in=figures, said_by__isnull=False).select_related("said_by")
    for row in rows.order_by("pk"):
        person = str(row.said_by.public_id) if row.said_by else ""
        for claim in claims:
            if claim == row.claim_id or (claim, row.figure_id) not in said:
                said[claim, row.figure_id] = person
    return said


def _resolve(operand: Operand, claim: int, around: _Around) -> Resolved:
    missing = Missing({"en": operand.missing_en, "th": operand.missing_th})
    if operand.figure is not None and operand.figure_id not in around.newest:
        label = operand.figure
        words = {"en": f"“{label.label_en}”, not published yet", "th": f"“{label.label_th}” ซึ่งยังไม่เผยแพร่"}
        return Resolved(Missing(words), None)
    if operand.figure_id is not None:
        return _named(around.newest[operand.figure_id], claim, around, named=operand.figure_id)
    if operand.line_id is None:
        return Resolved(missing, None)
    wanted = (operand.line_id, operand.year, operand.basis, operand.phase)
    answers = [figure for group in around.same_key.values() for figure in group if _answers(figure, wanted)]
    found = sorted(answers, key=lambda figure: figure.pk)
    if len({(figure.value, figure.unit, figure.currency) for figure in found}) > 1:
        words = {
            "en": f"{operand.missing_en}: official figures differ",
            "th": f"{operand.missing_th}: ตัวเลขทางการไม่ตรงกัน",
        }
        return Resolved(Missing(words), None, tuple(found))
    return _named(found[0], claim, around, named=found[0].pk) if found else Resolved(missing, None)


def _named(figure: Figure, claim: int, around: _Around, *, named: int) -> Resolved:
    if figure.retracted_at is not None:
        # The reason is in one language and for reviewers; readers learn that the figure no longer counts.
        words = {"en": f"“{figure.label_en}”, which was taken back", "th": f"“{figure.label_th}” ซึ่งถอนแล้ว"}
        return Resolved(Missing(words), figure)
    beside = () if figure.line_id is None else tuple(_rivals(figure, around))
    said_by = around.said_by.get((claim, figure.pk))
    if said_by is None and figure.provenance == Provenance.CLAIMANT:
        # A corrected figure of a speaker is still the speaker's, before anybody attributes it anew.
        said_by = around.said_by.get((claim, named))
    return Resolved(_amount(figure, said_by, around), figure, beside)


def _rivals(figure: Figure, around: _Around) -> Iterable[Figure]:
    same = around.same_key.get(_key(figure), [])
    return (other for other in same if other.pk != figure.pk and other.value != figure.value)


def _answers(figure: Figure, wanted: tuple[object, ...]) -> bool:
    asked = (figure.line_id, figure.period_year, figure.period_basis, figure.phase)
    return asked == wanted and figure.provenance in _OFFICIAL


def _key(figure: Figure) -> tuple[object, ...]:
    return tuple(getattr(figure, f"{name}_id" if name in ("agency", "line") else name) for name in KEY)


def _amount(figure: Figure, said_by: str | None, around: _Around) -> Amount:
    return Amount(
        id=str(figure.public_id),
        label={"en": figure.label_en, "th": figure.label_th},
        value=figure.value,
        interval=Interval.between(
            figure.low, figure.high, low_closed=figure.low_closed, high_closed=figure.high_closed
        ),
        unit=figure.unit,
        currency=figure.currency or None,
        line=str(figure.line.public_id) if figure.line else None,
        ancestors=around.above.get(figure.line_id, ()) if figure.line_id else (),
        agency=str(figure.agency.public_id) if figure.agency else None,
        phase=figure.phase,
        basis=figure.period_basis,
        year=figure.period_year,
        earliest=figure.period_earliest,
        latest=figure.period_latest,
        nominal=figure.nominal,
        provenance=figure.provenance,
        said_by=said_by,
    )
