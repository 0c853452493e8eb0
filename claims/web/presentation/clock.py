"""The clocks of our requests in words: one sentence an office, and the days behind it. Sentences name the office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, ngettext

from budgets.quantities.formatting import Lang
from claims.clock.asked import Asked
from claims.clock.calendar import CalendarRow
from claims.clock.counting import Reading, read_clock
from claims.clock.explaining import DayLine, Explanation, explain
from claims.clock.words import ClockState, DayKind
from claims.vocabulary import RequestState

from .dates import When, day, year_text
from .words import Doc, label, plain, say


@dataclass(frozen=True, slots=True)
class DayView:
    """A row of the count; `number` is 0 for a day that does not count."""

    when: When
    weekday: str
    kind: str
    kind_label: str
    number: int
    note: str
    is_due: bool
    ahead: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A pause or an extension, with its public reason."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """One request: the sentence, what it was given, and a window of its days; `before` and `after` are dates or ""."""

    id: str
    office: str
    state: str
    state_label: str
    reply_label: str
    sentence: str
    delivered: When
    allowed: int
    due: When | None
    changes: tuple[Change, ...]
    days: tuple[DayView, ...]
    days_before: int
    days_after: int
    before: str
    after: str
    rests_on: str
    rows: tuple[Change, ...]
    unknown: str


def requests_of(stored: Iterable[Doc]) -> list[Asked]:
    """The requests that a public status keeps, newest first."""
    return [Asked.from_json(item) for item in stored]


def clock_sentences(stored: Iterable[Doc], today: date, lang: Lang) -> list[str]:
    """How each of our requests stands, one sentence an office."""
    return [sentence(asked, read_clock(asked, today), today, lang) for asked in requests_of(stored)]


def clock_view(asked: Asked, today: date, start: date | None, lang: Lang) -> ClockView:
    """One request with the days from `start` on."""
    reading, explained = read_clock(asked, today), explain(asked, today, start=start)
    return ClockView(
        id=asked.id,
        office=say(asked.office, lang),
        state=reading.state.value,
        state_label=label(ClockState, reading.state, lang),
        reply_label=label(RequestState, asked.state, lang) if asked.state != RequestState.AWAITING else "",
        sentence=sentence(asked, reading, today, lang),
        delivered=_when(asked.delivered_on, lang),
        allowed=reading.allowed,
        due=_when(reading.due_on, lang) if reading.due_on else None,
        changes=_changes(asked, lang),
        days=tuple(_day_view(line, lang) for line in explained.lines),
        days_before=explained.days_before,
        days_after=explained.days_after,
        before=_iso(explained.before_from),
        after=_iso(explained.after_from),
        rests_on=reading.version.package,
        rows=tuple(_row(row, lang) for row in asked.rows if _inside(row, explained)),
        unknown=_unknown(reading.unknown_years, lang),
    )


def sentence(asked: Asked, reading: Reading, today: date, lang: Lang) -> str:
    """How one request stands today."""
    words = {
        "office": plain(asked.office, lang),
        "due": day(reading.due_on, lang) if reading.due_on else "",
        "number": reading.number or 0,
        "allowed": reading.allowed,
    }
    if reading.state is ClockState.STOPPED:
        return _stopped(asked, reading, words, lang)
    if reading.state in (ClockState.OVERDUE, ClockState.LONG_OVERDUE):
        return _overdue(reading, words)
    if reading.state is ClockState.PAUSED:
        return _paused(asked, reading, words, today, lang)
    if reading.state is ClockState.DUE_TODAY:
        return gettext("Our deadline for %(office)s is today, %(due)s.") % words
    if reading.due_on is None:  # a pause without an end lies ahead
        text = gettext("%(office)s: %(number)s of %(allowed)s working days are counted; the deadline is open.")
        return text % words
    text = ngettext(
        "%(office)s has %(left)s working day left: our deadline is %(due)s.",
        "%(office)s has %(left)s working days left: our deadline is %(due)s.",
        reading.left,
    )
    return text % {**words, "left": reading.left}


def _overdue(reading: Reading, words: dict[str, object]) -> str:
    text = gettext("No reply from %(office)s by our deadline, %(due)s.") % words
    if not reading.over:
        return text
    since = ngettext("%(over)s working day has passed since.", "%(over)s working days have passed since.", reading.over)
    return f"{text} {since % {'over': reading.over}}"


def _paused(asked: Asked, reading: Reading, words: dict[str, object], today: date, lang: Lang) -> str:
    pause = asked.pause_on(today)
    text = gettext("The count for %(office)s is paused; %(number)s of %(allowed)s working days are counted.") % words
    if reading.due_on is None or pause is None or pause.last is None:
        goes_on = gettext("The deadline is open until it goes on.")
        return f"{text} {goes_on}"
    goes_on = gettext("It goes on after %(last)s: our deadline is %(due)s.")
    return f"{text} {goes_on % {**words, 'last': day(pause.last, lang)}}"


def _stopped(asked: Asked, reading: Reading, words: dict[str, object], lang: Lang) -> str:
    words = {**words, "reply": label(RequestState, asked.state, lang)}
    if reading.stopped_on is None:
        return gettext("The count for %(office)s has ended: “%(reply)s”.") % words
    words["on"] = day(reading.stopped_on, lang)
    if not reading.over:
        text = gettext("The count for %(office)s ended on %(on)s, working day %(number)s of %(allowed)s: “%(reply)s”.")
        return text % words
    text = ngettext(
        "The count for %(office)s ended on %(on)s, %(over)s working day after our deadline: “%(reply)s”.",
        "The count for %(office)s ended on %(on)s, %(over)s working days after our deadline: “%(reply)s”.",
        reading.over,
    )
    return text % {**words, "over": reading.over}


def _changes(asked: Asked, lang: Lang) -> tuple[Change, ...]:
    pauses = [Change(_pause(item.first, item.last, lang), say(item.reason, lang)) for item in asked.pauses]
    more = [
        Change(
            ngettext("%(days)s working day more, given on %(on)s", "%(days)s working days more, given on %(on)s", n)
            % {"days": n, "on": day(item.given_on, lang)},
            say(item.reason, lang),
        )
        for item in asked.extensions
        for n in (item.days,)
    ]
    return (*pauses, *more)


def _pause(first: date, last: date | None, lang: Lang) -> str:
    if last is None:
        return gettext("Paused from %(first)s on") % {"first": day(first, lang)}
    if first == last:
        return gettext("Paused on %(first)s") % {"first": day(first, lang)}
    return gettext("Paused from %(first)s to %(last)s") % {"first": day(first, lang), "last": day(last, lang)}


def _day_view(line: DayLine, lang: Lang) -> DayView:
    return DayView(
        when=When(day(line.day, lang, short=True), line.day.isoformat()),
        weekday=str(WEEKDAYS[line.day.weekday()]),
        kind=line.kind.value,
        kind_label=label(DayKind, line.kind, lang),
        number=line.number or 0,
        note=_note(line, lang),
        is_due=line.is_due,
        ahead=line.ahead,
    )


def _note(line: DayLine, lang: Lang) -> str:
    name = plain(line.name, lang)
    if line.withdrawn and line.kind in (DayKind.COUNTED, DayKind.PAUSED):
        return gettext("%(name)s is a working day") % {"name": name} if line.kind is DayKind.COUNTED else name
    if line.announced_on and line.kind is DayKind.HOLIDAY:
        return gettext("%(name)s, announced on %(on)s") % {"name": name, "on": day(line.announced_on, lang)}
    return name


def _row(row: CalendarRow, lang: Lang) -> Change:
    words = {"day": day(row.day, lang), "name": plain(row.name, lang), "on": day(row.announced_on, lang)}
    text = gettext("%(day)s, %(name)s: a holiday, announced on %(on)s")
    if not row.is_holiday:
        text = gettext("%(day)s, %(name)s: no holiday, announced on %(on)s")
    return Change(text % words, row.source)


def _inside(row: CalendarRow, explained: Explanation) -> bool:
    """Whether a late announcement falls into the count, as far as it goes today."""
    return explained.first < row.day <= explained.last


def _unknown(years: Sequence[int], lang: Lang) -> str:
    if not years:
        return ""
    listed = ", ".join(year_text(year, lang) for year in years)
    return gettext("The holidays of %(years)s are not known here: only weekends are left out.") % {"years": listed}


def _when(value: date, lang: Lang) -> When:
    return When(day(value, lang), value.isoformat())


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""
