"""Rules that are set aside at the desk: by editors, with a reason in both languages, taken back after a second look."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims.models.waiver import Waiver
from claims.review.gates.table import GATES
from claims.review.verbs import submit
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review

ADD = "admin:claims_waiver_add"
REASON = {
    "reason_en": "The office was dissolved last year.",
    "reason_th": "หน่วยงานนี้ถูกยุบไปแล้วเมื่อปีก่อน",
}


def typed(cast: Cast, **data: str) -> dict[str, Any]:
    return {"claim": draft_claim(by=cast.contributor, waived=()).pk, "rule": "asked", **REASON, **data}


def withdraw_url(waiver: Waiver) -> str:
    return reverse("admin:claims_waiver_withdraw", args=[waiver.pk])


@pytest.fixture
def waiver(cast: Cast, browser: As) -> Waiver:
    browser("editor").post(reverse(ADD), typed(cast))
    return Waiver.objects.get()


def test_an_editor_sets_a_rule_aside(cast: Cast, browser: As) -> None:
    assert browser("editor").post(reverse(ADD), typed(cast)).status_code == 302
    made = Waiver.objects.get()
    assert (made.rule, made.reason_en, made.by) == ("asked", REASON["reason_en"], cast.editor)
    assert Entry.objects.latest("index").verb == "rule.waived"


@pytest.mark.parametrize("role", ["contributor", "reviewer", "auditor", "operations"])
def test_nobody_else_does(cast: Cast, browser: As, role: str) -> None:
    assert browser(role).post(reverse(ADD), typed(cast)).status_code == 403
    assert not Waiver.objects.exists()


def test_only_rules_that_can_be_set_aside_are_offered(cast: Cast, browser: As) -> None:
    form = browser("editor").get(reverse(ADD)).context["adminform"].form
    offered = {code for code, _ in form.fields["rule"].choices if code}
    assert offered == {gate.code for gate in GATES if gate.waivable}
    page = browser("editor").post(reverse(ADD), typed(cast, rule="claimant"))
    assert page.context["adminform"].form.errors["rule"]


def test_what_the_verb_refuses_loses_nothing_that_was_typed(cast: Cast, browser: As) -> None:
    page = browser("editor").post(reverse(ADD), typed(cast, reason_th="สั้น"))
    assert "as a sentence: readers see it" in page.content.decode()
    assert shown(page, "waiver_form")["reason_en"] == REASON["reason_en"]


def test_it_is_not_possible_while_others_judge_the_text(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    page = browser("editor").post(reverse(ADD), {"claim": claim.pk, "rule": "primary_first", **REASON})
    assert "take it back to draft" in page.content.decode()


def test_its_page_changes_nothing_and_leads_to_withdrawing_it(browser: As, waiver: Waiver) -> None:
    url = reverse("admin:claims_waiver_change", args=[waiver.pk])
    assert withdraw_url(waiver) in browser("editor").get(url).content.decode()
    assert withdraw_url(waiver) not in browser("reviewer").get(url).content.decode()
    assert browser("editor").post(url, REASON | {"reason_en": "Something else altogether."}).status_code == 403


def test_withdrawing_asks_first_and_is_one_post(cast: Cast, browser: As, waiver: Waiver) -> None:
    assert "stops the claim again" in browser("editor").get(withdraw_url(waiver)).content.decode()
    waiver.refresh_from_db()
    assert waiver.withdrawn_at is None
    page = browser("editor").post(withdraw_url(waiver), follow=True).content.decode()
    waiver.refresh_from_db()
    assert (waiver.withdrawn_by, withdraw_url(waiver) in page) == (cast.editor, False)
    assert Entry.objects.latest("index").verb == "rule.holds_again"
    again = browser("editor").post(withdraw_url(waiver))
    assert "taken back already" in again.content.decode()


@pytest.mark.parametrize("role", ["contributor", "reviewer", "auditor", "operations"])
def test_nobody_else_withdraws_it(browser: As, waiver: Waiver, role: str) -> None:
    assert browser(role).post(withdraw_url(waiver)).status_code == 403
    waiver.refresh_from_db()
    assert waiver.withdrawn_at is None


def test_one_that_is_not_there_is_not_found(cast: Cast, browser: As) -> None:
    assert browser("editor").post(reverse("admin:claims_waiver_withdraw", args=[99])).status_code == 404
