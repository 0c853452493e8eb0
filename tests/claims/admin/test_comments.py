"""Comments: left on a claim or an assertion, resolved once, by those who write drafts."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims.authorship import Conflicted
from claims.commenting import LONGEST, CommentRefused, comment, resolve
from claims.models.claim import Claim
from claims.models.desk import ReviewComment
from claims.models.interest import Interest
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim


def say(browser: As, role: str, claim: Claim, **data: str) -> Any:
    url = reverse("admin:claims_claim_comment", args=[claim.pk])
    return browser(role).post(url, {"assertion": "", "text": "Which year?"} | data, follow=True)


def done(browser: As, role: str, remark: ReviewComment) -> Any:
    url = reverse("admin:claims_claim_resolve", args=[remark.claim_id, remark.pk])
    return browser(role).post(url, follow=True)


def test_a_comment_stands_where_it_was_left_until_it_is_resolved(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    page = say(browser, "reviewer", claim, assertion="1", text="Which year?\r\nSay it.")
    assert page.redirect_chain[-1][0].endswith("/review/#assertion-1")
    remark = ReviewComment.objects.get()
    assert (remark.assertion, remark.text, remark.by) == (claim.assertions.get(), "Which year?\nSay it.", cast.reviewer)
    assert "Which year?<br>Say it." in page.content.decode()
    page = done(browser, "contributor", remark)
    remark.refresh_from_db()
    assert remark.resolved_by == cast.contributor
    assert "resolved by contributor" in page.content.decode()
    assert "was resolved at" in done(browser, "editor", remark).content.decode()
    remark.refresh_from_db()
    assert remark.resolved_by == cast.contributor


def test_the_ledger_knows_who_commented_and_not_what(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    remark = comment(claim=claim, text="Secret words", by=cast.reviewer, now=NOW)
    resolve(comment=remark, by=cast.editor, now=NOW)
    made, resolved = Entry.objects.filter(subject_kind="comment").select_related("content").order_by("index")
    assert (made.verb, resolved.verb) == ("comment.made", "comment.resolved")
    assert made.refs == {"claim": str(claim.public_id)}
    assert made.content.content == {"user": str(cast.reviewer.pk)}


def test_an_empty_or_endless_comment_is_refused(cast: Cast) -> None:
    claim, other = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    for text, assertion in (("  \n", None), ("x" * (LONGEST + 1), None), ("Fine", other.assertions.get())):
        with pytest.raises(CommentRefused):
            comment(claim=claim, text=text, assertion=assertion, by=cast.reviewer, now=NOW)
    assert not ReviewComment.objects.exists()


def test_who_has_an_interest_neither_comments_nor_resolves(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    remark = comment(claim=claim, text="Hm", by=cast.editor, now=NOW)
    person = claim.claimants.get().person
    Interest.objects.create(user=cast.reviewer, person=person, kind="party", declared_by=cast.reviewer, declared_at=NOW)
    with pytest.raises(Conflicted):
        comment(claim=claim, text="Mine", by=cast.reviewer, now=NOW)
    with pytest.raises(Conflicted):
        resolve(comment=remark, by=cast.reviewer, now=NOW)


@pytest.mark.parametrize("role", ["auditor", "operations"])
def test_who_writes_no_drafts_comments_on_none(role: str, cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    remark = comment(claim=claim, text="Hm", by=cast.editor, now=NOW)
    assert say(browser, role, claim).status_code == 403
    assert done(browser, role, remark).status_code == 403
    assert ReviewComment.objects.get().resolved_at is None
    assert browser("editor").get(reverse("admin:claims_claim_comment", args=[claim.pk])).status_code == 403


def test_a_comment_of_another_claim_or_on_no_assertion_comes_to_nothing(cast: Cast, browser: As) -> None:
    claim, other = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    remark = comment(claim=claim, text="Hm", by=cast.editor, now=NOW)
    url = reverse("admin:claims_claim_resolve", args=[other.pk, remark.pk])
    assert browser("editor").post(url).status_code == 404
    for number in ("9", "x", "1" * 40):
        assert "was not stored" in say(browser, "editor", claim, assertion=number).content.decode()
    assert ReviewComment.objects.count() == 1
