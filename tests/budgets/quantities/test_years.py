"""Years, and the years that amounts are of."""

import pytest

from budgets.intervals import Interval
from budgets.quantities.reading import read
from tests.budgets.quantities.shown import one, spans


@pytest.mark.parametrize(
    ("text", "span", "year", "calendar", "fiscal"),
    [
        ("in 2020", "2020", 2020, "CE", None),
        ("พ.ศ. 2567", "2567", 2024, "BE", None),
        ("ปี ๒๕๖๗", "๒๕๖๗", 2024, "BE", None),
        ("ปีงบประมาณ 2567", "2567", 2024, "BE", True),
        ("ปีงบประมาณ พ.ศ. 2565", "2565", 2022, "BE", True),
        ("FY2024", "2024", 2024, "CE", True),
        ("FY 2024", "2024", 2024, "CE", True),
        ("fiscal year 2024", "2024", 2024, "CE", True),
        ("the 2024 fiscal year", "2024", 2024, "CE", True),
        ("fiscal 2024", "2024", 2024, "CE", True),
        ("calendar year 2024", "2024", 2024, "CE", False),
        ("ปีปฏิทิน 2567", "2567", 2024, "BE", False),
        ("ค.ศ. 2024", "2024", 2024, "CE", None),
        ("B.E. 2567", "2567", 2024, "BE", None),
        ("รัฐประหาร 2557", "2557", 2014, "BE", None),
        ("17 กุมภาพันธ์ 2568", "2568", 2025, "BE", None),
        ("February 17, 2025", "2025", 2025, "CE", None),
        ("17/02/2568", "2568", 2025, "BE", None),
        ("2025-02-18", "2025", 2025, "CE", None),
        ("21 ม.ค.2561", "2561", 2018, "BE", None),
        ("ก.พ. 68", "68", 2025, "BE", None),
        ("ในปี 64", "64", 2021, "BE", None),
        ("ไตรมาส 3/2567", "2567", 2024, "BE", None),
        ("mid-2023", "2023", 2023, "CE", None),
        ("their 2010 bonuses", "2010", 2010, "CE", None),
    ],
)
def test_a_year_is_its_digits_with_era_and_kind(
    text: str, span: str, year: int, calendar: str, fiscal: bool | None
) -> None:
    found = one(text)
    assert (found.text, found.unit, found.year, found.calendar, found.fiscal) == (span, "year", year, calendar, fiscal)
    assert found.value == year
    assert found.interval.is_point


@pytest.mark.parametrize(
    ("text", "span", "ends", "fiscal"),
    [
        ("FY16-17", "16-17", (2016, 2017), True),
        ("2567/68", "2567/68", (2024, 2025), None),
        ("the 2023/24 fiscal year", "2023/24", (2023, 2024), True),
        ("ในช่วงปี 2558 – 2562", "2558 – 2562", (2015, 2019), None),
        ("2020-2023", "2020-2023", (2020, 2023), None),
    ],
)
def test_a_span_of_years_is_one_quantity(text: str, span: str, ends: tuple[int, int], fiscal: bool | None) -> None:
    (found,) = read(text)
    assert (found.text, found.value, found.fiscal) == (span, None, fiscal)
    assert found.interval == Interval.between(*ends, high_closed=True)


def test_years_joined_by_words_are_two() -> None:
    assert [each.text for each in read("The plan ran from 2018 to 2023")] == ["2018", "2023"]


@pytest.mark.parametrize(
    "text",
    [
        "2,000", "ครั้งที่ 27/2566", "เลขที่ 5/2567", "the 1990s", "สายด่วน 2020", "โคโรนา 2019", "workpermit2024.doe.go.th",
        "02-956-2566", "SSO-2024-118", "ID2020", "A2020",
    ],
)  # fmt: skip
def test_four_digits_of_something_else_are_no_year(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("965 million baht in 2020", [("965 million baht", 2020, None)]),
        ("ในปี 2567 จำนวน 276 ล้านบาท", [("276 ล้านบาท", 2024, None)]),
        ("336 million for public relations in the 2024 fiscal year", [("336 million", 2024, True)]),
        ("the 550 million baht spent in 2023 on app development", [("550 million baht", 2023, None)]),
        ("In 2020, spending was 4 billion baht.", [("4 billion baht", 2020, None)]),
        ("The calendar year 2021 saw 17.5 million in penalties", [("17.5 million", 2021, False)]),
        (
            "965 ล้านบาทในปี 2563 และ 2,000 ล้านบาทในปีงบประมาณ 2567",
            [("965 ล้านบาท", 2020, None), ("2,000 ล้านบาท", 2024, True)],
        ),
        ("ปี 2563 มี 5 คน ปี 2564 มี 6 คน", [("5 คน", 2020, None), ("6 คน", 2021, None)]),
        ("ในปี 2563 มีประชากร 796 คน วัยทำงาน 648 คน", [("796 คน", 2020, None), ("648 คน", 2020, None)]),
        ("It won 7 seats. In 2020 it lost.", [("7 seats", None, None)]),
        ("From 2003 to 2006, it made $211 million.", [("$211 million", None, None)]),
        ("over the past four years, from 2020", [("four years", None, None)]),
    ],
)
def test_an_amount_is_of_the_year_that_its_clause_gives(
    text: str, expected: list[tuple[str, int | None, bool | None]]
) -> None:
    assert [(each.text, each.year, each.fiscal) for each in read(text) if each.unit != "year"] == expected
