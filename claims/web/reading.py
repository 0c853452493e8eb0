"""Every query of the public pages. Editions, their items, public statuses and what was declined; never a draft."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from claims.models.declined import Declined
from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.models.published_item import PublishedItem
from claims.vocabulary import EditionKind, ItemKind, PublicState, SubjectKind

_NARROW = ("body", "sources", "history")
# No text of these is shown: erased for good, or hidden for now.
_UNSEEN = Q(edition__text__body="") | Q(state=PublicState.HIDDEN)
_ITEM_UNSEEN = Q(edition__text__body="") | Q(edition__status__state=PublicState.HIDDEN)
_WITHHELD = Case(When(_UNSEEN, then=Value(True)), default=Value(False), output_field=BooleanField())
MOST_ITEMS = 200


def claim(slug: str) -> PublicStatus | None:
    """A published claim with its live edition and text, in one query."""
    return PublicStatus.objects.select_related("edition__text").defer("body", "card").filter(slug=slug).first()


def claim_version(slug: str) -> tuple[Any, ...] | None:
    """What a claim's page depends on, without its text: edition, version, change, observation, whether withheld."""
    fields = ("edition__number", "version", "change_no", "observed_at")
    return PublicStatus.objects.filter(slug=slug).annotate(withheld=_WITHHELD).values_list(*fields, "withheld").first()


def claim_standing(slug: str) -> tuple[int, str, dict[str, Any]] | None:
    """(number of the live edition, state, notices): what the page of an old edition needs to know of today."""
    return PublicStatus.objects.filter(slug=slug).values_list("edition__number", "state", "notices").first()


def clocks(slug: str) -> PublicStatus | None:
    """What the clocks of a claim's requests are computed from, and `withheld`."""
    fields = ("slug", "heading_en", "heading_th", "state", "requests", "version", "change_no", "content_updated_at")
    return PublicStatus.objects.filter(slug=slug).annotate(withheld=_WITHHELD).only(*fields).first()


def claim_edition(slug: str, number: int) -> Edition | None:
    """One edition of a claim with its text, live or not."""
    editions = Edition.objects.select_related("text")
    return editions.filter(subject_kind=SubjectKind.CLAIM, slug=slug, number=number).first()


def newest(kind: SubjectKind, slug: str) -> Edition | None:
    """The live edition of a dossier, person or agency with its text."""
    return Edition.objects.newest_of(kind, slug).first()


def live_editions(kind: SubjectKind) -> QuerySet[Edition]:
    """The live edition of every dossier, person or agency, with its text."""
    newer = Edition.objects.filter(subject_kind=kind, subject_id=OuterRef("subject_id"), number__gt=OuterRef("number"))
    return Edition.objects.filter(~Exists(newer), subject_kind=kind).select_related("text")


def statuses() -> QuerySet[PublicStatus]:
    """Published claims for lists: the columns of a card and of the axes, and `withheld`; without the documents."""
    return PublicStatus.objects.defer(*_NARROW).annotate(withheld=_WITHHELD)


def in_dossiers(slugs: Iterable[str]) -> list[PublicStatus]:
    """The claims of some dossiers, retracted ones too: numbered ones in their order, then those outside."""
    found = statuses().filter(dossier_slug__in=list(slugs))
    return list(found.select_related("edition").order_by("dossier_slug", "number", "id"))


def items_of(editions: Iterable[int], kinds: Sequence[ItemKind]) -> QuerySet[PublishedItem]:
    """What some editions published, in their order; nothing of a withheld one or of a hidden claim."""
    found = PublishedItem.objects.filter(edition__in=list(editions), kind__in=kinds).exclude(_ITEM_UNSEEN)
    return found.order_by("edition_id", "position")


def items_naming(subject: UUID) -> list[tuple[str, str, dict[str, Any]]]:
    """(kind, claim's slug, body) of what live editions say about a person or agency, newest first; the newest 200."""
    found = (
        PublishedItem.objects.filter(
            refs__contains=[subject],
            kind__in=(ItemKind.CLAIM, ItemKind.RESPONSE, ItemKind.FIGURE),
            edition__status__isnull=False,
        )
        .exclude(Q(edition__status__state=PublicState.RETRACTED) | _ITEM_UNSEEN)
        .order_by("-edition__status__published_at", "-edition_id", "position")
        .values_list("kind", "edition__slug", "body")
    )
    return [(kind, slug, json.loads(body)) for kind, slug, body in found[:MOST_ITEMS]]


def by_slugs(slugs: Iterable[str]) -> dict[str, PublicStatus]:
    """Published claims by slug."""
    return {status.slug: status for status in statuses().filter(slug__in=set(slugs))}


def corrections() -> QuerySet[Edition]:
    """Every correction and retraction; `withheld` tells that its text, and so its note, is not shown."""
    found = Edition.objects.filter(Q(kind=EditionKind.CORRECTION) | Q(kind=EditionKind.RETRACTION))
    empty = Case(When(text__body="", then=Value(True)), default=Value(False), output_field=BooleanField())
    return found.annotate(withheld=empty)


def declined() -> QuerySet[Declined]:
    """What we do not check, as it was made public, without the claims behind it and those who declined them."""
    return Declined.objects.only("heading_en", "heading_th", "code", "reason_en", "reason_th", "declined_at")


def document(edition: Edition) -> dict[str, Any] | None:
    """The frozen document; None when it is withheld."""
    body = edition.text.body
    return json.loads(body) if body else None
