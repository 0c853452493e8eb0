"""The count of one request, by examples that can be checked on a wall calendar."""

from datetime import date

import pytest

from claims.clock.asked import Asked
from claims.clock.counting import due_day, read_clock
from claims.clock.words import ClockState
from claims.vocabulary import RequestState

from .requests import asked, extension, pause, row

MONDAY = date(2026, 3, 9)
FRIDAY = date(2026, 3, 13)


def due(request: Asked) -> date | None:
    return due_day(request, request.calendar)


def test_the_day_of_delivery_is_day_zero() -> None:
    request = asked(MONDAY, 5)
    assert due(request) == date(2026, 3, 16)
    reading = read_clock(request, MONDAY)
    assert (reading.number, reading.left, reading.state) == (0, 5, ClockState.RUNNING)
    assert read_clock(request, date(2026, 3, 10)).number == 1


def test_a_request_delivered_at_the_weekend_counts_from_the_next_working_day() -> None:
    assert due(asked(date(2026, 3, 14), 1)) == date(2026, 3, 16)


def test_holidays_and_the_days_in_lieu_of_them_do_not_count() -> None:
    # Songkran 2026: Monday to Wednesday.
    assert due(asked(date(2026, 4, 10), 2)) == date(2026, 4, 17)
    # 5 December 2026 is a Saturday; Monday the 7th stands in its place.
    assert due(asked(date(2026, 12, 4), 1)) == date(2026, 12, 8)


def test_the_count_crosses_the_new_year() -> None:
    # 31 December and 1 January are holidays; the weekend follows.
    assert due(asked(date(2026, 12, 29), 2)) == date(2027, 1, 4)


def test_a_late_holiday_moves_the_deadline_and_a_withdrawn_one_brings_it_back() -> None:
    assert due(asked(MONDAY, 4)) == FRIDAY
    assert due(asked(MONDAY, 4, rows=[row(date(2026, 3, 11))])) == date(2026, 3, 16)
    assert due(asked(date(2026, 4, 10), 2, rows=[row(date(2026, 4, 14), is_holiday=False)])) == date(2026, 4, 16)


def test_both_ends_of_a_pause_do_not_count() -> None:
    assert due(asked(MONDAY, 4, pauses=[pause(date(2026, 3, 10), date(2026, 3, 11))])) == date(2026, 3, 17)


def test_overlapping_pauses_count_once() -> None:
    pauses = [pause(date(2026, 3, 10), date(2026, 3, 11)), pause(date(2026, 3, 11), date(2026, 3, 12))]
    assert due(asked(MONDAY, 4, pauses=pauses)) == date(2026, 3, 18)


def test_extensions_add_working_days() -> None:
    request = asked(MONDAY, 4, extensions=[extension(1), extension(2)])
    assert (request.allowed, due(request)) == (7, date(2026, 3, 18))


def test_an_open_pause_leaves_the_deadline_open() -> None:
    request = asked(MONDAY, 4, pauses=[pause(date(2026, 3, 11))])
    reading = read_clock(request, date(2026, 5, 11))
    assert (reading.due_on, reading.state, reading.number, reading.left) == (None, ClockState.PAUSED, 1, 3)


def test_an_open_pause_that_begins_after_the_deadline_does_not_undo_it() -> None:
    request = asked(MONDAY, 1, pauses=[pause(date(2026, 3, 12))])
    reading = read_clock(request, FRIDAY)
    assert (reading.due_on, reading.state, reading.over) == (date(2026, 3, 10), ClockState.OVERDUE, 1)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 3, 12), ClockState.RUNNING),
        (date(2026, 3, 13), ClockState.DUE_TODAY),
        (date(2026, 3, 14), ClockState.OVERDUE),  # a Saturday, past the deadline all the same
        (date(2026, 3, 19), ClockState.OVERDUE),  # four working days over: as many as it had
        (date(2026, 3, 20), ClockState.LONG_OVERDUE),  # more than as many again
    ],
)
def test_the_state_follows_the_deadline(today: date, state: ClockState) -> None:
    assert read_clock(asked(MONDAY, 4), today).state is state


@pytest.mark.parametrize("state", [RequestState.AWAITING, RequestState.ACKNOWLEDGED])
def test_an_acknowledgement_does_not_stop_it(state: RequestState) -> None:
    reading = read_clock(asked(MONDAY, 4, state=state, answered_on=date(2026, 3, 10)), date(2026, 3, 16))
    assert (reading.state, reading.over, reading.stopped_on) == (ClockState.OVERDUE, 1, None)


@pytest.mark.parametrize("state", [RequestState.ANSWERED, RequestState.PARTLY_ANSWERED, RequestState.DECLINED])
def test_an_answer_a_part_of_one_and_a_refusal_stop_it(state: RequestState) -> None:
    request = asked(MONDAY, 4, state=state, answered_on=date(2026, 3, 11))
    for today in (date(2026, 3, 11), date(2027, 3, 11)):
        reading = read_clock(request, today)
        assert (reading.state, reading.number, reading.left) == (ClockState.STOPPED, 2, 2)
        assert (reading.due_on, reading.stopped_on) == (FRIDAY, date(2026, 3, 11))


def test_an_answer_after_the_deadline_says_by_how_many_working_days() -> None:
    request = asked(MONDAY, 4, state=RequestState.ANSWERED, answered_on=date(2026, 3, 17))
    assert read_clock(request, date(2026, 9, 1)).over == 2


def test_an_answer_whose_day_is_not_known_has_no_number() -> None:
    reading = read_clock(asked(MONDAY, 4, state=RequestState.ANSWERED), date(2026, 9, 1))
    assert (reading.state, reading.number, reading.over) == (ClockState.STOPPED, None, 0)


def test_years_without_known_holidays_are_named() -> None:
    assert read_clock(asked(MONDAY, 4), date(2026, 3, 10)).unknown_years == ()
    assert read_clock(asked(date(2027, 12, 20), 15), date(2027, 12, 21)).unknown_years == (2028,)
    assert read_clock(asked(date(2019, 12, 30), 5), date(2020, 1, 2)).unknown_years == (2019,)


def test_a_request_is_kept_and_read_again() -> None:
    kept = asked(
        MONDAY,
        4,
        pauses=[pause(FRIDAY), pause(MONDAY, MONDAY)],
        extensions=[extension(3)],
        state=RequestState.PARTLY_ANSWERED,
        answered_on=FRIDAY,
        rows=[row(FRIDAY)],
    )
    assert Asked.from_json(kept.to_json()) == kept
