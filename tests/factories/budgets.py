"""Figures of imports, as the importer stores them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import md5, sha256
from typing import NamedTuple

from django.contrib.auth.models import User

from budgets.models.agency import Agency, Jurisdiction
from budgets.models.budget_import import BudgetImport
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.models.mapping import ColumnMapping
from budgets.vocabulary import Exactness, ImportState, PeriodBasis, Phase, Provenance, Unit

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Row(NamedTuple):
    """An amount of baht for a line and fiscal year (C.E.)."""

    line: BudgetLine
    year: int | None
    value: str
    phase: str = Phase.APPROVED
    low: str | None = None
    high: str | None = None


def make_line(
    agency: Agency, name_en: str, name_th: str, parent: BudgetLine | None = None, lang: str = ""
) -> BudgetLine:
    """A line with the address that an import would give it."""
    path = f"{parent.path_key if parent else ''}\x1f{name_th}"
    slug = f"line-{sha256(f'{agency.slug}{path}'.encode()).hexdigest()[:20]}"
    return BudgetLine.objects.create(
        slug=slug, agency=agency, parent=parent, name_en=name_en, name_th=name_th, lang=lang,
        path_key=md5(path.encode(), usedforsecurity=False).hexdigest(), depth=parent.depth + 1 if parent else 1,
    )  # fmt: skip


def make_import(
    by: User,
    rows: Iterable[Row],
    *,
    dataset: str = "bill-2565",
    title_en: str = "Budget bill 2022",
    title_th: str = "ร่าง พ.ร.บ. งบประมาณ 2565",
    provenance: str = Provenance.OFFICIAL_DOCUMENT,
    published_by: User | None = None,
    state: str = ImportState.DONE,
    currency: str = "THB",
) -> BudgetImport:
    """An import with a figure a row; published when somebody publishes it."""
    country = Jurisdiction.objects.get_or_create(code="TH", defaults={"name_en": "Thailand", "name_th": "ประเทศไทย"})[0]
    mapping, _ = ColumnMapping.objects.get_or_create(
        name=dataset,
        defaults={
            "title_en": title_en, "title_th": title_th, "jurisdiction": country, "provenance": provenance, "spec": {},
            "changed_at": NOW,
        },
    )  # fmt: skip
    taken = list(rows)
    made = BudgetImport.objects.create(
        mapping=mapping, spec={}, dataset=dataset, title_en=title_en, title_th=title_th,
        source_url="https://example.org/budget", provenance=provenance, file_name="budget.csv",
        file_digest=sha256(dataset.encode()).hexdigest(), file_size=1, state=state, report={"amounts": len(taken)},
        imported_by=by, requested_at=NOW, finished_at=NOW,
    )  # fmt: skip
    Figure.objects.bulk_create(_figure(made, number, row, currency) for number, row in enumerate(taken, 2))
    if published_by:
        BudgetImport.objects.filter(pk=made.pk).update(published_by=published_by, published_at=NOW)
        made.refresh_from_db()
    return made


def _figure(made: BudgetImport, number: int, row: Row, currency: str) -> Figure:
    exact = row.low is None
    basis = PeriodBasis.FISCAL_YEAR if row.year else PeriodBasis.YEAR_UNKNOWN
    return Figure(
        label_en=row.line.name_en, label_th=row.line.name_th, agency=row.line.agency, line=row.line,
        value=Decimal(row.value), low=Decimal(row.low or row.value), high=Decimal(row.high or row.value),
        low_closed=True, high_closed=exact, unit=Unit.MONEY, currency=currency,
        exactness=Exactness.EXACT if exact else Exactness.SIGNIFICANT_FIGURES, significant_digits=None if exact else 1,
        period_basis=basis, period_year=row.year, phase=row.phase, provenance=made.provenance, recorded_at=NOW,
        budget_import=made, source_line=number,
    )  # fmt: skip
