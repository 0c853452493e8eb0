"""Every query of the budget explorer. A figure is shown once the import that brought it is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Func, Max, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import Collate, Lower

from budgets.models.agency import Agency
from budgets.models.budget_import import BudgetImport
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import KEY, Figure, FigureQuerySet
from budgets.quantities.formatting import Lang
from budgets.vocabulary import Unit

MOST_ABOVE = 4
MOST_ADDED = 100_000
_WIDE = ("budget_import__spec", "budget_import__given", "budget_import__report")
MOST_AGENCIES = 200
MOST_CONFLICTS = 50
MOST_FIGURES = 500
MOST_PARTS = 200
# Thai writes five vowels before the consonant that they follow in speech and in the dictionary.
_LEADING_VOWEL, _SWAPPED = "([เแโใไ])([ก-ฮ])", r"\2\1"
_SAME = ("phase", "unit", "currency", "nominal", "period_basis")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for; what is empty or None is no choice. An agency is given by its slug or its public id."""

    words: str = ""
    agency: str | UUID = ""
    year: int | None = None
    phases: Sequence[str] = ()

    @property
    def of_agency(self) -> Q:
        """The condition that figures or lines are of the agency."""
        if not self.agency:
            return Q()
        return Q(**{"agency__public_id" if isinstance(self.agency, UUID) else "agency__slug": self.agency})


@dataclass(frozen=True, slots=True)
class Total:
    """What one document gives an agency for a year and phase: no line is added to a line above it.

    A document is a data set; `import_id` is the newest import that brought a part of the total.
    """

    import_id: int
    year: int
    basis: str
    phase: str
    currency: str
    amount: Decimal
    figures: int


def shown() -> FigureQuerySet:
    """The figures that readers see: of published imports, not taken back, and not replaced by another that they see.

    A figure that an unpublished import would replace stays until that import, or one of the next two to replace it, is
    published.
    """
    public = Figure.objects.published()
    newer = {"next": "pk", "second": "supersedes", "third": "supersedes__supersedes"}
    # With a LIMIT the database looks up the few that are replaced; without, it hashes every published figure first.
    found = {
        name: Subquery(public.filter(**{path: OuterRef("superseded_by")}).values("pk")[:1])
        for name, path in newer.items()
    }
    standing = Q(superseded_by__isnull=True) | Q(**{f"{name}__isnull": True for name in newer})
    return public.alias(**found).filter(standing, retracted_at__isnull=True)


def _first(found: QuerySet[Figure]) -> Subquery:
    """Any one of some figures: unlike EXISTS it is looked up row by row, which an index answers at once."""
    return Subquery(found.order_by().values("pk")[:1])


def _counted() -> FigureQuerySet:
    return shown().filter(line__isnull=False, value__isnull=False)


def amounts() -> FigureQuerySet:
    """Shown figures with a number and a line, with line, agency and import."""
    return _counted().select_related("line__parent", "agency", "budget_import").defer(*_WIDE)


def in_order(name: str) -> Collate:
    """A column of names as a key that the database, which knows no languages, puts in the order of a dictionary."""
    swapped = Func(
        Lower(name), Value(_LEADING_VOWEL), Value(_SWAPPED), Value("g"),
        function="regexp_replace", output_field=TextField(),
    )  # fmt: skip
    return Collate(swapped, "C")


def rows(wanted: Wanted) -> FigureQuerySet:
    """The amounts that fit, bare: sorting a million rows with their names takes ten times as long; see `whole`."""
    found = _counted().filter(wanted.of_agency).only("pk", "currency", "value")
    if wanted.year is not None:
        found = found.filter(period_year=wanted.year)
    if wanted.phases:
        found = found.filter(phase__in=wanted.phases)
    for word in wanted.words.split():
        found = found.filter(Q(line__name_en__icontains=word) | Q(line__name_th__icontains=word))
    return found


def with_names(found: FigureQuerySet, lang: Lang) -> QuerySet[Any]:
    """Each figure with `called`, the name of its line in an order of the language."""
    named: QuerySet[Any] = found.annotate(called=in_order(f"line__name_{lang}"))
    return named


def whole(bare: Sequence[Figure]) -> list[Any]:
    """Some rows with everything that `amounts` and `with_changes` give, in the same order: one query."""
    found = with_changes(amounts().filter(pk__in=[figure.pk for figure in bare])).in_bulk()
    return [found[figure.pk] for figure in bare if figure.pk in found]


def everything(bare: FigureQuerySet, batch: int = 1_000) -> Iterator[Any]:
    """All of some rows as `whole` gives them, in the order in which they came in.

    A query for each batch: each is short, so no reader's patience and no limit on statements cuts a long list off.
    """
    last = 0
    while True:
        found = list(bare.filter(pk__gt=last).order_by("pk")[:batch])
        yield from whole(found) if found else ()
        if len(found) < batch:
            return
        last = found[-1].pk


def with_changes(found: FigureQuerySet) -> QuerySet[Any]:
    """Each figure with `before`, the amount of the year before in the same document and phase, and `change` from it."""
    before = Subquery(_year_before().values("value")[:1])
    return found.annotate(before=before).annotate(change=F("value") - F("before"))


def _year_before() -> FigureQuerySet:
    same: dict[str, Any] = {name: OuterRef(name) for name in _SAME}
    found = shown().filter(
        line=OuterRef("line"),
        period_year=OuterRef("period_year") - 1,
        budget_import__dataset=OuterRef("budget_import__dataset"),
        **same,
    )
    return found.order_by("-id")


def imports() -> list[BudgetImport]:
    """Published imports, the newest publication first, without their settings."""
    found = BudgetImport.objects.public().defer("spec", "given")
    return list(found.order_by("-published_at", "-id"))


@dataclass(frozen=True, slots=True)
class Choices:
    """What published figures can be narrowed by: years, newest first, phases, and the keys of agencies."""

    years: list[int]
    phases: list[str]
    agencies: list[int]


def choices(agency: str = "") -> Choices:
    """The choices among the published figures of an agency, or of all: one query, which for all reads every figure."""
    public = Figure.objects.published()
    of = public.filter(agency__slug=agency) if agency else public
    found = set(of.order_by().values_list("period_year", "phase", "agency").distinct())
    return Choices(
        sorted({year for year, _, _ in found if year is not None}, reverse=True),
        sorted({phase for _, phase, _ in found}),
        sorted({key for _, _, key in found if key is not None}),
    )


def agencies(chosen: Choices, lang: Lang) -> list[Agency]:
    """Agencies with published figures, in the order of their names; the first 200."""
    found = Agency.objects.filter(pk__in=chosen.agencies)
    return list(found.order_by(in_order(f"name_{lang}"), "pk")[:MOST_AGENCIES])


def agency(slug: str) -> Agency | None:
    """An agency with shown figures, its own or those of an agency directly under it."""
    own = _first(shown().filter(agency=OuterRef("pk")))
    below = _first(shown().filter(agency__parent=OuterRef("pk")))
    found = Agency.objects.filter(slug=slug).alias(own=own, below=below)
    seen = found.filter(Q(own__isnull=False) | Q(below__isnull=False))
    return seen.select_related("parent").first()


def under(parent: Agency, lang: Lang) -> list[Agency]:
    """Agencies directly under one, with shown figures."""
    found = Agency.objects.filter(parent=parent).alias(first=_first(shown().filter(agency=OuterRef("pk"))))
    return list(found.filter(first__isnull=False).order_by(in_order(f"name_{lang}"), "pk")[:MOST_AGENCIES])


def totals(of: Agency) -> list[Total]:
    """The totals of an agency's money by data set, year, phase and currency; newest year first.

    A line counts only where no line above it (up to four steps) has an amount in the same data set, year and phase.
    None for an agency with more than `MOST_ADDED` figures: adding them up takes longer than a reader waits.
    """
    own = shown().filter(agency=of)
    if own.order_by()[MOST_ADDED : MOST_ADDED + 1].exists():
        return []
    found = own.filter(line__isnull=False, unit=Unit.MONEY, value__isnull=False, period_year__isnull=False)
    for steps in range(1, MOST_ABOVE + 1):
        above = own.filter(
            line=OuterRef("line__" + "__".join(["parent"] * steps)),
            budget_import__dataset=OuterRef("budget_import__dataset"),
            period_year=OuterRef("period_year"),
            phase=OuterRef("phase"),
            value__isnull=False,
        )
        found = found.filter(~Exists(above))
    names = ("period_year", "period_basis", "phase", "currency")
    grouped = found.order_by().values("budget_import__dataset", *names)
    added = grouped.annotate(newest=Max("budget_import"), amount=Sum("value"), figures=Count("pk"))
    ordered = added.order_by("-period_year", "phase", "newest", "currency", "period_basis")
    return [Total(*row) for row in ordered.values_list("newest", *names, "amount", "figures")]


def line(slug: str) -> BudgetLine | None:
    """A budget line with its agency and the line above; whether readers may see it is not asked here."""
    return BudgetLine.objects.filter(slug=slug).select_related("agency", "parent__parent__parent").first()


def figures_of(chosen: BudgetLine) -> list[Figure]:
    """The amounts of a line by year, at most 500."""
    found = with_changes(amounts().filter(line=chosen)).order_by("-period_year", "phase", "budget_import_id", "pk")
    return list(found[:MOST_FIGURES])


def parts_of(chosen: BudgetLine) -> list[Figure]:
    """The amounts of the lines directly below one, of their newest year, and of one phase and document of it.

    Largest first, at most 200; two queries.
    """
    below = amounts().filter(line__parent=chosen)
    first = below.order_by(F("period_year").desc(nulls_last=True), "phase", "budget_import__dataset").first()
    if first is None or first.budget_import is None:
        return []
    found = below.filter(
        period_year=first.period_year, phase=first.phase, budget_import__dataset=first.budget_import.dataset
    )
    return list(found.order_by("-value", "pk")[:MOST_PARTS])


def conflicts(agency_id: int) -> list[Figure]:
    """The figures of an agency that contradict each other, those of one key together; of the first 50 keys."""
    keys = list(shown().filter(agency=agency_id).conflicts().order_by("-period_year", "line_id")[:MOST_CONFLICTS])
    if not keys:
        return []
    condition = Q()
    for key in keys:
        condition |= Q(**{name: key[name] for name in ("line", "phase", "period_year", "unit", "currency")})
    wanted = {tuple(key[name] for name in KEY) for key in keys}
    found = (
        amounts()
        .filter(condition, agency=agency_id)
        .order_by("-period_year", "line_id", "phase", "budget_import_id", "pk")
    )
    return [figure for figure in found if _key(figure) in wanted]


def contradicted(found: list[Figure]) -> set[int]:
    """The ids of those figures for which another document gives a different amount: one query."""
    lines = {figure.line_id for figure in found}
    years_ = {figure.period_year for figure in found}
    keys = shown().filter(line__in=lines, period_year__in=years_).conflicts()
    different = {tuple(key[name] for name in KEY) for key in keys}
    return {figure.pk for figure in found if _key(figure) in different}


def contradictions(figures: Sequence[Figure]) -> set[int]:
    """The ids of those figures for whose key another of them gives a different amount; without a query."""
    same: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        same.setdefault(_key(figure), []).append(figure)
    groups = [group for group in same.values() if len({figure.value for figure in group}) > 1]
    return {figure.pk for group in groups for figure in group}


def _key(figure: Figure) -> tuple[object, ...]:
    return tuple(getattr(figure, f"{name}_id" if name in ("agency", "line") else name) for name in KEY)


def listed_lines(wanted: Wanted, *, after: object, most: int) -> QuerySet[BudgetLine]:
    """Lines with shown figures that fit, by their public id."""
    of_line: QuerySet[Figure] = shown().filter(line=OuterRef("pk"))
    if wanted.year is not None:
        of_line = of_line.filter(period_year=wanted.year)
    if wanted.phases:
        of_line = of_line.filter(phase__in=wanted.phases)
    found = BudgetLine.objects.filter(wanted.of_agency).alias(first=_first(of_line)).filter(first__isnull=False)
    for word in wanted.words.split():
        found = found.filter(Q(name_en__icontains=word) | Q(name_th__icontains=word))
    if after is not None:
        found = found.filter(public_id__gt=after)
    return found.select_related("agency", "parent").order_by("public_id")[:most]
