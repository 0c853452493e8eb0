"""Figures with all that a reader needs to judge them, and the small charts."""

from budgets.quantities.formatting import Lang
from claims.web.presentation.charts import charts
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
    return [(bar.label, bar.amount) for bar in chart.bars]


def test_a_chart_keeps_the_years_without_a_figure_empty() -> None:
    assert bars("en") == [("2020", "4 billion baht"), ("2021", ""), ("2022", ""), ("2023", "6.61 billion baht")]
    assert bars("th") == [("2563", "4,000 ล้านบาท"), ("2564", ""), ("2565", ""), ("2566", "6,610 ล้านบาท")]


def test_bars_are_as_long_as_their_amounts_and_hatched_unless_official() -> None:
    (chart,) = charts(figure_views([SPENDING_2020, SPENDING_2023], "en"), "en")
    assert [bar.percent for bar in chart.bars] == [59, 0, 0, 98]
    assert chart.hatched
    assert chart.basis == "Kind of year not stated"
    official = [{**item, "provenance": "official_document"} for item in (SPENDING_2020, SPENDING_2023)]
    (chart,) = charts(figure_views(official, "en"), "en")
    assert not chart.hatched


def test_one_amount_or_two_labels_make_no_chart() -> None:
    assert charts(figure_views([SPENDING_2020, PUBLIC_RELATIONS], "en"), "en") == ()


def test_a_century_of_gaps_is_not_drawn() -> None:
    old = {**SPENDING_2020, "period": period(None, "calendar_year", 1950)}
    (chart,) = charts(figure_views([old, SPENDING_2023], "en"), "en")
    assert [bar.label for bar in chart.bars] == ["1950", "2023"]
    assert chart.basis == ""
