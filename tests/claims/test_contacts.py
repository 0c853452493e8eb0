"""The log of contacts and private notes: whole, true, by people without a tie, and nowhere but at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from claims.authorship import Conflicted
from claims.contacts import ContactRefused, log_contact, write_note
from claims.documents.bundle import build
from claims.models.claim import Claim
from claims.models.contact import Contact, PrivateNote
from claims.models.interest import Interest
from claims.review.interests import declare_interest
from claims.vocabulary import Channel, InterestKind
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review
from tests.factories.nouns import PersonFactory

WORDS = "He called from a number that we keep to ourselves"


def contact(claim: Claim, **fields: Any) -> Contact:
    return Contact(**{"claim": claim, "channel": Channel.PHONE, "summary": WORDS, "happened_at": NOW} | fields)


def test_a_contact_is_kept_and_the_ledger_holds_none_of_its_words(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    kept = log_contact(contact=contact(claim, letter_number="SSO 12/2569"), by=cast.reviewer, now=NOW)
    assert (Contact.objects.get(), kept.by, kept.at) == (kept, cast.reviewer, NOW)
    entry = Entry.objects.select_related("content").latest("index")
    assert (entry.verb, entry.subject_id) == ("contact.logged", str(kept.public_id))
    assert entry.refs == {"claim": str(claim.public_id)}
    assert entry.content.content == {"user": str(cast.reviewer.pk)}


def test_a_note_is_kept_and_the_ledger_holds_none_of_its_words(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    kept = write_note(note=PrivateNote(claim=claim, text=f"  {WORDS}\n"), by=cast.contributor, now=NOW)
    assert PrivateNote.objects.get().text == WORDS
    entry = Entry.objects.select_related("content").latest("index")
    assert (entry.verb, entry.subject_id) == ("private_note.written", str(kept.pk))
    assert entry.content.content == {"user": str(cast.contributor.pk)}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"summary": "  "}, "summary"),
        ({"channel": "pigeon"}, "channel"),
        ({"happened_at": NOW + timedelta(minutes=1)}, "not happened yet"),
    ],
)
def test_what_is_not_whole_or_not_true_yet_is_refused(cast: Cast, fields: dict[str, Any], why: str) -> None:
    claim = draft_claim(by=cast.contributor)
    before = Entry.objects.count()
    with pytest.raises(ContactRefused, match=why):
        log_contact(contact=contact(claim, **fields), by=cast.reviewer, now=NOW)
    assert (Contact.objects.count(), Entry.objects.count()) == (0, before)


def test_an_empty_note_is_refused(cast: Cast) -> None:
    with pytest.raises(ContactRefused, match="text"):
        write_note(note=PrivateNote(claim=draft_claim(by=cast.contributor), text=" \n"), by=cast.reviewer, now=NOW)


def test_who_has_a_tie_to_the_claimant_logs_and_notes_nothing(cast: Cast) -> None:
    person = PersonFactory.create()
    claim = draft_claim(by=cast.contributor, person=person)
    tie = Interest(user=cast.reviewer, person=person, kind=InterestKind.PARTY)
    declare_interest(interest=tie, by=cast.reviewer, now=NOW)
    with pytest.raises(Conflicted):
        log_contact(contact=contact(claim), by=cast.reviewer, now=NOW)
    with pytest.raises(Conflicted):
        write_note(note=PrivateNote(claim=claim, text=WORDS), by=cast.reviewer, now=NOW)
    assert not Contact.objects.exists()
    assert not PrivateNote.objects.exists()


def test_no_document_holds_a_contact_or_a_note_and_nobody_becomes_an_author(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    before = build(open_review(claim)).content_hash
    log_contact(contact=contact(claim), by=cast.reviewer, now=NOW)
    write_note(note=PrivateNote(claim=claim, text=WORDS), by=cast.reviewer, now=NOW)
    bundle = build(open_review(claim))
    assert bundle.content_hash == before
    assert WORDS not in str(bundle)
    assert not open_review(claim).authors.filter(user=cast.reviewer).exists()


def test_the_log_is_never_changed(cast: Cast) -> None:
    log_contact(contact=contact(draft_claim(by=cast.contributor)), by=cast.reviewer, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.update(summary="Another story")
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.all().delete()
