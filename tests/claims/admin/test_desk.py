"""The first page is a worklist: what waits for whom, how much and since when, in few queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from claims.admin.desk import Queue
from claims.flags import open_flag
from claims.models.flag import Flag
from claims.models.incident import HostIncident
from claims.models.source import Source
from claims.review.verbs import approve, submit
from claims.vocabulary import FlagCode, Outcome, SourceHealth
from config.admin_site import SECTIONS
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.claims.admin.world import fill
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, make_source, open_review


def queues(browser: As, role: str) -> dict[str, Queue]:
    return {queue.title: queue for queue in browser(role).get("/admin/").context["queues"]}


def failing_host() -> HostIncident:
    return HostIncident.objects.create(
        host="news.example.org", outcome=Outcome.DNS_ERROR, failing=6, watched=9, opened_at=NOW, last_seen_at=NOW
    )


def test_each_role_finds_its_own_work(cast: Cast, browser: As) -> None:
    mine, waiting, ready = (draft_claim(by=cast.contributor) for _ in range(3))
    submit(review=open_review(waiting), by=cast.contributor, now=NOW)
    approve(review=submit(review=open_review(ready), by=cast.contributor, now=NOW), by=cast.reviewer, now=NOW)
    counts = {
        role: {title: queue.count for title, queue in queues(browser, role).items()}
        for role in ("contributor", "reviewer", "editor", "auditor", "operations")
    }
    nothing = {"Quotes to look at": 0, "Other open flags": 0, "Hosts that fail": 0, "Sources in trouble": 0}
    assert counts == {
        "contributor": {"My drafts": 1} | nothing,
        "reviewer": {"My drafts": 0, "Awaiting my review": 1} | nothing,
        "editor": {"My drafts": 0, "Awaiting my review": 1, "Approved, to publish": 1} | nothing,
        "auditor": nothing,
        "operations": nothing,
    }
    assert [line.text for line in queues(browser, "contributor")["My drafts"].lines] == [mine.heading_en]


def test_what_one_wrote_does_not_wait_for_ones_own_review(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.reviewer)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    assert queues(browser, "reviewer")["Awaiting my review"].count == 0
    assert queues(browser, "editor")["Awaiting my review"].count == 1


def test_the_oldest_comes_first_and_all_are_counted(cast: Cast, browser: As) -> None:
    for days in range(8):
        draft_claim(by=cast.contributor, now=NOW - timedelta(days=days))
    queue = queues(browser, "contributor")["My drafts"]
    assert (queue.count, len(queue.lines), queue.oldest) == (8, 5, NOW - timedelta(days=7))
    page = browser("contributor").get(queue.url)
    assert page.context["cl"].result_count == 8


def test_flags_and_sources_in_trouble_stand_on_the_desk(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    open_flag(code=FlagCode.QUOTE_LOST, now=NOW, claim=claim, citation=claim.citations.get())
    open_flag(code=FlagCode.FINDING_CHANGED, now=NOW, claim=claim)
    open_flag(code=FlagCode.HOST_INCIDENT, now=NOW, incident=failing_host())
    Source.objects.update(health=SourceHealth.BROKEN, failing_since=NOW - timedelta(days=2), last_outcome="dns_error")
    found = queues(browser, "operations")
    assert [line.note for line in found["Quotes to look at"].lines] == ["A cited quote is no longer found"]
    assert [line.note for line in found["Other open flags"].lines] == ["Figures that it rests on changed"]
    assert [line.text for line in found["Hosts that fail"].lines] == ["news.example.org"]
    assert found["Hosts that fail"].lines[0].note == "Site address not found: 6 of 9"
    others = browser("operations").get(found["Other open flags"].url)
    assert [flag.code for flag in others.context["cl"].result_list] == ["finding_changed"]
    assert browser("operations").get(found["Quotes to look at"].url).context["page"].paginator.count == 1
    assert (found["Sources in trouble"].oldest, found["Sources in trouble"].lines[0].note) == (
        NOW - timedelta(days=2),
        "Site address not found",
    )


def test_a_source_that_nothing_cites_is_no_trouble_on_the_desk(cast: Cast, browser: As) -> None:
    make_source(by=cast.contributor)
    Source.objects.update(health=SourceHealth.BROKEN)
    assert queues(browser, "operations")["Sources in trouble"].count == 0
    who = browser("operations")
    found = [
        who.get(f"/admin/claims/source/?in_trouble={choice}").context["cl"].result_count for choice in ("yes", "any")
    ]
    assert found == [0, 1]


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "auditor", "operations"])
def test_the_desk_costs_fourteen_queries_at_most_and_no_more_with_more_work(role: str, cast: Cast, browser: As) -> None:
    costs = []
    for start in (0, 3):
        fill(cast, 2, start=start)
        draft_claim(by=cast.contributor)
        submit(review=open_review(draft_claim(by=cast.contributor)), by=cast.contributor, now=NOW)
        browser(role).get("/admin/")
        with CaptureQueriesContext(connection) as found:
            assert browser(role).get("/admin/").status_code == 200
        costs.append(len(found))
    assert costs[0] == costs[1] <= 14


def test_the_menu_follows_the_work_of_the_role(cast: Cast, browser: As) -> None:
    menus = {
        role: [app["app_label"] for app in browser(role).get("/admin/").context["app_list"]]
        for role in ("contributor", "auditor", "operations")
    }
    assert menus["contributor"] == list(SECTIONS)
    assert menus["auditor"][:2] == ["public", "machines"]
    assert menus["operations"] == ["machines", "evidence", "money"]


def test_what_stands_in_no_section_comes_last_and_is_not_lost(admin_client: Client) -> None:
    sections = {app["app_label"]: app["models"] for app in admin_client.get("/admin/").context["app_list"]}
    assert list(sections)[-1] == "other"
    assert [model["object_name"] for model in sections["other"]] == ["Group", "User"]
    assert admin_client.get("/admin/budgets/").status_code == 200


def test_a_flag_is_closed_once_with_a_note(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    flag = open_flag(code=FlagCode.QUOTE_LOST, now=NOW, claim=claim, citation=claim.citations.get())
    assert flag is not None
    who, url = browser("contributor"), f"/admin/claims/flag/{flag.pk}/change/"
    page = shown(who.get(url), "flag_form")
    assert "This field is required" in who.post(url, page).content.decode()
    assert browser("auditor").post(url, page | {"closing_note": "Seen"}).status_code == 403
    assert who.post(url, page | {"closing_note": "Quoted the new wording."}).status_code == 302
    flag.refresh_from_db()
    assert (flag.closed_by, flag.closing_note) == (cast.contributor, "Quoted the new wording.")
    assert Entry.objects.latest("index").verb == "flag.closed"
    late = browser("editor").post(url, page | {"closing_note": "Me too"})
    assert "was closed on" in late.content.decode()
    assert Flag.objects.get().closing_note == "Quoted the new wording."


def test_the_list_of_flags_shows_open_ones_first(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    open_flag(code=FlagCode.QUOTE_LOST, now=NOW, claim=claim, citation=claim.citations.get())
    Flag.objects.create(code=FlagCode.SOURCE_BROKEN, opened_at=NOW, closed_at=NOW)
    counts = [
        browser("auditor").get("/admin/claims/flag/", query).context["cl"].result_count
        for query in ({}, {"open": "closed"}, {"open": "all"})
    ]
    assert counts == [1, 1, 2]


def test_the_door_names_the_demo_accounts_in_development_alone(client: object, settings: Settings, db: None) -> None:

    assert "contributor-demo" not in Client().get("/admin/login/").content.decode()
    settings.DEBUG = True
    assert "contributor-demo" not in Client().get("/admin/login/").content.decode()
    settings.ENVIRONMENT = "development"
    assert "contributor-demo" in Client().get("/admin/login/").content.decode()
