"""What a clock is computed from: one delivered request, as a public status keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from claims.vocabulary import RequestState

from .calendar import Calendar, CalendarRow, Text

# An acknowledgement, also one that promises to clarify, is no answer.
STOPPING = frozenset({RequestState.ANSWERED, RequestState.PARTLY_ANSWERED, RequestState.DECLINED})


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, both ends included; without an end, from the first day on."""

    first: date
    last: date | None
    reason: Text

    def covers(self, day: date) -> bool:
        """Whether a day lies in the pause."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Extension:
    """Working days that we added, with the reason."""

    days: int
    given_on: date
    reason: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was delivered to an office, and all that its deadline depends on.

    `answered_on` is None while nothing came that stops the clock, or when the day of the answer is not known.
    """

    id: str
    office: Text
    delivered_on: date
    working_days: int
    pauses: Sequence[Pause] = ()
    extensions: Sequence[Extension] = ()
    state: RequestState = RequestState.AWAITING
    answered_on: date | None = None
    rows: Sequence[CalendarRow] = ()

    @property
    def calendar(self) -> Calendar:
        """The calendar that the request is counted by."""
        return Calendar(self.rows)

    @property
    def is_stopped(self) -> bool:
        """Whether an answer, a part of one, or a refusal to answer came."""
        return self.state in STOPPING

    @property
    def allowed(self) -> int:
        """How many working days the office has, extensions included."""
        return self.working_days + sum(extension.days for extension in self.extensions)

    def pause_on(self, day: date) -> Pause | None:
        """The pause that covers a day."""
        return next((pause for pause in self.pauses if pause.covers(day)), None)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            id=stored["id"],
            office=stored["office"],
            delivered_on=date.fromisoformat(stored["delivered_on"]),
            working_days=stored["working_days"],
            pauses=[
                Pause(date.fromisoformat(item["first"]), _day(item["last"]), item["reason"])
                for item in stored["pauses"]
            ],
            extensions=[
                Extension(item["days"], date.fromisoformat(item["given_on"]), item["reason"])
                for item in stored["extensions"]
            ],
            state=RequestState(stored["state"]),
            answered_on=_day(stored["answered_on"]),
            rows=[CalendarRow.from_json(item) for item in stored["calendar"]],
        )

    def to_json(self) -> dict[str, Any]:
        """The request as a public status keeps it: `{"id", "office", "delivered_on", …}`, days as YYYY-MM-DD."""
        return {
            "id": self.id,
            "office": dict(self.office),
            "delivered_on": self.delivered_on.isoformat(),
            "working_days": self.working_days,
            "pauses": [
                {"first": item.first.isoformat(), "last": _text(item.last), "reason": dict(item.reason)}
                for item in self.pauses
            ],
            "extensions": [
                {"days": item.days, "given_on": item.given_on.isoformat(), "reason": dict(item.reason)}
                for item in self.extensions
            ],
            "state": self.state.value,
            "answered_on": _text(self.answered_on),
            "calendar": [row.to_json() for row in self.rows],
        }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
