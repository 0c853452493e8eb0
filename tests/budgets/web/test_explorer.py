"""What readers may see of budgets, and in which order."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from budgets.vocabulary import ImportState
from budgets.web import explorer
from budgets.web.explorer import Wanted
from tests.budgets.web.conftest import Budget
from tests.factories.budgets import NOW, Row, make_import, make_line
from tests.factories.nouns import AgencyFactory


def seen(**wanted: object) -> list[str]:
    return sorted(f"{figure.value.normalize():f}" for figure in explorer.rows(Wanted(**wanted)) if figure.value)  # type: ignore[arg-type]


def test_only_figures_of_published_imports_are_shown(budget: Budget) -> None:
    assert explorer.shown().count() == 7
    assert not explorer.shown().filter(budget_import=budget.draft).exists()
    assert budget.draft not in explorer.imports()
    assert seen(words="secret") == []


@pytest.mark.parametrize("state", [state for state in ImportState.values if state != ImportState.DONE])
def test_an_import_that_is_not_done_shows_nothing(budget: Budget, state: str) -> None:
    undone = {"undone_by": budget.cast.editor, "undone_at": NOW} if state == ImportState.UNDONE else {}
    BudgetImport.objects.filter(pk=budget.bill.pk).update(state=state, **undone)
    assert explorer.shown().count() == 1


def test_a_figure_stays_until_readers_may_see_what_replaces_it(budget: Budget) -> None:
    old = Figure.objects.get(budget_import=budget.bill, line=budget.hotline)
    later = make_import(budget.cast.contributor, [Row(budget.hotline, 2022, "125000000")])
    Figure.objects.filter(pk=old.pk).update(superseded_by=later.figures.get())
    assert seen(words="hotline") == ["124000000.5"]
    BudgetImport.objects.filter(pk=later.pk).update(published_by=budget.cast.editor, published_at=NOW)
    assert seen(words="hotline") == ["125000000"]


def test_a_figure_that_was_replaced_twice_leaves_with_the_publication_of_the_second(budget: Budget) -> None:
    old = Figure.objects.get(budget_import=budget.bill, line=budget.hotline)
    never = make_import(budget.cast.contributor, [Row(budget.hotline, 2022, "125000000")])
    later = make_import(budget.cast.contributor, [Row(budget.hotline, 2022, "126000000")])
    Figure.objects.filter(pk=old.pk).update(superseded_by=never.figures.get())
    never.figures.update(superseded_by=later.figures.get())
    assert seen(words="hotline") == ["124000000.5"]
    BudgetImport.objects.filter(pk=later.pk).update(published_by=budget.cast.editor, published_at=NOW)
    assert seen(words="hotline") == ["126000000"]


def test_a_figure_taken_back_is_gone(budget: Budget) -> None:
    Figure.objects.filter(line=budget.hotline).update(retracted_at=NOW, retraction_reason="misread")
    assert seen(words="hotline") == []


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 7),
        ({"year": 2022}, 5),
        ({"year": 2022, "phases": ["approved"]}, 4),
        ({"agency": "soc"}, 7),
        ({"agency": "mol"}, 0),
        ({"agency": UUID(int=7)}, 0),
        ({"words": "STAFF"}, 5),
        ({"words": "salaries staff"}, 5),
        ({"words": "เงินเดือน"}, 5),
        ({"words": "สายด่วน"}, 1),
        ({"words": "%"}, 0),
        ({"words": "_"}, 0),
    ],
)
def test_rows_fit_every_choice(budget: Budget, wanted: dict[str, object], count: int) -> None:
    assert len(seen(**wanted)) == count


def test_a_change_is_told_from_the_year_before_in_the_same_document_and_phase_only(budget: Budget) -> None:
    found = explorer.with_changes(explorer.rows(Wanted(words="staff"))).order_by(
        "period_year", "phase", "budget_import_id"
    )
    told = [(row.period_year, row.phase, row.budget_import_id, row.before, row.change) for row in found]
    assert told == [
        (2019, "approved", budget.bill.pk, None, None),
        (2021, "approved", budget.bill.pk, None, None),
        (2022, "approved", budget.bill.pk, Decimal(200_000_000), Decimal(76_000_000)),
        (2022, "approved", budget.other.pk, None, None),
        (2022, "disbursed", budget.bill.pk, None, None),
    ]


def test_thai_names_stand_in_the_order_of_a_dictionary(budget: Budget) -> None:
    agency = AgencyFactory.create()
    lines = [make_line(agency, name, name) for name in ("ขา", "เกาะ", "กา", "โขน", "แกง")]
    make_import(
        budget.cast.contributor, [Row(line, 2022, "1") for line in lines], dataset="x", published_by=budget.cast.editor
    )
    found = explorer.with_names(explorer.rows(Wanted(agency=agency.slug)), "th").order_by("called")
    assert [row.line.name_th for row in found if row.line] == ["กา", "เกาะ", "แกง", "ขา", "โขน"]


def test_a_total_counts_a_line_once(budget: Budget) -> None:
    found = {(t.year, t.phase, t.import_id): t.amount for t in explorer.totals(budget.office)}
    assert found[2022, "approved", budget.bill.pk] == Decimal(400), "the parts of the plan are in the plan"
    assert found[2021, "approved", budget.bill.pk] == Decimal(200_000_000)
    assert found[2022, "disbursed", budget.bill.pk] == Decimal(100_000_000)
    assert found[2022, "approved", budget.other.pk] == Decimal(280_000_000)


def test_a_line_below_a_line_without_an_amount_counts_in_the_line_above_that(budget: Budget) -> None:
    deep = make_line(budget.office, "Deep", "ลึก", make_line(budget.office, "Middle", "กลาง", budget.hotline))
    make_import(
        budget.cast.contributor, [Row(budget.plan, 2024, "10"), Row(deep, 2024, "4")], dataset="deep",
        published_by=budget.cast.editor,
    )  # fmt: skip
    assert [total.amount for total in explorer.totals(budget.office) if total.year == 2024] == [Decimal(10)]


def test_more_figures_than_can_be_added_in_time_have_no_totals(budget: Budget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer, "MOST_ADDED", 6)
    assert explorer.totals(budget.office) == []
    monkeypatch.setattr(explorer, "MOST_ADDED", 7)
    assert len(explorer.totals(budget.office)) == 5


def test_choices_are_what_is_published(budget: Budget) -> None:
    chosen = explorer.choices()
    assert chosen == explorer.Choices([2022, 2021, 2019], ["approved", "disbursed"], [budget.office.pk])
    assert [agency.slug for agency in explorer.agencies(chosen, "th")] == ["soc"]
    assert explorer.choices("soc") == chosen
    assert explorer.choices("mol") == explorer.Choices([], [], [])
    assert explorer.agency("mol") == budget.ministry, "an agency under it has figures"
    assert explorer.under(budget.ministry, "en") == [budget.office]
    assert explorer.agency("nothing") is None


def test_contradictions_stand_together(budget: Budget) -> None:
    found = explorer.conflicts(budget.office.pk)
    assert [figure.budget_import_id for figure in found] == [budget.bill.pk, budget.other.pk]
    assert {figure.line_id for figure in found} == {budget.staff.pk}
    everything = list(explorer.amounts())
    assert explorer.contradicted(everything) == {figure.pk for figure in found}
    assert explorer.conflicts(budget.ministry.pk) == []


def test_the_parts_of_a_line_are_of_one_year_phase_and_document(budget: Budget) -> None:
    found = explorer.parts_of(budget.plan)
    assert [figure.line_id for figure in found] == [budget.staff.pk, budget.hotline.pk]
    assert explorer.parts_of(budget.staff) == []
    assert explorer.line(budget.staff.slug) == budget.staff
    assert len(explorer.figures_of(budget.staff)) == 5


def test_lines_are_listed_from_a_public_id_on(budget: Budget) -> None:
    lines = list(explorer.listed_lines(Wanted(), after=None, most=10))
    assert [line.pk for line in lines] == [budget.plan.pk, budget.staff.pk, budget.hotline.pk]
    rest = explorer.listed_lines(Wanted(agency="soc"), after=lines[0].public_id, most=1)
    assert list(rest) == [budget.staff]
    assert list(explorer.listed_lines(Wanted(year=2021, phases=["approved"], words="เงิน"), after=None, most=9)) == [
        budget.staff
    ]
    assert list(explorer.listed_lines(Wanted(words="secret"), after=None, most=9)) == []


def test_totals_are_two_queries_however_many_figures_there_are(budget: Budget) -> None:
    with CaptureQueriesContext(connection) as queries:
        explorer.totals(budget.office)
    assert len(queries) == 2


@pytest.mark.parametrize("batch", [1, 2, 6, 7, 8])
def test_everything_comes_once_and_in_order_whatever_the_batch(budget: Budget, batch: int) -> None:
    found = [figure.pk for figure in explorer.everything(explorer.rows(Wanted()), batch)]
    assert found == sorted(explorer.amounts().values_list("pk", flat=True))


def test_a_total_spans_the_imports_of_one_data_set(budget: Budget) -> None:
    first, second, third = (make_line(budget.ministry, name, name) for name in ("L1", "L2", "L3"))
    part = make_line(budget.ministry, "Part of L3", "ส่วนของ L3", third)
    old = make_import(
        budget.cast.contributor,
        [Row(first, 2025, "100"), Row(second, 2025, "200"), Row(third, 2025, "300"), Row(part, 2025, "40")],
        dataset="again", published_by=budget.cast.editor,
    )  # fmt: skip
    new = make_import(
        budget.cast.contributor, [Row(third, 2025, "333")], dataset="again", published_by=budget.cast.editor
    )
    Figure.objects.filter(budget_import=old, line=third).update(superseded_by=new.figures.get())
    found = [(t.import_id, t.amount, t.figures) for t in explorer.totals(budget.ministry)]
    assert found == [(new.pk, Decimal(633), 3)], "the part is in the line above it, which a later import brought"
