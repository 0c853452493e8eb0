"""The first page is a worklist: what waits for whom, how much and since when, in few queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from claims.desk.queue import Queue
from claims.flags import open_flag
from claims.intake import register_claim
from claims.models.claim import Claim
from claims.models.flag import Flag
from claims.models.interest import Interest
from claims.models.review import ClaimReview
from claims.models.source import Source
from claims.review.routing import triage
from claims.vocabulary import FlagCode, ReviewState, SourceHealth
from config.admin_site import SECTIONS
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.claims.admin.world import fill
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, make_source, open_review
from tests.factories.nouns import AgencyFactory


def queues(browser: As, role: str) -> dict[str, Queue]:
    return {queue.title: queue for queue in browser(role).get("/admin/").context["desk"].queues}


def taken_in(cast: Cast, heading: str = "MP says something") -> ClaimReview:
    """A claim that was picked from a text and taken on."""
    texts = {f"{name}_{lang}": heading for name in ("heading", "summary") for lang in ("en", "th")}
    claim = Claim(slug=f"taken-in-{Claim.objects.count()}", **texts)
    register_claim(claim=claim, first=ReviewState.INTAKE, by=cast.contributor, now=NOW)
    return triage(review=open_review(claim), by=cast.reviewer, now=NOW)


def test_each_role_finds_its_own_work(cast: Cast, browser: As) -> None:
    mine = draft_claim(by=cast.contributor)
    titles = {
        role: set(queues(browser, role)) for role in ("contributor", "reviewer", "editor", "auditor", "operations")
    }
    machines = {"Quotes to look at", "Stale figure checks", "Other open flags", "Sources in trouble", "Hosts that fail"}
    assert "My drafts" in titles["contributor"]
    assert "Awaiting my review" in titles["reviewer"] - titles["contributor"]
    assert "Approved, to publish" in titles["editor"] - titles["reviewer"]
    assert machines <= titles["operations"] & titles["auditor"]
    assert "My drafts" not in titles["operations"] | titles["auditor"]
    assert [line.text for line in queues(browser, "contributor")["My drafts"].lines] == [mine.heading_en]


def test_what_waits_comes_first_and_what_does_not_is_one_line(cast: Cast, browser: As) -> None:
    draft_claim(by=cast.contributor)
    response = browser("contributor").get("/admin/")
    assert [queue.kind.code for queue in response.context["desk"].waiting] == ["my_drafts"]
    page = response.content.decode()
    assert "oldest:" in page
    assert "Nothing was taken in" not in page  # who only drafts has no such queue
    assert "No draft waits for a reply." in page


def test_the_whole_list_of_a_queue_holds_what_the_desk_counts(cast: Cast, browser: As) -> None:
    for days in range(8):
        draft_claim(by=cast.contributor, now=NOW - timedelta(days=days))
    draft_claim(by=cast.reviewer)
    queue = queues(browser, "contributor")["My drafts"]
    assert (queue.count, len(queue.lines), queue.oldest) == (8, 5, NOW - timedelta(days=7))
    page = browser("contributor").get(queue.url)
    assert page.context["cl"].result_count == 8
    for each in queues(browser, "editor").values():
        assert browser("editor").get(each.url).status_code == 200, each.url


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
def test_the_desk_costs_twelve_queries_at_most_and_no_more_with_more_work(role: str, cast: Cast, browser: As) -> None:
    costs = []
    for start in (0, 3):
        fill(cast, 2, start=start)
        taken_in(cast)
        draft_claim(by=cast.contributor)
        browser(role).get("/admin/")
        with CaptureQueriesContext(connection) as found:
            assert browser(role).get("/admin/").status_code == 200
        costs.append(len(found))
    assert costs[0] == costs[1] <= 12


def assign(browser: As, role: str, review: ClaimReview, to: User | None = None) -> str:
    url = reverse("admin:claims_claim_assign", args=[review.claim_id])
    data = {"review": str(review.public_id), "to": str(to.pk) if to else ""}
    return str(browser(role).post(url, data, follow=True).content.decode())


def test_work_is_claimed_or_given_from_the_queue(cast: Cast, browser: As) -> None:
    review = taken_in(cast)
    page = browser("contributor").get("/admin/").content.decode()
    assert "Claim it" in page
    assert "Assign to …" not in page  # who only drafts takes work, and hands none out
    assert "Assign to …" in browser("reviewer").get("/admin/").content.decode()
    assert "is yours now" in assign(browser, "contributor", review)
    review.refresh_from_db()
    assert (review.state, review.assigned_to) == (ReviewState.ASSIGNED, cast.contributor)
    assert "is contributor’s now" not in assign(browser, "contributor", review, cast.reviewer)
    assert "is reviewer’s now" in assign(browser, "editor", review, cast.reviewer)
    assert "needs the role" in assign(browser, "editor", review, cast.auditor)


def test_nobody_without_drafts_takes_or_hands_out_work(cast: Cast, browser: As) -> None:
    review = taken_in(cast)
    url = reverse("admin:claims_claim_assign", args=[review.claim_id])
    assert browser("auditor").post(url, {"review": str(review.public_id)}).status_code == 403
    assert browser("editor").get(url).status_code == 405
    for data in ({}, {"review": "nonsense"}, {"review": str(review.public_id), "to": "99999"}):
        browser("editor").post(url, data)
    review.refresh_from_db()
    assert review.assigned_to is None


def test_many_are_assigned_at_once_and_each_refusal_is_named(cast: Cast, browser: As) -> None:
    reviews = [taken_in(cast, f"Claim {number}") for number in range(3)]
    tied = reviews[1].claim
    agency = AgencyFactory.create()
    tied.agencies.add(agency)
    Interest.objects.create(
        user=cast.contributor, agency=agency, kind="money", declared_by=cast.contributor, declared_at=NOW
    )
    data = {"action": "assign_selected", "to": str(cast.contributor.pk), "_selected_action": []}
    chosen = data | {"_selected_action": [str(review.claim_id) for review in reviews]}
    page = browser("editor").post("/admin/claims/claim/", chosen, follow=True).content.decode()
    assert "2 of 3 assigned to contributor" in page
    assert "“Claim 1”: contributor has declared an interest" in page
    assert ClaimReview.objects.filter(assigned_to=cast.contributor).count() == 2
    before = ClaimReview.objects.filter(assigned_to=cast.reviewer).count()
    browser("contributor").post("/admin/claims/claim/", chosen | {"to": str(cast.reviewer.pk)})
    assert ClaimReview.objects.filter(assigned_to=cast.reviewer).count() == before


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
