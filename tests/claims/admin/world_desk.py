"""The rows around a claim that the desk alone knows: letters, contacts, ties, and what was declined or moved."""

from __future__ import annotations

from datetime import timedelta

from claims.asking.letters import prepare_letter
from claims.asking.links import make_link
from claims.asking.replying import Sent, receive_reply
from claims.contacts import log_contact, write_note
from claims.models.claim import Claim
from claims.models.contact import Contact, PrivateNote
from claims.models.desk import Alert
from claims.models.hiding import Hiding
from claims.models.interest import Interest
from claims.models.redirect import Redirect
from claims.models.response import ResponseRequest
from claims.outbound.policy import Policy
from claims.receiving.texts import receive_text
from claims.review.interests import declare_interest
from claims.review.routing import decline
from claims.vocabulary import AlertKind, Channel, DeclineReason, InterestKind, Language, SubjectKind
from tests.factories.cast import Cast, UserFactory
from tests.factories.claims import NOW, draft_claim, open_review
from tests.factories.nouns import OfficeFactory, PersonFactory

_WHY = ("It concerns a private matter.", "เป็นเรื่องส่วนตัว")


def fill_desk(cast: Cast, claim: Claim, request: ResponseRequest, number: int) -> None:
    """Add one of each to a published claim and a delivered request of it."""
    _asking(cast, claim, request)
    _people(cast, claim)
    receive_text(text=f"MP says {number} baht.", policy=Policy(), by=cast.contributor, now=NOW)
    draft = draft_claim(by=cast.contributor)
    decline(review=open_review(draft), code=DeclineReason.TOO_SMALL, reason=_WHY, by=cast.reviewer, now=NOW)
    Redirect.objects.create(
        kind=SubjectKind.CLAIM, old_slug=f"old-{number}", new_slug=claim.slug, by=cast.editor, at=NOW
    )
    Alert.objects.create(
        user=cast.editor, kind=AlertKind.values[0], key=f"key-{number}", subject="News", text="Text.", made_at=NOW
    )
    Hiding.objects.create(claim=claim, reason_en=_WHY[0], reason_th=_WHY[1], by=cast.editor, at=NOW)


def _asking(cast: Cast, claim: Claim, request: ResponseRequest) -> None:
    office = OfficeFactory.create(email="office@agency.example")
    prepare_letter(claim=claim, office=office, lang=Language.EN, channel=Channel.EMAIL, by=cast.contributor, now=NOW)
    made = make_link(request=request, expires_at=NOW + timedelta(days=80), by=cast.contributor, now=NOW)
    receive_reply(token=made.token, sent=Sent("Somchai", "Director", "Yes.", only_acknowledges=False), now=NOW)


def _people(cast: Cast, claim: Claim) -> None:
    tie = Interest(user=UserFactory.create(), person=PersonFactory.create(), kind=InterestKind.FAMILY)
    declare_interest(interest=tie, by=cast.editor, now=NOW)
    contact = Contact(claim=claim, channel=Channel.PHONE, summary="She will call back.", happened_at=NOW)
    log_contact(contact=contact, by=cast.contributor, now=NOW)
    write_note(note=PrivateNote(claim=claim, text="Ask again."), by=cast.contributor, now=NOW)
