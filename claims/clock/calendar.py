"""Which days are working days in Thailand: a package's holidays, and our own rows over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Any, Self

import holidays

Text = Mapping[str, str]
"""One text in both languages: `{"en": …, "th": …}`."""

COUNTRY = "TH"
PACKAGE = f"holidays {version('holidays')}"
# Only for these years do we rely on the package: it holds what the cabinet announced up to the last but one, and the
# last follows from fixed and lunar dates. Elsewhere weekends alone are left out, and the reading says so.
KNOWN_YEARS = range(2020, 2028)
# A day on which government offices or the country at large is closed; of two readings, the one that gives more time.
_CATEGORIES = ("public", "government")
_LANGUAGES = {"en": "en_US", "th": "th"}
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One day that was announced to be a holiday after all, or no holiday after all; it wins over the package."""

    day: date
    is_holiday: bool
    name: Text
    announced_on: date
    source: str = ""

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        day, announced = (date.fromisoformat(stored[key]) for key in ("day", "announced_on"))
        return cls(day, stored["is_holiday"], stored["name"], announced, stored["source"])

    def to_json(self) -> dict[str, Any]:
        """The row as a public status keeps it."""
        return {
            "day": self.day.isoformat(),
            "is_holiday": self.is_holiday,
            "name": dict(self.name),
            "announced_on": self.announced_on.isoformat(),
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Version:
    """What a calendar rests on: the package, and how many rows of ours with the day of the newest announcement."""

    package: str
    rows: int
    announced_on: date | None


class Calendar:
    """Working days: Monday to Friday without holidays. A row never makes a Saturday or Sunday a working day."""

    def __init__(self, rows: Iterable[CalendarRow] = ()) -> None:
        """Keep the rows, one per day; of several for one day the last given wins."""
        self._rows = {row.day: row for row in rows}

    @property
    def version(self) -> Version:
        """What the count rests on."""
        announced = max((row.announced_on for row in self._rows.values()), default=None)
        return Version(PACKAGE, len(self._rows), announced)

    def is_weekend(self, day: date) -> bool:
        """Whether a day is a Saturday or Sunday."""
        return day.weekday() >= _SATURDAY

    def row(self, day: date) -> CalendarRow | None:
        """Our own row for a day."""
        return self._rows.get(day)

    def holiday(self, day: date) -> Text | None:
        """The name of the holiday on a day, weekend or not; None when it is none, or is not known to be one."""
        if row := self._rows.get(day):
            return row.name if row.is_holiday else None
        return _packaged(day.year).get(day) if is_known(day.year) else None

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open."""
        return not self.is_weekend(day) and self.holiday(day) is None


def is_known(year: int) -> bool:
    """Whether holidays of a year are known; else only weekends and our own rows are left out."""
    return year in KNOWN_YEARS


@cache
def _packaged(year: int) -> dict[date, Text]:
    by_language = {
        lang: holidays.country_holidays(COUNTRY, years=year, language=code, categories=_CATEGORIES)
        for lang, code in _LANGUAGES.items()
    }
    return {day: {lang: ", ".join(by_language[lang].get_list(day)) for lang in _LANGUAGES} for day in by_language["en"]}
