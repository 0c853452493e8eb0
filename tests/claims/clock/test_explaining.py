"""Every day of the count says what it is and why."""

from datetime import date, timedelta

from claims.clock.explaining import WINDOW_DAYS, explain
from claims.clock.words import DayKind
from claims.vocabulary import RequestState

from .requests import WHY, asked, pause, row

FRIDAY = date(2026, 4, 10)


def test_each_day_is_named() -> None:
    request = asked(
        FRIDAY,
        3,
        pauses=[pause(date(2026, 4, 17), date(2026, 4, 17))],
        rows=[row(date(2026, 4, 16)), row(date(2026, 4, 15), is_holiday=False)],
    )
    found = explain(request, date(2026, 4, 15))
    kinds = [(line.day.day, line.kind, line.number, line.name and line.name["en"]) for line in found.lines]
    assert kinds == [
        (10, DayKind.DAY_ZERO, None, None),
        (11, DayKind.WEEKEND, None, None),
        (12, DayKind.WEEKEND, None, None),
        (13, DayKind.HOLIDAY, None, "Songkran Festival"),
        (14, DayKind.HOLIDAY, None, "Songkran Festival"),
        (15, DayKind.COUNTED, 1, "A special holiday"),
        (16, DayKind.HOLIDAY, None, "A special holiday"),
        (17, DayKind.PAUSED, None, WHY["en"]),
        (18, DayKind.WEEKEND, None, None),
        (19, DayKind.WEEKEND, None, None),
        (20, DayKind.COUNTED, 2, None),
        (21, DayKind.COUNTED, 3, None),
    ]
    by_day = {line.day.day: line for line in found.lines}
    assert (by_day[15].withdrawn, by_day[16].withdrawn, by_day[13].announced_on) == (True, False, None)
    assert by_day[16].announced_on == date(2026, 3, 3)
    assert [line.day.day for line in found.lines if line.is_due] == [21]
    assert [line.day.day for line in found.lines if line.ahead] == [16, 17, 18, 19, 20, 21]


def test_the_explanation_goes_on_after_the_deadline_until_today() -> None:
    found = explain(asked(FRIDAY, 1), date(2026, 4, 20))
    assert found.last == date(2026, 4, 20)
    assert [line.day.day for line in found.lines if line.over] == [17, 18, 19, 20]


def test_the_explanation_ends_with_the_answer() -> None:
    request = asked(FRIDAY, 15, state=RequestState.ANSWERED, answered_on=date(2026, 4, 17))
    assert explain(request, date(2027, 1, 1)).last == date(2026, 4, 17)


def test_an_open_pause_is_explained_until_today() -> None:
    found = explain(asked(FRIDAY, 15, pauses=[pause(date(2026, 4, 16))]), date(2026, 4, 21))
    assert [line.kind for line in found.lines][-2:] == [DayKind.PAUSED, DayKind.PAUSED]
    assert found.last == date(2026, 4, 21)


def test_a_request_from_years_ago_is_explained_window_by_window() -> None:
    request, today = asked(FRIDAY, 15), date(2030, 4, 10)
    first = explain(request, today)
    assert (len(first.lines), first.days_before, first.before_from) == (WINDOW_DAYS, 0, None)
    assert first.days_after == (today - FRIDAY).days + 1 - WINDOW_DAYS
    second = explain(request, today, start=first.after_from)
    assert second.lines[0].day == first.lines[-1].day + timedelta(days=1)
    assert (second.before_from, second.days_before) == (FRIDAY, WINDOW_DAYS)
    assert second.lines[0].over


def test_a_start_outside_the_count_shows_its_nearest_end() -> None:
    request, today = asked(FRIDAY, 3), date(2026, 4, 10)
    assert explain(request, today, start=date(1999, 1, 1)).lines[0].day == FRIDAY
    assert [line.is_due for line in explain(request, today, start=date(2399, 1, 1)).lines] == [True]


def test_days_of_years_that_are_not_known_say_so() -> None:
    found = explain(asked(date(2027, 12, 30), 3), date(2027, 12, 30))
    assert {line.day.year: line.is_known for line in found.lines} == {2027: True, 2028: False}
