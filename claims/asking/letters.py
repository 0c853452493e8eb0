"""Verbs of letters that are not delivered yet: prepare one, change its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max

from budgets.texts import faults
from claims.asking import wording
from claims.asking.deadline import day_of
from claims.asking.words import LetterState
from claims.authorship import refuse_interested
from claims.intake import sentences
from claims.models.asking import RequestLetter
from claims.models.claim import Claim
from claims.models.people import Office
from claims.vocabulary import AssertionKind, Channel, Language
from ledger.recording import record

_NUMBERS = 20_260_501  # of the advisory lock under which numbers are given; the second key is the year
# Columns that no person fills in.
_MACHINES = ("send_due_at", "lease_token", "lease_until", "sent_at", "failed_at", "request")
_TAKE_TURN = "SELECT pg_advisory_xact_lock(%s, %s)"


class LetterRefused(Exception):
    """A letter cannot be written, changed or sent; carries one sentence per fault."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


@dataclass(frozen=True, slots=True)
class Wording:
    """What people may change while a letter is a draft."""

    to_name: str
    to_address: str
    subject: str
    body: str
    working_days: int


def prepare_letter(
    *,
    claim: Claim,
    office: Office,
    lang: Language,
    channel: Channel = Channel.EMAIL,
    working_days: int = 15,
    by: User,
    now: datetime,
) -> RequestLetter:
    """Write the draft of a letter with the next number of the year. Raises `LetterRefused` or `Frozen`.

    Numbers run without a gap: who prepares at the same moment waits for the other to commit, and a number that was
    not committed is given again. A letter is never deleted.
    """
    with transaction.atomic():
        refuse_interested(claim, by)
        year = day_of(now).year
        letter = RequestLetter(
            claim=claim,
            office=office,
            lang=lang,
            channel=channel,
            working_days=working_days,
            to_name=office.title_th if lang == Language.TH else office.title_en,
            to_address=office.email,
            subject=wording.subject_text(lang, _in(lang, claim, "heading")),
            body=_first_body(claim, lang),
            prepared_by=by,
            prepared_at=now,
            year=year,
            serial=_next_serial(year),
        )
        _refuse_faults(letter)
        letter.save(force_insert=True)
        letter.refresh_from_db(fields=["public_id"])
        _record("letter.prepared", letter, by)
    return letter


def revise_letter(*, letter: RequestLetter, to: Wording, by: User, now: datetime) -> RequestLetter:
    """Change the text of a draft, or of one that was given up. Raises `LetterRefused` in every other state."""
    with transaction.atomic():
        letter = locked(letter)
        refuse_interested(letter.claim, by)
        refuse_unless(letter, LetterState.DRAFT, LetterState.GIVEN_UP)
        letter.to_name, letter.to_address = to.to_name.strip(), to.to_address.strip()
        letter.subject, letter.body, letter.working_days = to.subject.strip(), to.body.strip(), to.working_days
        _refuse_faults(letter)
        letter.save(update_fields=["to_name", "to_address", "subject", "body", "working_days"])
        _record("letter.revised", letter, by)
    return letter


def state_of(letter: RequestLetter) -> LetterState:
    """Return where a letter stands."""
    if letter.request_id is not None:
        return LetterState.DELIVERED
    if letter.failed_at is not None:
        return LetterState.GIVEN_UP
    if letter.send_due_at is not None:
        return LetterState.RETRYING if letter.attempts else LetterState.QUEUED
    return LetterState.DRAFT


def locked(letter: RequestLetter) -> RequestLetter:
    """Return the letter as it stands, locked until the transaction ends."""
    related = ("claim", "office__agency__jurisdiction", "prepared_by")
    return RequestLetter.objects.select_for_update(of=("self",)).select_related(*related).get(pk=letter.pk)


def refuse_unless(letter: RequestLetter, *states: LetterState) -> None:
    """Raise `LetterRefused` when the letter stands anywhere else."""
    state = state_of(letter)
    if state not in states:
        raise LetterRefused([f"Letter {letter.number} is “{state.label.lower()}” by now; look at it again."])


def _next_serial(year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TURN, [_NUMBERS, year])
    last = RequestLetter.objects.filter(year=year).aggregate(last=Max("serial"))["last"]
    return int(last or 0) + 1


def _first_body(claim: Claim, lang: Language) -> str:
    questions = [
        (AssertionKind(assertion.kind), _in(lang, assertion, "text"))
        for assertion in claim.assertions.order_by("number")
    ]
    if not questions:
        raise LetterRefused(["The claim has no assertions yet, so there is nothing to ask about."])
    return wording.body_text(
        lang,
        heading=_in(lang, claim, "heading"),
        summary=_in(lang, claim, "summary"),
        questions=questions,
        contact=settings.CONTACT_EMAIL,
    )


def _in(lang: Language, row: object, field: str) -> str:
    return str(getattr(row, f"{field}_{lang}"))


def _refuse_faults(letter: RequestLetter) -> None:
    reasons: list[str] = []
    for name in ("to_name", "subject", "body"):
        reasons += [f"{name}: {fault}" for fault in faults(getattr(letter, name))]
    if letter.body.count("{link}") != 1:
        reasons.append("body: Put {link} where the one-time link is to stand, once.")
    reasons += [f"body: {mark} is none of the marks that are filled in." for mark in wording.unknown_marks(letter.body)]
    if "\n" in letter.subject or "\n" in letter.to_name:
        reasons.append("The subject and the name are one line each.")
    try:
        letter.full_clean(exclude=_MACHINES)
    except ValidationError as error:
        reasons += sentences(error)
    if reasons:
        raise LetterRefused(reasons)


def _record(verb: str, letter: RequestLetter, by: User) -> None:
    content = {"letter": letter.number, "user": str(by.pk)}
    record(verb, subject_kind="letter", subject_id=letter.public_id, content=content)
