"""Figures with all that a reader needs to judge them, and the small charts."""

import pytest

from budgets.quantities.formatting import Lang
from claims.web.presentation.charts import amount, charts
from claims.web.presentation.figures import figure_view, figure_views
from tests.claims.web.documents import (
    HOTLINE_HALF,
    PUBLIC_RELATIONS,
    SPENDING,
    SPENDING_2020,
    SPENDING_2023,
    both,
    figure,
    period,
)


def test_a_rounded_amount_shows_its_range_its_year_and_who_says_so() -> None:
    view = figure_view(SPENDING_2020, "en")
    assert (view.amount, view.range) == ("4 billion baht", "from 3.5 billion baht to under 4.5 billion baht")
    assert (view.period, view.basis) == ("2020", "Kind of year not stated")
    assert (view.provenance_label, view.said_by) == ("Speaker's own figure", "Ratchanok Srinok")
    thai = figure_view(SPENDING_2020, "th")
    assert (thai.amount, thai.period) == ("4,000 ล้านบาท", "ปี 2563")


def test_a_figure_given_in_words_stays_in_words() -> None:
    view = figure_view(HOTLINE_HALF, "en")
    assert (view.amount, view.range, view.exactness, view.digits) == ("half", "", "words", None)
    assert figure_view(HOTLINE_HALF, "th").amount == "ครึ่งหนึ่ง"


def test_a_fiscal_year_is_spelled_out_day_by_day() -> None:
    assert figure_view(PUBLIC_RELATIONS, "en").fiscal_days == "1 October 2023 to 30 September 2024"
    thai = figure_view(PUBLIC_RELATIONS, "th")
    assert thai.fiscal_days == "1 ตุลาคม 2566 – 30 กันยายน 2567"
    assert thai.phase == "จัดสรรหรือตั้งงบไว้"
    assert thai.currency_unwritten


def test_a_year_without_words_is_counted_in_the_era_of_the_page() -> None:
    bare = figure(1, "x", SPENDING, "1", period=period(None, "calendar_year", 2020))
    assert figure_view(bare, "en").period == "2020"
    assert figure_view(bare, "th").period == "2563"


def test_only_an_interval_is_shown_when_nothing_else_is_known() -> None:
    unknown = figure(1, "x", SPENDING, None, low="3000000", high="4000000")
    view = figure_view(unknown, "en")
    assert (view.amount, view.range) == ("from 3 million baht to 4 million baht", "")


def test_counts_of_people_have_no_budget_year() -> None:
    seats = figure(14, "seats", both("Seats", "ที่นั่ง"), "7", unit="seats", currency=None)
    view = figure_view(seats, "en")
    assert (view.amount, view.basis, view.period) == ("7 seats", "", "")


def bars(lang: Lang) -> list[tuple[str, str]]:
    (chart,) = charts(figure_views([SPENDING_2020, SPENDING_2023, HOTLINE_HALF], lang), lang)
    return [(line.label, line.cells[0].text) for line in chart.drawing.table]


def test_a_chart_keeps_the_years_without_a_figure_empty() -> None:
    assert bars("en") == [("2020", "4 billion baht"), ("2021", ""), ("2022", ""), ("2023", "6.61 billion baht")]
    assert bars("th") == [("2563", "4,000 ล้านบาท"), ("2564", ""), ("2565", ""), ("2566", "6,610 ล้านบาท")]


def test_bars_have_the_texture_of_who_says_so_and_the_range_of_their_rounding() -> None:
    (chart,) = charts(figure_views([SPENDING_2020, SPENDING_2023], "en"), "en")
    assert [(key.texture, key.label) for key in chart.drawing.keys] == [("claimant", "Speaker's own figure")]
    assert chart.drawing.ranges
    assert chart.basis == "Kind of year not stated"
    official = [{**item, "provenance": "official_document"} for item in (SPENDING_2020, SPENDING_2023)]
    (chart,) = charts(figure_views(official, "en"), "en")
    assert [key.texture for key in chart.drawing.keys] == ["official_document"]


def test_one_amount_or_two_labels_make_no_chart() -> None:
    assert charts(figure_views([SPENDING_2020, PUBLIC_RELATIONS], "en"), "en") == ()


def test_two_amounts_of_one_year_stand_side_by_side_and_the_chart_says_that_they_differ() -> None:
    media = {**SPENDING_2023, "slug": "other", "value": "6000000000", "low": "6000000000", "high": "6000000000"}
    views = figure_views([SPENDING_2020, SPENDING_2023, {**media, "high_closed": True, "provenance": "media"}], "en")
    (chart,) = charts(views, "en")
    assert chart.template == "parts/charts/grouped.html"
    assert [block.conflict for block in chart.drawing.blocks] == [False, True]
    assert [line.cells[0].text for line in chart.drawing.table] == [
        "4 billion baht",
        "6.61 billion baht",
        "6 billion baht",
    ]


def test_two_phases_of_one_year_stand_side_by_side_without_a_conflict() -> None:
    paid = {**SPENDING_2023, "slug": "paid", "value": "6605000000", "phase": "disbursed"}
    (chart,) = charts(figure_views([SPENDING_2020, SPENDING_2023, paid], "en"), "en")
    assert not chart.drawing.conflict
    assert [line.note for line in chart.drawing.table][1:] == ["Phase not stated", "Paid out"]


def test_a_label_still_to_be_translated_loses_its_markup_in_the_drawing() -> None:
    old = [{**item, "label": {"en": "", "th": "รายจ่าย & อื่น ๆ"}} for item in (SPENDING_2020, SPENDING_2023)]
    (chart,) = charts(figure_views(old, "en"), "en")
    assert chart.drawing.title == "รายจ่าย & อื่น ๆ"


def test_a_figure_in_words_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="no number to draw"):
        amount(figure_view(HOTLINE_HALF, "en"))


def test_a_century_of_gaps_shares_one_row() -> None:
    old = {**SPENDING_2020, "period": period(None, "calendar_year", 1950)}
    (chart,) = charts(figure_views([old, SPENDING_2023], "en"), "en")
    assert [line.label for line in chart.drawing.table] == ["1950", "1951–2022", "2023"]
    assert chart.basis == ""
