"""The page of a one-time link as officials, mail scanners and others meet it."""

from __future__ import annotations

import io
import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.asking.links import token_of
from claims.asking.replying import MOST_BYTES
from claims.models.asking import ReceivedReply, ReplyLink
from config.logs import JsonFormatter, SecretPaths, logging_settings
from tests.claims.asking.letters import asked_token, sent_letter
from tests.factories.cast import Cast

ANSWER = {"sender_name": "Somchai", "sender_post": "Director", "text": "1. The figure is right."}


@pytest.fixture
def official() -> Client:
    """A browser that must send no cookie, and whose forms carry no token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def token(cast: Cast) -> str:
    return asked_token(cast, now=timezone.now() - timedelta(days=1))[1]


def url(token: str, lang: str = "en") -> str:
    return f"/{lang}/reply/{token}/"


def answer(official: Client, token: str, *, lang: str = "en", **fields: Any) -> Any:
    return official.post(url(token, lang), ANSWER | fields, follow=True)


def test_looking_uses_nothing_up_however_often_and_by_whom(official: Client, token: str) -> None:
    for _ in range(5):
        assert official.get(url(token)).status_code == 200
        assert official.head(url(token)).status_code == 200
    assert ReplyLink.objects.get().used_at is None
    assert answer(official, token).status_code == 200
    assert ReceivedReply.objects.count() == 1


def test_looking_writes_nothing(official: Client, token: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        official.get(url(token))
    verbs = {query["sql"].split()[0] for query in queries.captured_queries}
    assert verbs == {"SELECT"}
    assert len(queries) <= 4


@pytest.mark.parametrize("method", ["put", "delete", "options", "patch"])
def test_other_methods_are_refused(official: Client, token: str, method: str) -> None:
    assert getattr(official, method)(url(token)).status_code == 405


@pytest.mark.parametrize(("lang", "title"), [("en", "Answer our request"), ("th", "ตอบหนังสือของตามรอย")])
def test_the_page_shows_what_was_asked_in_either_language(official: Client, cast: Cast, lang: str, title: str) -> None:
    token = token_of(sent_letter(cast, now=timezone.now()))
    page = official.get(url(token, lang)).content.decode()
    assert f'<html lang="{lang}">' in page
    assert title in page
    assert "Is this figure correct" in page, "the letter can be read again"
    assert token not in page.replace(f"/{'th' if lang == 'en' else 'en'}/reply/{token}/", ""), "but in one button"


def test_nothing_of_it_is_stored_indexed_or_told(official: Client, token: str) -> None:
    for response in (official.get(url(token)), official.get(url("x" * 43)), answer(official, token)):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.cookies == {}
    assert official.cookies == {}


def test_an_answer_leads_to_a_receipt_at_a_clean_address(official: Client, token: str) -> None:
    response = answer(official, token)
    address, status = response.redirect_chain[0]
    assert status == 303
    assert token not in address
    page = response.content.decode()
    for part in ("We have received it", "1. The figure is right.", "Somchai, Director", "(Bangkok)"):
        assert part in page
    assert official.get(address.replace("/en/", "/th/")).status_code == 200
    assert official.get(address[:-3] + "x/").status_code == 404


def test_an_acknowledgement_gets_the_address_for_the_answer(official: Client, token: str) -> None:
    page = answer(official, token, text="", only_acknowledges="on").content.decode()
    second = token_of(ReceivedReply.objects.get())
    assert url(second) in page
    assert answer(official, second).status_code == 200
    assert [reply.only_acknowledges for reply in ReceivedReply.objects.order_by("pk")] == [True, False]


def test_a_used_link_says_when_and_keeps_nothing(official: Client, token: str) -> None:
    answer(official, token)
    for response in (official.get(url(token)), answer(official, token, text="Another.")):
        assert response.status_code == 410
        assert "This link has been used" in response.content.decode()
    assert ReceivedReply.objects.get().text == "1. The figure is right."


def test_expired_revoked_and_unknown_links_say_so(official: Client, token: str) -> None:
    ReplyLink.objects.update(revoked_at=timezone.now())
    assert "This link was cancelled" in official.get(url(token)).content.decode()
    ReplyLink.objects.update(revoked_at=None, expires_at=timezone.now())
    expired = official.get(url(token, "th"))
    assert (expired.status_code, "ลิงก์นี้หมดอายุแล้ว" in expired.content.decode()) == (410, True)
    assert official.get(url("x" * 43)).status_code == 404


def test_bad_input_loses_nothing_typed_and_uses_nothing_up(official: Client, token: str) -> None:
    response = answer(official, token, sender_name="", text="A long answer <b>")
    page = response.content.decode()
    assert response.status_code == 422
    assert "A long answer &lt;b&gt;" in page
    assert "Director" in page
    assert "Say who is writing." in page
    assert 'aria-invalid="true"' in page
    assert ReplyLink.objects.get().used_at is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Write an answer, add a file"),
        ({"text": "x" * 20_001}, "at most 20000 characters"),
        ({"text": "turned \u202e round"}, "characters that no page can show"),
        ({"sender_name": "x" * 201}, "at most 200 characters"),
    ],
)
def test_each_fault_is_said_beside_its_field(
    official: Client, token: str, fields: dict[str, str], sentence: str
) -> None:
    response = answer(official, token, **fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()


@pytest.mark.parametrize("body", [b"<svg onload=alert(1)>", b"MZ\0", b""])
def test_a_file_that_is_not_kept_is_refused_and_the_rest_stays(official: Client, token: str, body: bytes) -> None:
    response = answer(official, token, file=SimpleUploadedFile("a.pdf", body, "application/pdf"))
    assert response.status_code == 422
    assert "This file cannot be taken" in response.content.decode()
    assert "1. The figure is right." in response.content.decode()


def test_a_file_alone_is_an_answer(official: Client, token: str) -> None:
    page = answer(official, token, text="", file=SimpleUploadedFile("คำตอบ.pdf", b"%PDF-1.7 x", "text/html"))
    assert "คำตอบ.pdf" in page.content.decode()
    assert str(ReceivedReply.objects.get().file.name).endswith(".pdf")


def test_what_is_far_too_large_is_not_even_read(official: Client, token: str) -> None:
    response = official.post(
        url(token), ANSWER, headers={"content-length": str(MOST_BYTES * 2)}, CONTENT_LENGTH=str(MOST_BYTES * 2)
    )
    assert response.status_code == 413
    assert ReplyLink.objects.get().used_at is None


def test_the_other_language_keeps_what_was_typed(official: Client, token: str) -> None:
    response = official.post(url(token, "th"), {"text": "คำตอบ ๑", "only_acknowledges": "on", "show": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "คำตอบ ๑" in page
    assert "checked" in page
    assert "โปรดระบุชื่อผู้ตอบ" not in page, "nothing is faulty yet"
    assert ReplyLink.objects.get().used_at is None


@override_settings(REPLY_REQUESTS_PER_MINUTE=3)
def test_one_address_asks_only_so_often_and_a_household_counts_as_one(official: Client, token: str) -> None:
    """Two minutes may meet in a test; seven requests are too many for both."""
    numbers = [official.get(url(token), REMOTE_ADDR=f"2001:db8:1:2::{n}").status_code for n in range(1, 8)]
    assert 429 in numbers
    assert numbers[0] == 200
    assert official.get(url(token), REMOTE_ADDR="2001:db8:1:3::1").status_code == 200
    refused = official.get(url(token), REMOTE_ADDR="2001:db8:1:2::9")
    assert refused.headers["Retry-After"] == "60"
    assert refused.headers["Cache-Control"] == "no-store"


def test_no_log_holds_a_token(official: Client, token: str) -> None:
    """Django writes the path of every 4xx; granian's access log is off."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(SecretPaths())
    logging.getLogger("django.request").addHandler(handler)
    try:
        receipt = answer(official, token).redirect_chain[0][0]
        official.get(url(token))
        official.get(receipt[:-3] + "x/")
        official.delete(url(token))
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    settings = logging_settings("INFO", formatter="json")
    assert [settings["filters"][name] for name in settings["handlers"]["stderr"]["filters"]] == [{"()": SecretPaths}]
    lines = [json.loads(line)["message"] for line in written.getvalue().splitlines()]
    assert "Gone: /en/reply/…/" in lines
    assert token not in written.getvalue()
    assert receipt.split("/")[-2][:20] not in written.getvalue()
