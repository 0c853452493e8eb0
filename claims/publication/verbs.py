"""Publishing: the approved text becomes an edition that never changes, and the claim's status points at it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import cast

from django.contrib.auth.models import User
from django.db import transaction

from budgets.collation import sort_key_en, sort_key_th
from claims.authorship import newest_edition
from claims.documents.bundle import Document
from claims.documents.parts import Json
from claims.flags import resolve_flags
from claims.models.edition import Edition, EditionText
from claims.models.public_status import PublicStatus
from claims.models.published_item import PublishedItem
from claims.models.review import ClaimReview
from claims.publication import status as living
from claims.publication.items import card, items_of
from claims.review.gates import faults
from claims.review.transitions import PUBLISH
from claims.review.verbs import NotAllowed, decide, lock_review, sentences
from claims.vocabulary import EditionKind, FlagCode, PublicState, SubjectKind
from ledger.recording import record


class NotPublishable(NotAllowed):
    """Publication was refused; carries the reasons and the broken gates."""


def publish(*, review: ClaimReview, by: User, now: datetime, seen: str | None = None) -> Edition:
    """Freeze an approved review as the claim's next edition and return it.

    Dossiers, people and agencies that it names get an edition of their own when their text changed: the approved
    hash covers them. Raises `NotAllowed` or `NotPublishable`.
    """
    with transaction.atomic():
        review, bundle = lock_review(review, PUBLISH, by, seen)
        broken = faults(review, bundle)
        if broken:
            raise NotPublishable(sentences(broken), broken)
        edition = _freeze(bundle.claim, review, by=by, now=now)
        for document in bundle.around:
            if _live_digest(document) != document.digest:
                _freeze(document, review, by=by, now=now)
        review.published_by = by
        decide(review, PUBLISH, by=by, now=now)
        note = f"Edition {edition.number} shows the findings as they are now."
        resolve_flags(code=FlagCode.FINDING_CHANGED, claim=review.claim, note=note, now=now)
        _point_status(edition, bundle.claim.body, review, now)
        record(
            "edition.published",
            subject_kind="claim",
            subject_id=bundle.claim.subject.id,
            refs={"edition": str(edition.public_id), "number": str(edition.number), "digest": edition.digest},
            content={"kind": edition.kind, "note_en": edition.note_en, "user": str(by.pk)},
        )
    return edition


def _freeze(document: Document, review: ClaimReview, *, by: User, now: datetime) -> Edition:
    number = newest_edition(document.subject) + 1
    is_claim = document.subject.kind is SubjectKind.CLAIM
    kind, note = _kind_and_note(review, number, is_claim=is_claim)
    edition = Edition.objects.create(
        subject_kind=document.subject.kind,
        subject_id=document.subject.id,
        slug=document.slug,
        number=number,
        kind=kind,
        note_en=note[0],
        note_th=note[1],
        digest=document.digest,
        published_at=now,
        review=review,
        approved_by=cast(User, review.approved_by),  # a constraint: no approved review is without one
        published_by=by,
    )
    edition.refresh_from_db(fields=["public_id"])
    name = document.body.get("name") or document.body.get("title") or document.body["heading"]
    EditionText.objects.create(
        edition=edition, body=document.text, sort_key_en=sort_key_en(name["en"]), sort_key_th=sort_key_th(name["th"])
    )
    if kind != EditionKind.RETRACTION:
        PublishedItem.objects.bulk_create(
            PublishedItem(
                edition=edition,
                kind=item.kind,
                public_id=item.public_id,
                position=item.position,
                refs=list(item.refs),
                body=item.body,
            )
            for item in items_of(document)
        )
    return edition


def _kind_and_note(review: ClaimReview, number: int, *, is_claim: bool) -> tuple[str, tuple[str, str]]:
    if number == 1:
        return EditionKind.INITIAL, ("", "")
    if is_claim:
        return review.kind, (review.note_en, review.note_th)
    slug = review.claim.slug
    note = (f"Updated together with the claim {slug}.", f"ปรับปรุงพร้อมกับคำกล่าวอ้าง {slug}")
    return EditionKind.UPDATE, note


def _live_digest(document: Document) -> str | None:
    live = Edition.objects.filter(subject_kind=document.subject.kind, subject_id=document.subject.id)
    return live.order_by("-number").values_list("digest", flat=True).first()


def _point_status(edition: Edition, body: Json, review: ClaimReview, now: datetime) -> PublicStatus:
    status = PublicStatus.objects.select_for_update().filter(claim=review.claim).first()
    if status is None:
        status = PublicStatus(claim=review.claim, claim_public_id=edition.subject_id, published_at=now)
    status.edition = edition
    status.slug = edition.slug
    status.state = PublicState.RETRACTED if edition.kind == EditionKind.RETRACTION else PublicState.LIVE
    status.dossier_slug = body["dossier"]["slug"] if body["dossier"] else ""
    status.number = body["number"]
    status.heading_en, status.heading_th = body["heading"]["en"], body["heading"]["th"]
    status.claimant_slugs = [claimant["person"]["slug"] for claimant in body["claimants"]]
    status.agency_slugs = [agency["slug"] for agency in body["agencies"]]
    status.card = json.dumps(card(body), ensure_ascii=False, separators=(",", ":"))
    status.history = [_history_line(edition, body), *status.history]
    around = living.read_surroundings([review.claim_id], [body])
    living.apply(status, body, around, now=now, is_edition=True)
    status.save()
    return status


def _history_line(edition: Edition, body: Json) -> Json:
    return {
        "number": edition.number,
        "kind": edition.kind,
        "note": {"en": edition.note_en, "th": edition.note_th},
        "published_at": edition.published_at.isoformat(),
        "rating": body["rating"]["code"],
        "digest": edition.digest,
        "persons": 2,
    }
