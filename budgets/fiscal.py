"""Years as Thailand writes them: Buddhist era and fiscal years. Pure: values in, values out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

BUDDHIST_OFFSET = 543
THAI_FISCAL_START_MONTH = 10


def buddhist_year(year: int) -> int:
    """The Buddhist-era number of a Gregorian year: 2025 is B.E. 2568."""
    return year + BUDDHIST_OFFSET


def gregorian_year(buddhist: int) -> int:
    """The Gregorian number of a Buddhist-era year: B.E. 2568 is 2025."""
    return buddhist - BUDDHIST_OFFSET


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A budget year, named after the Gregorian year in which it ends; both days belong to it."""

    year: int
    start: date
    end: date

    @property
    def buddhist(self) -> int:
        """The Buddhist-era name of the year: fiscal year 2024 is B.E. 2567."""
        return buddhist_year(self.year)

    def contains(self, day: date) -> bool:
        """Whether a day falls within the year."""
        return self.start <= day <= self.end


def fiscal_year(year: int, start_month: int = THAI_FISCAL_START_MONTH) -> FiscalYear:
    """The fiscal year called `year`; Thailand's 2024 runs from 1 October 2023 to 30 September 2024.

    A year that starts in January has the calendar year's name and days. Raises ValueError for a month outside 1 to 12.
    """
    if not 1 <= start_month <= 12:
        raise ValueError(f"a fiscal year starts in a month from 1 to 12, not {start_month}")
    first = year if start_month == 1 else year - 1
    return FiscalYear(
        year,
        date(first, start_month, 1),
        date(first + 1, start_month, 1) - timedelta(days=1),
    )


def fiscal_year_of(day: date, start_month: int = THAI_FISCAL_START_MONTH) -> FiscalYear:
    """The fiscal year that a day belongs to; 1 October 2023 belongs to fiscal year 2024."""
    ends_later = start_month != 1 and day.month >= start_month
    return fiscal_year(day.year + 1 if ends_later else day.year, start_month)
