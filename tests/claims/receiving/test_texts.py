"""What is pasted is kept word for word, an address waits for a worker, and a text is put aside with a reason."""

import pytest

from claims.candidates.candidate import MOST_CHARACTERS
from claims.models.intake_text import IntakeText
from claims.outbound.policy import Policy
from claims.receiving.texts import NotReceived, discard, receive_text, receive_url
from claims.vocabulary import IntakeState
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import NOW

pytestmark = pytest.mark.django_db


def _receive(cast: Cast, text: str, **fields: str) -> IntakeText:
    return receive_text(text=text, policy=Policy(), by=cast.contributor, now=NOW, **fields)


def test_a_pasted_text_is_kept_word_for_word(cast: Cast) -> None:
    text = _receive(cast, "  The app\r\ncost 5 million.\u200b\n", url="https://news.example.org/a", title=" A story ")
    text.refresh_from_db()
    assert (text.text, text.state, text.lang) == ("  The app\ncost 5 million.\u200b\n", IntakeState.READ, "en")
    assert (text.url, text.title) == ("https://news.example.org/a", "A story")
    assert (text.received_by, text.received_at, text.fetch_due_at) == (cast.contributor, NOW, None)


def test_a_letter_that_no_database_stores_is_left_out(cast: Cast) -> None:
    assert _receive(cast, "แอป\x00ราคา \ud800 5 ล้านบาท").text == "แอปราคา  5 ล้านบาท"


def test_an_address_waits_for_a_worker(cast: Cast) -> None:
    text = receive_url(url=" https://news.example.org/b ", policy=Policy(), by=cast.contributor, now=NOW)
    text.refresh_from_db()
    assert (text.url, text.state, text.fetch_due_at) == ("https://news.example.org/b", IntakeState.WAITING, NOW)


@pytest.mark.parametrize(
    ("text", "url", "sentence"),
    [
        (" \n ", "", "There is no text"),
        ("a" * (MOST_CHARACTERS + 1), "", "at most 50,000 are read at once"),
        ("The app cost 5 million.", "http://127.0.0.1/a", "leads back to this machine"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_in_a_sentence(cast: Cast, text: str, url: str, sentence: str) -> None:
    with pytest.raises(NotReceived, match=sentence):
        _receive(cast, text, url=url)
    assert not IntakeText.objects.exists()


@pytest.mark.parametrize("url", ["", "ftp://news.example.org/a", "http://10.0.0.1/", "http://localhost/", "x" * 9_000])
def test_an_address_that_is_never_fetched_is_refused(cast: Cast, url: str) -> None:
    with pytest.raises(NotReceived):
        receive_url(url=url, policy=Policy(), by=cast.contributor, now=NOW)


def test_an_address_that_is_too_long_to_watch_is_refused(cast: Cast) -> None:
    with pytest.raises(NotReceived, match="2,000 characters"):
        receive_url(url=f"https://news.example.org/{'a' * 2_000}", policy=Policy(), by=cast.contributor, now=NOW)


def test_a_text_is_put_aside_with_a_reason_and_stays_readable(cast: Cast) -> None:
    text = receive_url(url="https://news.example.org/c", policy=Policy(), by=cast.contributor, now=NOW)
    discard(text=text, reason=" Nothing to check. ", by=cast.reviewer, now=NOW)
    text.refresh_from_db()
    assert (text.state, text.discard_reason, text.done_by) == (IntakeState.DONE, "Nothing to check.", cast.reviewer)
    assert text.fetch_due_at is None


@pytest.mark.parametrize("reason", ["", "  ", "a" * 301])
def test_a_text_is_not_put_aside_without_a_short_reason(cast: Cast, reason: str) -> None:
    text = _receive(cast, "The app cost 5 million.")
    with pytest.raises(NotReceived):
        discard(text=text, reason=reason, by=cast.reviewer, now=NOW)
    text.refresh_from_db()
    assert text.state == IntakeState.READ


def test_a_text_is_done_once_and_the_second_person_is_told_who_did_it(cast: Cast) -> None:
    text = _receive(cast, "The app cost 5 million.")
    discard(text=text, reason="An advertisement.", by=cast.reviewer, now=NOW)
    with pytest.raises(NotReceived, match="reviewer finished it at 2026-03-02 03:00 UTC"):
        discard(text=text, reason="Spam.", by=cast.editor, now=NOW)


def test_the_ledger_holds_who_took_what_in_and_not_its_words(cast: Cast) -> None:
    text = _receive(cast, "The app cost 5 million.")
    discard(text=text, reason="An advertisement.", by=cast.reviewer, now=NOW)
    entries = Entry.objects.filter(subject_kind="intake", subject_id=str(text.public_id)).order_by("index")
    assert [entry.verb for entry in entries] == ["intake.received", "intake.discarded"]
    assert not any("million" in entry.leaf for entry in entries)
