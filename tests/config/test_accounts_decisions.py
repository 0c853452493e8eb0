"""Who decides what readers see confirms who they are; what they pressed is then carried through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django import Settings

from claims.models.claim import Claim
from claims.review.verbs import submit, take_back
from tests.config.desk_door import PASSWORD, Visitor, strict
from tests.factories.cast import make_cast
from tests.factories.claims import NOW, draft_claim, open_review

pytestmark = pytest.mark.django_db
CONFIRM = "/admin/account/confirm/"


@dataclass
class Reviewer:
    """Signed in eleven minutes ago, with a submitted claim before them."""

    browser: Visitor
    author: User
    claim: Claim
    page: str

    def press(self, verb: str, **data: str) -> Any:
        review = open_review(self.claim)
        shown = {"review": str(review.public_id), "seen": review.content_hash}
        return self.browser.post(reverse("admin:claims_claim_move", args=[self.claim.pk, verb]), shown | data)

    def confirm(self, password: str = PASSWORD) -> Any:
        address = reverse("admin:claims_claim_move", args=[self.claim.pk, "approve"])
        return self.browser.post(CONFIRM, {"password": password, "next": address})

    @property
    def state(self) -> str:
        return open_review(self.claim).state


@pytest.fixture
def reviewer(db: None, settings: Settings) -> Reviewer:
    cast = make_cast()
    strict(settings)
    settings.SECOND_FACTOR_REQUIRED = False
    claim = draft_claim(by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    cast.reviewer.set_password(PASSWORD)
    cast.reviewer.save()
    browser = Visitor()
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=11)):
        browser.sign_in(cast.reviewer.username)
    return Reviewer(browser, cast.contributor, claim, reverse("admin:claims_claim_change", args=[claim.pk]))


def test_an_approval_asks_who_is_there_and_is_carried_through(reviewer: Reviewer) -> None:
    answer = reviewer.press("approve")
    assert answer["Location"].startswith(f"{CONFIRM}?next=")
    assert reviewer.state == "in_review"
    page = reviewer.browser.get(answer["Location"]).content.decode()
    assert "What you were about to do goes on afterwards" in page
    assert "The password is wrong" in reviewer.confirm("a guess").content.decode()
    assert reviewer.state == "in_review"
    assert reviewer.confirm()["Location"] == reviewer.page
    assert reviewer.state == "approved"


def test_a_text_that_changed_meanwhile_is_not_approved(reviewer: Reviewer) -> None:
    reviewer.press("approve")
    author = reviewer.author
    take_back(review=open_review(reviewer.claim), reason="A word is wrong.", by=author, now=NOW)
    Claim.objects.update(heading_en="MP says another thing")
    submit(review=open_review(reviewer.claim), by=author, now=NOW)
    assert reviewer.confirm()["Location"] == reviewer.page
    assert reviewer.state == "in_review"


def test_confirming_something_else_later_approves_nothing(reviewer: Reviewer) -> None:
    reviewer.press("approve")
    reviewer.browser.post(CONFIRM, {"password": PASSWORD, "next": "/admin/account/second-factor/"})
    reviewer.confirm()
    assert reviewer.state == "in_review"


def test_who_was_asked_a_moment_ago_is_not_asked_again(reviewer: Reviewer) -> None:
    reviewer.browser.post(CONFIRM, {"password": PASSWORD, "next": "/admin/"})
    assert reviewer.press("approve")["Location"] == reviewer.page
    assert reviewer.state == "approved"


def test_what_readers_do_not_see_is_not_asked_about(reviewer: Reviewer) -> None:
    assert reviewer.press("take_back", reason="A word is missing.")["Location"] == reviewer.page
    assert reviewer.state == "drafted"


def test_who_may_not_decide_is_refused_before_being_asked(reviewer: Reviewer) -> None:
    assert reviewer.press("publish").status_code == 403


def test_development_does_not_ask(reviewer: Reviewer, settings: Settings) -> None:
    settings.DECISIONS_NEED_REAUTHENTICATION = False
    assert reviewer.press("approve")["Location"] == reviewer.page
