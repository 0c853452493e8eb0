"""The figures of the first case, from short quotes of the report."""

import pytest

from budgets.quantities.reading import read
from tests.budgets.quantities.shown import value_and_ends

Row = tuple[str, str | None, str, str, str, int | None]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (
            "over the past four years, from 4 billion baht in 2020 to 6.61 billion baht in 2023",
            [
                ("four years", "4", "4", "4", "years", None),
                ("4 billion baht", "4000000000", "3500000000", "4500000000", "money", 2020),
                ("6.61 billion baht", "6610000000", "6605000000", "6615000000", "money", 2023),
            ],
        ),
        (
            "strategic budget also doubled, from 965 million baht in 2020 to two billion baht in 2024",
            [
                ("doubled", None, "2", "2", "ratio", None),
                ("965 million baht", "965000000", "964500000", "965500000", "money", 2020),
                ("two billion baht", "2000000000", "1500000000", "2500000000", "money", 2024),
            ],
        ),
        (
            "the SSO's 1506 Hotline, which is currently allocated 100 million baht. Half of this year's budget",
            [
                ("100 million baht", "100000000", "50000000", "150000000", "money", None),
                ("Half", None, "0.5", "0.5", "ratio", None),
            ],
        ),
        (
            "the 550 million baht spent in 2023 on app development",
            [("550 million baht", "550000000", "545000000", "555000000", "money", 2023)],
        ),
        (
            'The "SSO+" mobile application reportedly cost 276 million baht',
            [("276 million baht", "276000000", "275500000", "276500000", "money", None)],
        ),
        ("a user rating of just 1.5 stars", [("1.5 stars", "1.5", "1.45", "1.55", "stars", None)]),
        (
            "set aside 336 million for public relations in the 2024 fiscal year",
            [("336 million", "336000000", "335500000", "336500000", "money", 2024)],
        ),
        ("with 96% of transactions being processed", [("96%", "96", "95.5", "96.5", "percent", None)]),
        ("won all seven seats", [("seven seats", "7", "7", "7", "seats", None)]),
        ("consists of 21 members", [("21 members", "21", "21", "21", "members", None)]),
        ("outlined six key issues", [("six key issues", "6", "6", "6", "issues", None)]),
    ],
)
def test_a_figure_of_the_report_is_read(quote: str, expected: list[Row]) -> None:
    found = [each for each in read(quote) if each.unit != "year"]
    assert [(each.text, *value_and_ends(each), each.unit, each.year) for each in found] == expected


def test_only_the_public_relations_figure_names_a_fiscal_year_and_leaves_its_currency_out() -> None:
    found = read("set aside 336 million for public relations in the 2024 fiscal year")[0]
    assert (found.currency, found.currency_written, found.fiscal) == ("THB", False, True)


def test_the_hedge_of_the_report_is_kept() -> None:
    assert read("application reportedly cost 276 million baht")[0].hedge == "reportedly"
