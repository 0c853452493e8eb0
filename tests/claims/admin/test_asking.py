"""Letters, links and replies at the desk: who may do what, and that each button is one verb."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.asking.letters import state_of
from claims.asking.links import token_of
from claims.asking.replying import Sent, receive_reply
from claims.asking.sending import send_due
from claims.asking.words import LetterState
from claims.models.asking import ReceivedReply, ReplyLink, RequestLetter
from claims.models.edition import Edition
from claims.models.response import OfficialResponse, ResponseRequest
from claims.vocabulary import Channel, RequestState
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url, new_row, shown
from tests.claims.asking.letters import asked_token, make_claim, make_letter, make_office, sent_letter
from tests.factories.cast import Cast
from tests.factories.nouns import PersonFactory

WRITERS = ["contributor", "reviewer", "editor"]
READERS = ["auditor", "operations"]


def letter_url(letter: RequestLetter) -> str:
    return reverse("admin:claims_requestletter_change", args=[letter.pk])


def press(browser: Any, letter: RequestLetter, verb: str, **data: str) -> Any:
    return browser.post(reverse("admin:claims_requestletter_do", args=[letter.pk, verb]), data, follow=True)


@pytest.fixture
def reply(cast: Cast) -> ReceivedReply:
    _, token = asked_token(cast, now=timezone.now() - timedelta(days=2))
    sent = Sent("Somchai", "Director", "ตัวเลขถูกต้อง", only_acknowledges=False, file=("a.txt", b"figures"))
    return receive_reply(token=token, sent=sent, now=timezone.now() - timedelta(days=1))


def decide(browser: Any, reply: ReceivedReply, verb: str, **data: str) -> Any:
    return browser.post(reverse("admin:claims_receivedreply_do", args=[reply.pk, verb]), data, follow=True)


def test_the_page_of_a_claim_leads_to_a_letter_about_it_and_on_to_its_text(cast: Cast, browser: As) -> None:
    claim, office = make_claim(cast), make_office()
    page = browser("contributor").get(claim_url(claim)).content.decode()
    address = f"{reverse('admin:claims_requestletter_add')}?claim={claim.pk}"
    assert address in page
    form = shown(browser("contributor").get(address), "requestletter_form")
    assert form["claim"] == str(claim.pk)
    made = browser("contributor").post(address, form | {"office": str(office.pk), "lang": "th"}, follow=True)
    letter = RequestLetter.objects.get()
    assert made.redirect_chain[-1][0] == letter_url(letter)
    text = made.content.decode()
    assert f"Letter {letter.number} is drafted" in text
    assert "ขอแสดงความนับถือ" in text, "the whole letter is shown as it will be"
    assert token_of(letter) not in text


def test_a_text_is_changed_and_a_fault_loses_nothing(cast: Cast, browser: As) -> None:
    letter = make_letter(cast)
    form = shown(browser("reviewer").get(letter_url(letter)), "requestletter_form")
    refused = browser("reviewer").post(letter_url(letter), form | {"body": "No link in here."})
    assert "Put {link} where the one-time link is to stand" in refused.content.decode()
    assert "No link in here." in refused.content.decode()
    browser("reviewer").post(letter_url(letter), form | {"subject": "Another subject"})
    letter.refresh_from_db()
    assert letter.subject == "Another subject"


def test_sending_is_a_button_and_a_worker(cast: Cast, browser: As) -> None:
    letter = make_letter(cast)
    said = press(browser("contributor"), letter, "queue")
    assert "a worker sends it within a minute" in said.content.decode()
    assert mail.outbox == []
    frozen = browser("contributor").post(letter_url(letter), {"subject": "Late"}, follow=True)
    assert RequestLetter.objects.get().subject == letter.subject, frozen.status_code
    assert send_due(now=timezone.now()) == 1
    page = browser("contributor").get(letter_url(letter)).content.decode()
    assert "its request and clock" in page
    assert 'name="subject"' not in page, "what was sent stays as it was sent"


def test_without_e_mail_the_page_says_so_and_offers_no_button(cast: Cast, browser: As) -> None:
    letter = make_letter(cast)
    with override_settings(EMAIL_URL=""):
        page = browser("editor").get(letter_url(letter)).content.decode()
        assert "E-mail is not set up here" in page
        assert "/do/queue/" not in page
        assert "E-mail is not set up here" in press(browser("editor"), letter, "queue").content.decode()
    assert state_of(RequestLetter.objects.get()) is LetterState.DRAFT


def test_a_letter_is_printed_with_its_link_only_by_those_who_may_hand_it_over(cast: Cast, browser: As) -> None:
    letter = make_letter(cast, channel=Channel.LETTER)
    address = reverse("admin:claims_requestletter_print", args=[letter.pk])
    assert browser("editor").get(address).status_code == 405, "no prefetch and no history holds it"
    printed: Any = browser("editor").post(address)
    plain: Any = browser("auditor").get(reverse("admin:claims_requestletter_pdf", args=[letter.pk]))
    for response in (printed, plain):
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"].startswith("private, no-store")
        assert response.headers["Content-Security-Policy"].startswith("sandbox")
    assert browser("auditor").post(address).status_code == 403
    assert b"".join(printed.streaming_content) != b"".join(plain.streaming_content)


def test_a_delivery_by_hand_is_logged_with_its_day(cast: Cast, browser: As) -> None:
    letter = make_letter(cast, channel=Channel.LETTER, now=timezone.now())
    today = timezone.localdate().isoformat()
    missing = press(browser("editor"), letter, "deliver", channel="letter")
    assert "Delivered on: This field is required." in missing.content.decode()
    assert (
        "Logged. The clock runs"
        in press(browser("editor"), letter, "deliver", channel="in_person", delivered_on=today).content.decode()
    )
    assert ResponseRequest.objects.get().asked_on.isoformat() == today


def test_the_list_finds_letters_by_where_they_stand(cast: Cast, browser: As) -> None:
    sent_letter(cast)
    make_letter(cast)
    failed = make_letter(cast)
    RequestLetter.objects.filter(pk=failed.pk).update(failed_at=timezone.now(), failure="No such address.")
    for state, number in (("delivered", 1), ("draft", 2), ("given_up", 3)):
        page = browser("auditor").get(reverse("admin:claims_requestletter_changelist"), {"state": state})
        assert [row.serial for row in page.context["cl"].result_list] == [number]
    assert "No such address." in page.content.decode()


@pytest.mark.parametrize("role", READERS)
def test_who_only_reads_moves_nothing(cast: Cast, browser: As, reply: ReceivedReply, role: str) -> None:
    letter = make_letter(cast)
    request = {"request": reply.request_id, "until": "2099-01-01", "lang": "en"}
    answers = [
        press(browser(role), letter, "queue"),
        press(browser(role), letter, "withdraw", reason="x"),
        browser(role).post(letter_url(letter), {"subject": "x"}),
        browser(role).post(reverse("admin:claims_requestletter_add"), {}),
        browser(role).post(reverse("admin:claims_replylink_add"), request),
        browser(role).post(reverse("admin:claims_replylink_revoke", args=[reply.link_id])),
        decide(browser(role), reply, "acknowledge"),
        decide(browser(role), reply, "set_aside", note="x"),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert RequestLetter.objects.get(pk=letter.pk).send_due_at is None
    assert ReceivedReply.objects.get().handled_at is None


@pytest.mark.parametrize("role", WRITERS)
def test_writers_may_ask(cast: Cast, browser: As, role: str) -> None:
    assert press(browser(role), make_letter(cast), "queue").status_code == 200
    assert RequestLetter.objects.get().send_due_at is not None


def test_a_link_is_shown_once_and_can_be_revoked(cast: Cast, browser: As) -> None:
    request, _ = asked_token(cast)
    data = {"request": str(request.pk), "until": "2099-01-01", "lang": "th"}
    made = browser("editor").post(reverse("admin:claims_replylink_add"), data, follow=True)
    assert "Copy the address now" in made.content.decode()
    assert "/th/reply/" in made.content.decode()
    link = ReplyLink.objects.order_by("-pk")[0]
    change = reverse("admin:claims_replylink_change", args=[link.pk])
    again = browser("editor").get(change).content.decode()
    assert "/th/reply/" not in again
    assert link.token_hash not in again
    browser("editor").post(reverse("admin:claims_replylink_revoke", args=[link.pk]))
    link.refresh_from_db()
    assert link.revoked_at is not None


def test_a_link_that_would_be_over_is_refused_in_its_form(cast: Cast, browser: As) -> None:
    request, _ = asked_token(cast)
    data = {"request": str(request.pk), "until": "2020-01-01", "lang": "th"}
    page = browser("editor").post(reverse("admin:claims_replylink_add"), data)
    assert "choose a later day" in page.content.decode()
    assert ReplyLink.objects.count() == 1


def test_unread_replies_are_a_queue(cast: Cast, browser: As, reply: ReceivedReply) -> None:
    address = reverse("admin:claims_receivedreply_changelist")
    assert "Somchai" in browser("contributor").get(address).content.decode()
    decide(browser("contributor"), reply, "acknowledge")
    assert "Somchai" not in browser("contributor").get(address).content.decode()
    assert "Somchai" in browser("contributor").get(address, {"handled": "yes"}).content.decode()
    assert ResponseRequest.objects.get().state == RequestState.ACKNOWLEDGED


def test_a_reply_put_aside_needs_a_reason_and_is_decided_once(browser: As, reply: ReceivedReply) -> None:
    assert "Say why it is not an answer." in decide(browser("editor"), reply, "set_aside").content.decode()
    decide(browser("editor"), reply, "set_aside", note="An advertisement.")
    assert "Handled by editor on" in decide(browser("reviewer"), reply, "acknowledge").content.decode()
    assert ReceivedReply.objects.get().handling_note == "An advertisement."


def test_the_file_is_handed_out_as_an_attachment_that_nothing_runs(browser: As, reply: ReceivedReply) -> None:
    response: Any = browser("auditor").get(reverse("admin:claims_receivedreply_file", args=[reply.pk]))
    assert b"".join(response.streaming_content) == b"figures"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "a.txt" not in response.headers["Content-Disposition"]
    assert browser("operations").get(response.request["PATH_INFO"]).status_code == 403


def test_an_answer_is_taken_over_by_writing_the_response_and_publishes_nothing(
    cast: Cast, browser: As, reply: ReceivedReply
) -> None:
    page = browser("reviewer").get(reverse("admin:claims_receivedreply_change", args=[reply.pk])).content.decode()
    address = f"{reverse('admin:claims_officialresponse_add')}?reply={reply.pk}"
    assert address in page
    form = shown(browser("reviewer").get(address), "officialresponse_form")
    day = timezone.localdate(reply.received_at).isoformat()
    assert (form["text_th"], form["text_en"]) == ("ตัวเลขถูกต้อง", ""), "its own language; a person writes the other"
    assert (form["kind"], form["request"], form["said_latest"]) == ("reply_to_request", str(reply.request_id), day)
    typed = {
        "text_en": "The figure is correct.", "label_en": "Answer", "label_th": "คำตอบ", "slug": "an-answer",
        "speaker": str(PersonFactory.create().pk),
    }  # fmt: skip
    covered = new_row("coverage", 0, {"claim": reply.request.claim_id, "coverage": "partly", "stance": "confirms"})
    response = browser("reviewer").post(address, form | typed | covered, follow=True)
    assert response.status_code == 200
    reply.refresh_from_db()
    assert reply.response == OfficialResponse.objects.get()
    assert reply.request.responses.get() == reply.response
    request = ResponseRequest.objects.get()
    assert (request.state, request.answered_on) == (RequestState.PARTLY_ANSWERED, timezone.localdate(reply.received_at))
    assert not Edition.objects.exists()


def test_a_reply_is_not_taken_over_twice(cast: Cast, browser: As, reply: ReceivedReply) -> None:
    address = f"{reverse('admin:claims_officialresponse_add')}?reply={reply.pk}"
    form = shown(browser("reviewer").get(address), "officialresponse_form")
    decide(browser("editor"), reply, "set_aside", note="Sent by mistake.")
    typed = {"text_en": "x", "label_en": "A", "label_th": "ก", "slug": "a", "speaker": str(PersonFactory.create().pk)}
    covered = new_row("coverage", 0, {"claim": reply.request.claim_id, "coverage": "answered", "stance": "neither"})
    page = browser("reviewer").post(address, form | typed | covered)
    assert "Handled by editor on" in page.content.decode()
    assert not OfficialResponse.objects.exists(), "and nothing of it is stored"


@pytest.mark.parametrize("name", ["requestletter", "replylink", "receivedreply"])
def test_the_lists_cost_the_same_however_long_they_are(cast: Cast, browser: As, name: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser("auditor").get(reverse(f"admin:claims_{name}_changelist")).status_code == 200
        return len(queries)

    def one() -> None:
        make_letter(cast)
        _, token = asked_token(cast, now=timezone.now())
        receive_reply(token=token, sent=Sent("A", "", "b", only_acknowledges=False), now=timezone.now())

    one()
    cost()  # what is read once per process
    first = cost()
    one()
    one()
    assert cost() == first
    assert first <= 12
