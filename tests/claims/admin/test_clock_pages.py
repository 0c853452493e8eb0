"""Pauses, extensions and late holidays are written on pages of their own, each through one verb, and stay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budgets.admin.base import VerbAdmin
from claims.admin.clock import ExtensionInline, PauseInline, ShowsClock
from claims.models.asking import ClockExtension, ClockPause
from claims.models.calendar import CalendarDay
from claims.models.response import ResponseRequest
from claims.responses import note_reply
from claims.vocabulary import RequestState
from tests.claims.admin.pages import shown, signed_in
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim
from tests.factories.nouns import JurisdictionFactory
from tests.factories.requests import announce, ask, extend, pause

REASONS = {"reason_en": "The office was flooded.", "reason_th": "สำนักงานถูกน้ำท่วม"}


@pytest.fixture
def who(admin_user: User) -> Client:
    """Somebody who may do everything; which role may do what is one table, and tested in test_access.py."""
    return signed_in(admin_user)


@pytest.fixture
def asked(cast: Cast) -> ResponseRequest:
    return ask(draft_claim(by=cast.contributor), by=cast.reviewer)


def test_a_pause_is_begun_and_ended_and_then_stays(who: Client, admin_user: User, asked: ResponseRequest) -> None:
    add = reverse("admin:claims_clockpause_add")
    form = shown(who.get(f"{add}?request={asked.pk}"), "clockpause_form")
    assert form["request"] == str(asked.pk)
    assert who.post(add, form | REASONS | {"from_on": "2026-03-04"}).status_code == 302
    kept = ClockPause.objects.get()
    assert (kept.from_on, kept.until_on, kept.by) == (date(2026, 3, 4), None, admin_user)
    url = reverse("admin:claims_clockpause_change", args=[kept.pk])
    form = shown(who.get(url), "clockpause_form")
    assert "reason_en" not in form
    forged = form | {"until_on": "2026-03-06", "reason_en": "Another reason.", "from_on": "2026-03-02"}
    assert who.post(url, forged).status_code == 302
    kept.refresh_from_db()
    assert (kept.from_on, kept.until_on, kept.reason_en) == (
        *(date(2026, 3, 4), date(2026, 3, 6), REASONS["reason_en"]),
    )
    assert who.post(url, {"until_on": "2026-04-06"}).status_code == 403


def test_a_refused_pause_says_why_and_keeps_what_was_typed(who: Client, asked: ResponseRequest) -> None:
    page = who.post(reverse("admin:claims_clockpause_add"), {"request": asked.pk, "from_on": "2026-03-01", **REASONS})
    assert page.status_code == 200
    assert "a pause cannot begin before" in page.content.decode()
    assert REASONS["reason_th"] in page.content.decode()
    assert not ClockPause.objects.exists()


def test_an_extension_is_given_once_and_never_changed(who: Client, asked: ResponseRequest) -> None:
    add = reverse("admin:claims_clockextension_add")
    assert who.post(add, {"request": asked.pk, "working_days": 5, **REASONS}).status_code == 302
    kept = ClockExtension.objects.get()
    assert (kept.working_days, kept.granted_on) == (5, (timezone.now() + timedelta(hours=7)).date())
    url = reverse("admin:claims_clockextension_change", args=[kept.pk])
    assert who.get(url).status_code == 200
    assert who.post(url, {"working_days": 9}).status_code == 403
    assert who.post(add, {"request": asked.pk, "working_days": 5, "reason_en": "Why"}).status_code == 200
    assert ClockExtension.objects.count() == 1


def test_a_late_holiday_is_recorded_and_put_right_by_another_row(who: Client, cast: Cast) -> None:
    thailand = JurisdictionFactory.create()
    add = reverse("admin:claims_calendarday_add")
    form: dict[str, Any] = shown(who.get(add), "calendarday_form")
    assert form["jurisdiction"] == str(thailand.pk)
    named = {"name_en": "A special holiday", "name_th": "วันหยุดพิเศษ", "where": "Gazette 143"}
    announced = {"day": "2026-03-09", "announced_on": "2026-03-03"}
    assert who.post(add, form | named | announced).status_code == 302
    first = CalendarDay.objects.get()
    assert first.is_holiday
    url = reverse("admin:claims_calendarday_change", args=[first.pk])
    assert who.post(url, form | named | announced | {"is_holiday": ""}).status_code == 403
    announce(date(2026, 3, 9), by=cast.editor, is_holiday=False)
    found = who.get(reverse("admin:claims_calendarday_changelist")).context["cl"].result_list
    assert [(row.is_holiday, row.stands) for row in found] == [(False, True), (True, False)]


def test_a_buddhist_era_year_is_refused_with_the_year_that_was_meant(who: Client, asked: ResponseRequest) -> None:
    page = who.post(reverse("admin:claims_clockpause_add"), {"request": asked.pk, "from_on": "2569-03-04", **REASONS})
    assert "write 2026" in page.content.decode()


class RequestPage(ShowsClock, VerbAdmin):
    """The page of a request, as far as the clock goes."""


def test_the_page_of_a_request_shows_its_clock_with_the_next_steps(
    cast: Cast, rf: RequestFactory, asked: ResponseRequest
) -> None:
    page = RequestPage(ResponseRequest, admin.site)
    assert list(page.get_inlines(rf.get("/"))) == []
    assert page.get_inlines(rf.get("/"), asked) == [PauseInline, ExtensionInline]
    words = page.clock(asked)
    assert "due on 2026-03-12" in words
    assert f'/admin/claims/clockpause/add/?request={asked.pk}">Pause' in words
    standing = pause(asked, date(2026, 3, 5), by=cast.editor)
    extend(asked, 5, by=cast.editor)
    words = page.clock(asked)
    assert "no deadline while it is paused, working day 1 of 12" in words
    assert f'/admin/claims/clockpause/{standing.pk}/change/">Let it go on' in words
    note_reply(request=asked, state=RequestState.ANSWERED, answered_on=date(2026, 3, 5), by=cast.editor, now=NOW)
    assert "<a" not in page.clock(asked)


@pytest.mark.parametrize("noun", ["clockpause", "clockextension", "calendarday"])
def test_a_list_costs_the_same_with_more_rows(noun: str, who: Client, cast: Cast) -> None:
    def costs() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = who.get(reverse(f"admin:claims_{noun}_changelist"))
        assert answer.status_code == 200
        return len(queries)

    def more(number: int) -> None:
        request = ask(draft_claim(by=cast.contributor), by=cast.reviewer)
        pause(request, date(2026, 3, 5), by=cast.editor)
        extend(request, 5, by=cast.editor)
        announce(date(2026, 3, number), by=cast.editor)

    more(9)
    costs()  # what is read once for a process
    few = costs()
    for number in (10, 11, 12):
        more(number)
    assert costs() == few
