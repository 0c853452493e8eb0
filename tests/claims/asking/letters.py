"""Offices that can be asked, and letters to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from claims.asking.deadline import day_of
from claims.asking.letters import prepare_letter
from claims.asking.links import make_link
from claims.asking.sending import queue_letter, send_due
from claims.models.asking import RequestLetter
from claims.models.claim import Claim
from claims.models.people import Office
from claims.models.response import ResponseRequest
from claims.responses import send_request
from claims.vocabulary import AssertionKind, Channel, Language
from tests.factories.cast import Cast
from tests.factories.claims import draft_claim
from tests.factories.nouns import OfficeFactory

# A Tuesday; 15 working days later is Thursday 17 December, because 7 and 10 December are holidays.
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def make_office(**fields: Any) -> Office:
    """An office with an e-mail address."""
    given = {"email": "sso@agency.example", "title_en": "Secretary-General", "title_th": "เลขาธิการสำนักงานประกันสังคม"}
    office: Office = OfficeFactory.create(**(given | fields))
    return office


def make_claim(cast: Cast) -> Claim:
    """A claim with a figure and a rumour to ask about."""
    return draft_claim(by=cast.contributor, kinds=(AssertionKind.FIGURE, AssertionKind.RUMOUR), now=NOW)


def make_letter(cast: Cast, *, now: datetime = NOW, **fields: Any) -> RequestLetter:
    """The draft of an e-mail in English."""
    given: dict[str, Any] = {"lang": Language.EN, "channel": Channel.EMAIL}
    if "claim" not in fields:
        given["claim"] = make_claim(cast)
    if "office" not in fields:
        given["office"] = make_office()
    return prepare_letter(**(given | fields), by=cast.contributor, now=now)


def sent_letter(cast: Cast, *, now: datetime = NOW, **fields: Any) -> RequestLetter:
    """A letter that went out by e-mail."""
    letter = queue_letter(letter=make_letter(cast, now=now, **fields), by=cast.contributor, now=now)
    assert send_due(now=now) == 1
    letter.refresh_from_db()
    return letter


def asked_token(cast: Cast, *, now: datetime = NOW) -> tuple[ResponseRequest, str]:
    """A request that was logged without a letter, and the token of a link that the desk made for it."""
    request = ResponseRequest(claim=make_claim(cast), office=make_office(), asked_on=day_of(now))
    request = send_request(request=request, by=cast.contributor, now=now)
    made = make_link(request=request, expires_at=now + timedelta(days=80), by=cast.contributor, now=now)
    return request, made.token
