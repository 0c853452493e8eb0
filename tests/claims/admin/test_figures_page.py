"""A figure is recorded or superseded, never edited."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.admin import counting
from budgets.figures import retract_figure, supersede_figure
from budgets.models.figure import Figure
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.claims.admin.world import fill
from tests.factories.budgets import Row, make_import, make_line
from tests.factories.cast import Cast
from tests.factories.claims import NOW
from tests.factories.figures import amount, make_figure
from tests.factories.nouns import AgencyFactory

ADD = "/admin/budgets/figure/add/"
TYPED: dict[str, Any] = {
    "label_en": "Spending", "label_th": "รายจ่าย", "slug": "spending-2023", "value": "6610000000", "low": "6605000000",
    "high": "6615000000", "low_closed": "on", "unit": "money", "currency": "THB", "exactness": "significant_figures",
    "significant_digits": "3", "period_basis": "year_unknown", "period_year": "2023", "phase": "unstated",
    "provenance": "claimant", "currency_written": "on", "nominal": "on",
}  # fmt: skip


def test_a_figure_is_recorded(cast: Cast, browser: As) -> None:
    answer = browser("contributor").post(ADD, TYPED)
    assert answer.status_code == 302, answer.context["errors"]
    figure = Figure.objects.get()
    assert (figure.value, figure.high_closed) == (Decimal(6_610_000_000), False)
    assert Entry.objects.latest("index").verb == "figure.recorded"


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": "7000000000"},
        {"currency": ""},
        {"significant_digits": ""},
        {"value": "", "words_en": ""},
        {"value": "1"},
        {"low": "6610000000", "high": "6610000000"},
    ],
)
def test_nonsense_is_refused_and_stays_in_the_form(wrong: dict[str, str], cast: Cast, browser: As) -> None:
    answer = browser("contributor").post(ADD, TYPED | wrong)
    assert answer.status_code == 200
    assert shown(answer, "figure_form")["label_th"] == "รายจ่าย"
    assert "Constraint" not in answer.content.decode()
    assert not Figure.objects.exists()


def test_a_stored_figure_cannot_be_changed_only_superseded(cast: Cast, browser: As) -> None:
    fill(cast, 1)
    old, who = Figure.objects.get(slug="figure-0"), browser("contributor")
    url = reverse("admin:budgets_figure_change", args=[old.pk])
    assert who.post(url, TYPED).status_code == 403
    page = who.get(url).content.decode()
    assert f"{ADD}?supersedes={old.pk}" in page
    form = shown(who.get(f"{ADD}?supersedes={old.pk}"), "figure_form")
    assert (form["supersedes"], form["label_en"], form["slug"]) == (str(old.pk), old.label_en, "figure-0-2")
    better = form | {"slug": "better", "value": "5000000", "low": "5000000", "high": "5000000"}
    assert who.post(ADD, better).status_code == 302
    old.refresh_from_db()
    assert old.superseded_by is not None
    assert (old.superseded_by.slug, old.superseded_by.agency) == ("better", old.agency)
    assert Entry.objects.latest("index").verb == "figure.superseded"
    again = who.post(ADD, better | {"slug": "better-still"})
    assert "has already been superseded" in again.content.decode()
    assert Figure.objects.filter(budget_import=None).count() == 2


def test_superseding_a_figure_that_does_not_exist_is_refused(cast: Cast, browser: As) -> None:
    answer = browser("contributor").post(ADD, TYPED | {"supersedes": "999"})
    assert "does not exist" in answer.content.decode()
    assert not Figure.objects.exists()
    for key in ("nonsense", "999", "9" * 30):
        page = browser("contributor").get(f"{ADD}?supersedes={key}", follow=True)
        assert page.redirect_chain == [(reverse("admin:budgets_figure_changelist"), 302)]
        assert "The figure to supersede does not exist" in page.content.decode()


def test_a_figure_that_no_longer_stands_is_neither_superseded_nor_retracted_from_its_page(
    cast: Cast, browser: As
) -> None:
    figures = [make_figure(5, by=cast.contributor, slug=f"money-{name}") for name in ("a", "b")]
    retract_figure(figure=figures[0], reason="Misread", by=cast.contributor, now=NOW)
    supersede_figure(figure=figures[1], by=cast.contributor, now=NOW, **amount(6, slug="money-b-2"))
    for figure, words in zip(figures, ("was retracted on", "has already been superseded"), strict=True):
        url = reverse("admin:budgets_figure_change", args=[figure.pk])
        page = browser("contributor").get(f"{ADD}?supersedes={figure.pk}", follow=True)
        assert page.redirect_chain == [(url, 302)]
        assert words in page.content.decode()
        assert "?supersedes=" not in page.content.decode()
        assert "/retract/" not in page.content.decode()


def test_the_slug_of_a_better_figure_has_the_next_free_number(cast: Cast, browser: As) -> None:
    old = make_figure(5, by=cast.contributor, slug="money-2023")
    make_figure(5, by=cast.contributor, slug="money-2023-2")
    who = browser("contributor")
    form = shown(who.get(f"{ADD}?supersedes={old.pk}"), "figure_form")
    assert form["slug"] == "money-2023-3"
    assert who.post(f"{ADD}?supersedes={old.pk}", form).status_code == 302
    newer = Figure.objects.get(slug="money-2023-3")
    assert shown(who.get(f"{ADD}?supersedes={newer.pk}"), "figure_form")["slug"] == "money-2023-4"


def test_the_list_writes_amounts_for_people_and_filters_by_standing(cast: Cast, browser: As) -> None:
    browser("contributor").post(ADD, TYPED)
    browser("contributor").post(
        ADD, TYPED | {"slug": "half", "value": "", "words_en": "half of it", "words_th": "ครึ่งหนึ่ง"}
    )
    url = reverse("admin:budgets_figure_changelist")
    page = browser("auditor").get(url).content.decode()
    assert "6.61 billion baht" in page
    assert "half of it" in page
    counts = [browser("auditor").get(url, {"standing": way}).context["cl"].result_count for way in ("yes", "no")]
    assert counts == [2, 0]


def test_imported_figures_are_found_by_line_data_set_and_import_and_show_where_they_come_from(
    cast: Cast, browser: As
) -> None:
    line = make_line(AgencyFactory.create(), "Rent of offices", "ค่าเช่าสำนักงาน")
    other = make_line(AgencyFactory.create(), "Water", "ค่าน้ำ")
    made = make_import(cast.contributor, [Row(line, 2022, "5"), Row(other, 2021, "6")], dataset="bill")
    make_import(cast.contributor, [Row(line, 2023, "7")], dataset="later")
    browser("contributor").post(ADD, TYPED)
    url, who = reverse("admin:budgets_figure_changelist"), browser("auditor")

    def found(**asked: str) -> list[str]:
        return sorted(figure.label_en for figure in who.get(url, asked).context["cl"].result_list)

    assert "bill, line 2" in who.get(url).content.decode()
    assert found(q="สำนักงาน ค่าเช่า") == ["Rent of offices"] * 2
    assert found(q="spending-2023") == ["Spending"]
    assert found(dataset="bill") == ["Rent of offices", "Water"]
    assert found(dataset="none") == ["Spending"]
    assert found(budget_import=str(made.pk), period_year="2021") == ["Water"]
    assert (found(budget_import="x"), found(period_year="x"), found(q="nothing like it")) == ([], [], [])


def test_the_list_is_counted_no_further_than_anybody_reads_on(
    cast: Cast, browser: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 3)
    line = make_line(AgencyFactory.create(), "Rent", "ค่าเช่า")
    make_import(cast.contributor, [Row(line, 2000 + number, "5") for number in range(9)])
    with CaptureQueriesContext(connection) as queries:
        page = browser("auditor").get(reverse("admin:budgets_figure_changelist"))
    assert page.context["cl"].paginator.count == 3
    counts = [query["sql"] for query in queries if "COUNT(" in query["sql"] and "budgets_figure" in query["sql"]]
    assert len(counts) == 1
    assert "LIMIT 3" in counts[0]
