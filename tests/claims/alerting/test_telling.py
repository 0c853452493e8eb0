"""What happened, told once to each person who wants it, by each channel they chose, and never in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from claims.alerting.telling import MOST_APART, tell
from claims.asking.replying import Sent, receive_reply
from claims.models.asking import ReceivedReply
from claims.models.claim import Claim
from claims.models.desk import Alert, AlertPreference
from claims.models.evidence import EvidenceCitation
from claims.models.public_status import PublicStatus
from claims.vocabulary import AlertKind
from ledger.models import Cursor
from ledger.recording import record
from tests.claims.admin.conftest import As
from tests.claims.asking.letters import asked_token
from tests.factories.cast import Cast
from tests.factories.claims import cite, draft_claim, published_claim

NOW = timezone.now()


@pytest.fixture(autouse=True)
def only_the_contributor_has_an_address(cast: Cast) -> None:
    addressed(cast.contributor)


def addressed(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.org")


def reply(cast: Cast, *, acknowledges: bool = False) -> ReceivedReply:
    _, token = asked_token(cast)
    sent = Sent("Somchai", "Director", "The secret sentence of the office.", only_acknowledges=acknowledges)
    return receive_reply(token=token, sent=sent, now=NOW)


def lose(*citations: EvidenceCitation) -> None:
    """What the re-check writes when it is sure."""
    source = citations[0].source
    assert source is not None
    content = {"outcome": "quote_missing", "citations": sorted(str(each.public_id) for each in citations)}
    record("source.lost", subject_kind="source", subject_id=source.public_id, content=content)


def quote_of(claim: Claim) -> EvidenceCitation:
    return claim.citations.get()


def told(**having: object) -> list[Alert]:
    tell(now=NOW)
    return list(Alert.objects.filter(**having).order_by("pk"))


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries


def test_a_reply_is_told_without_a_word_of_it(cast: Cast, settings: Settings) -> None:
    came = reply(cast)
    [alert] = told()
    assert (alert.user, alert.kind, alert.by_webhook) == (cast.contributor, AlertKind.NEW_REPLY, False)
    assert (alert.state, alert.made_at, alert.due_at) == ("waiting", NOW, NOW)
    assert alert.subject == "The desk: a reply came in"
    assert alert.path == f"/admin/claims/receivedreply/{came.pk}/change/"
    assert f"{settings.PUBLIC_ORIGIN}{alert.path}" in alert.text
    assert f"{settings.PUBLIC_ORIGIN}/admin/claims/alertpreference/mine/" in alert.text
    for word in ("secret sentence", "Somchai", "Director"):
        assert word not in alert.text


def test_an_acknowledgement_is_called_one(cast: Cast) -> None:
    reply(cast, acknowledges=True)
    assert [alert.subject for alert in told()] == ["The desk: an acknowledgement came in"]


def test_the_heading_of_a_draft_is_not_mailed(cast: Cast, settings: Settings) -> None:
    claim = reply(cast).request.claim
    [alert] = told()
    assert claim.heading_en not in alert.text
    assert f"{settings.PUBLIC_ORIGIN}/admin/claims/claim/{claim.pk}/change/" in alert.text


def test_the_heading_that_readers_see_is_the_one_that_is_mailed(cast: Cast) -> None:
    claim = published_claim(cast)
    public = claim.heading_en
    Claim.objects.filter(pk=claim.pk).update(heading_en="A draft of another heading")
    lose(quote_of(claim))
    [alert] = told()
    assert (alert.kind, alert.path) == (AlertKind.QUOTE_LOST, "/admin/claims/flag/quotes/")
    assert alert.subject == "The desk: a quote was lost"
    assert f"“{public}”" in alert.text
    assert "A draft of another heading" not in alert.text
    assert quote_of(claim).quote_exact not in alert.text


def test_the_heading_of_a_hidden_claim_is_not_mailed(cast: Cast) -> None:
    claim = published_claim(cast)
    PublicStatus.objects.filter(claim=claim).update(state="hidden")
    lose(quote_of(claim))
    [alert] = told()
    assert claim.heading_en not in alert.text
    assert "which readers do not see" in alert.text


def test_a_page_that_lost_several_quotes_is_one_message_that_names_each_claim_once(cast: Cast) -> None:
    claims = [published_claim(cast) for _ in range(7)]
    lose(*(quote_of(claim) for claim in claims), cite(claims[0], by=cast.contributor))
    [alert] = told()
    assert alert.subject == "The desk: 8 quotes were lost"
    assert alert.text.count("The claim:") == 5
    assert "and 2 more" in alert.text


def test_a_second_run_tells_nothing_again_even_if_the_log_is_read_anew(cast: Cast) -> None:
    reply(cast)
    assert len(told()) == 1
    assert len(told()) == 1
    Cursor.objects.filter(name="alerts").update(next_index=0)
    assert len(told()) == 1


def test_only_active_staff_with_a_role_that_may_see_it_are_told(cast: Cast) -> None:
    for user in (cast.reviewer, cast.operations, cast.editor, cast.auditor):
        addressed(user)
    User.objects.filter(pk=cast.editor.pk).update(is_active=False)
    User.objects.filter(pk=cast.auditor.pk).update(is_staff=False)
    User.objects.create(username="nobody", email="nobody@example.org", is_staff=True)  # no role at all
    reply(cast)
    lose(quote_of(draft_claim(by=cast.contributor)))
    assert [a.user for a in told(kind="new_reply")] == [cast.contributor, cast.reviewer]
    assert [a.user for a in told(kind="quote_lost")] == [cast.contributor, cast.reviewer, cast.operations]


def test_who_does_not_want_it_is_not_told(cast: Cast) -> None:
    addressed(cast.reviewer)
    AlertPreference.objects.create(user=cast.reviewer, new_replies=False)
    AlertPreference.objects.create(user=cast.contributor, lost_quotes=False)
    reply(cast)
    lose(quote_of(draft_claim(by=cast.contributor)))
    assert [(a.user, a.kind) for a in told()] == [(cast.contributor, "new_reply"), (cast.reviewer, "quote_lost")]


def test_each_channel_that_was_chosen_gets_a_row_of_its_own(cast: Cast) -> None:
    for user in (cast.contributor, cast.reviewer):  # the reviewer has no e-mail address
        AlertPreference.objects.create(user=user, webhook_url="https://hooks.example.org/", webhook_secret="whsec_AA==")
    reply(cast)
    assert [(a.user, a.by_webhook) for a in told()] == [
        (cast.contributor, False), (cast.contributor, True), (cast.reviewer, True),
    ]  # fmt: skip


def test_where_e_mail_is_not_set_up_none_is_queued(cast: Cast, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    reply(cast)
    assert told() == []


@pytest.mark.parametrize("count", [MOST_APART, MOST_APART + 1, 500])
def test_many_at_once_are_one_message_with_the_count(cast: Cast, count: int) -> None:
    citation = quote_of(draft_claim(by=cast.contributor))
    tell(now=NOW)
    for _ in range(count):
        lose(citation)
    alerts = told()
    if count <= MOST_APART:
        assert len(alerts) == count
    else:
        [alert] = alerts
        assert alert.subject == f"The desk: {count} quotes were lost"
        assert f"{count} quotes are no longer on {count} pages." in alert.text


def test_many_replies_at_once_are_one_message_too(cast: Cast) -> None:
    for _ in range(MOST_APART + 1):
        reply(cast)
    [alert] = told()
    assert (alert.subject, alert.path) == ("The desk: 6 replies came in", "/admin/claims/receivedreply/")


def test_what_is_a_week_old_when_it_is_read_is_not_told(cast: Cast) -> None:
    reply(cast)
    tell(now=NOW + timedelta(days=8))
    assert not Alert.objects.exists()
    assert Cursor.objects.get(name="alerts").next_index > 0


def test_a_long_log_is_read_to_its_end_in_pieces(cast: Cast) -> None:
    for _ in range(3):
        reply(cast)
    tell(now=NOW, limit=2)
    assert Alert.objects.count() == 3


def test_the_statements_do_not_grow_with_people_or_events(cast: Cast) -> None:
    tell(now=NOW)
    lose(quote_of(published_claim(cast)))
    with counted() as few:
        tell(now=NOW)
    for user in (cast.reviewer, cast.editor, cast.auditor):
        addressed(user)
    for _ in range(MOST_APART):
        lose(quote_of(published_claim(cast)))
    with counted() as many:
        tell(now=NOW)
    assert Alert.objects.count() == 1 + 4 * MOST_APART
    assert len(many) == len(few)


def test_the_page_of_choices_says_when_no_e_mail_can_be_sent(browser: As, settings: Settings) -> None:
    url = "/admin/claims/alertpreference/mine/"
    assert "By e-mail to contributor@example.org" in browser("contributor").get(url).content.decode()
    settings.EMAIL_URL = ""
    page = browser("contributor").get(url).content.decode()
    assert "E-mail is not set up at this installation" in page
    assert "By e-mail to" not in page
