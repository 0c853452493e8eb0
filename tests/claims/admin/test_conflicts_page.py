"""Figures that answer the same question differently stand beside each other, each with its link."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.models.figure import Figure
from tests.claims.admin.conftest import As
from tests.factories.budgets import Row, make_import, make_line
from tests.factories.cast import Cast
from tests.factories.nouns import AgencyFactory

URL = "/admin/budgets/figure/conflicts/"


@pytest.fixture
def two_sources(cast: Cast) -> list[Figure]:
    agency = AgencyFactory.create(name_en="Ministry of Labour")
    rent, water = make_line(agency, "Rent", "ค่าเช่า"), make_line(agency, "Water", "ค่าน้ำ")
    make_import(cast.contributor, [Row(rent, 2022, "926301300"), Row(water, 2022, "5")], dataset="clean")
    make_import(cast.contributor, [Row(rent, 2022, "995632400"), Row(water, 2022, "5")], dataset="noisy")
    return list(Figure.objects.filter(line=rent).order_by("pk"))


def test_two_sources_that_disagree_are_listed_with_links_to_both(
    two_sources: list[Figure], cast: Cast, browser: As
) -> None:
    page = browser("auditor").get(URL).content.decode()
    for figure, words in zip(two_sources, ("926,301,300", "995,632,400"), strict=True):
        assert reverse("admin:budgets_figure_change", args=[figure.pk]) in page
        assert words in page
    assert ("clean, line 2" in page, "noisy, line 2" in page, "Water" in page) == (True, True, False)
    assert "One amount can be all of them, rounded." not in page
    assert URL in browser("auditor").get("/admin/budgets/figure/").content.decode()


def test_amounts_that_may_be_one_amount_rounded_are_told_apart(cast: Cast, browser: As) -> None:
    line = make_line(AgencyFactory.create(), "Rent", "ค่าเช่า")
    make_import(cast.contributor, [Row(line, None, "12500000", low="12450000", high="12550000")], dataset="round")
    make_import(cast.contributor, [Row(line, None, "12510000", low="12505000", high="12515000")], dataset="fine")
    assert "One amount can be all of them, rounded." in browser("auditor").get(URL).content.decode()


def test_a_figure_that_no_longer_stands_contradicts_nothing(two_sources: list[Figure], cast: Cast, browser: As) -> None:
    Figure.objects.filter(pk=two_sources[0].pk).update(superseded_by=two_sources[1])
    assert "No figures disagree." in browser("auditor").get(URL).content.decode()


def test_a_page_of_conflicts_costs_the_same_however_many_there_are(cast: Cast, browser: As) -> None:
    agency = AgencyFactory.create()
    lines = [make_line(agency, f"Line {number}", f"รายการ {number}") for number in range(60)]
    who = browser("auditor")
    for dataset, value in (("one", "1"), ("two", "2")):
        make_import(cast.contributor, [Row(line, 2022, value) for line in lines], dataset=dataset)
    who.get(URL)
    with CaptureQueriesContext(connection) as full:
        assert len(who.get(URL).context["conflicts"]) == 50
    with CaptureQueriesContext(connection) as rest:
        assert len(who.get(URL + "?page=2").context["conflicts"]) == 10
    assert len(full) == len(rest)
    assert who.get(URL + "?page=nonsense").status_code == 200


def test_who_sees_no_figures_sees_no_conflicts(cast: Cast, browser: As) -> None:
    assert browser("operations").get(URL).status_code == 403
