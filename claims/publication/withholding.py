"""A text is taken out for good (court order, privacy): one editor asks, another confirms, one SQL function erases."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.authorship import lock, subject_of
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.hiding import Withholding
from claims.publication.hiding import HIDERS
from claims.publication.sight import both_reasons, locked_status, refuse_others, tell
from claims.review.moving import NotAllowed, actor
from ledger.recording import record


def ask_withholding(*, edition: Edition, reason: tuple[str, str], by: User, now: datetime) -> Withholding:
    """Ask, as an editor, that the text of an edition is erased; asking again replaces what was asked.

    `reason` in English and Thai is what readers see in its place. Raises `NotAllowed`.
    """
    with transaction.atomic():
        claim = _lock(edition, by)
        en, th = both_reasons(reason)
        found = Withholding.objects.filter(edition=edition).first() or Withholding(edition=edition)
        if found.confirmed_at is not None:
            raise NotAllowed(["Its text is withheld already."])
        found.reason_en, found.reason_th, found.asked_by, found.asked_at = en, th, by, now
        found.save()
        _record("withholding_asked", found, claim, by)
    return found


def confirm_withholding(*, withholding: Withholding, by: User, now: datetime, seen: datetime | None = None) -> Edition:
    """Agree, as another editor, and erase the text: the document, its parts and every copy in lists.

    Number, digest, dates and reason stay; nothing brings the text back. `seen` is `asked_at` of the request that was
    before the person's eyes. Raises `NotAllowed`.
    """
    with transaction.atomic():
        claim = _lock(withholding.edition, by)
        found = Withholding.objects.select_related("edition").get(pk=withholding.pk)
        if found.confirmed_at is not None:
            raise NotAllowed(["Its text is withheld already."])
        if found.asked_by_id == by.pk:
            raise NotAllowed(["You asked for it: another editor confirms it."])
        if seen is not None and seen != found.asked_at:
            raise NotAllowed(["It was asked for with other words since you opened this page: read them first."])
        locked_status(claim)
        found.confirmed_by, found.confirmed_at = by, now
        found.save(update_fields=["confirmed_by", "confirmed_at"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT claims_withhold(%s)", [found.pk])
        # The change is numbered whatever the edition is of, so that no list answers that nothing has changed.
        tell(locked_status(claim), now=now)
        _record("withheld", found, claim, by)
    return found.edition


def _lock(edition: Edition, by: User) -> Claim:
    """Lock the claim whose revision made the edition: everybody who acts on its public row waits for that lock."""
    claim = edition.review.claim
    lock([subject_of(claim)])
    refuse_others(claim, by, HIDERS)
    return claim


def _record(verb: str, withholding: Withholding, claim: Claim, by: User) -> None:
    withholding.refresh_from_db(fields=["public_id"])
    edition = withholding.edition
    record(
        f"edition.{verb}",
        subject_kind=edition.subject_kind,
        subject_id=edition.subject_id,
        refs={
            "edition": str(edition.public_id),
            "number": str(edition.number),
            "digest": edition.digest,
            "claim": str(claim.public_id),
        },
        content={**actor(by), "reason_en": withholding.reason_en},
    )
