"""Every query of the public pages. Only editions, their items and public statuses are read, never a draft."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.models.published_item import PublishedItem
from claims.vocabulary import EditionKind, ItemKind, PublicState, SubjectKind

_NARROW = ("body", "sources", "history")
_WITHHELD = Case(When(edition__text__body="", then=Value(True)), default=Value(False), output_field=BooleanField())
MOST_ITEMS = 200


def claim(slug: str) -> PublicStatus | None:
    """A published claim with its live edition and text, in one query."""
    return PublicStatus.objects.select_related("edition__text").defer("body", "card").filter(slug=slug).first()


def claim_version(slug: str) -> tuple[Any, ...] | None:
    """What a claim's page depends on, without its text: edition, version, change, observation, whether withheld."""
    fields = ("edition__number", "version", "change_no", "observed_at")
    return PublicStatus.objects.filter(slug=slug).annotate(withheld=_WITHHELD).values_list(*fields, "withheld").first()


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
    """What some editions published, in their order; nothing of a withheld one."""
    found = PublishedItem.objects.filter(edition__in=list(editions), kind__in=kinds).exclude(edition__text__body="")
    return found.order_by("edition_id", "position")


def items_naming(subject: UUID) -> list[tuple[str, str, dict[str, Any]]]:
    """(kind, claim's slug, body) of what live editions say about a person or agency, newest first; the newest 200."""
    found = (
        PublishedItem.objects.filter(
            refs__contains=[subject],
            kind__in=(ItemKind.CLAIM, ItemKind.RESPONSE, ItemKind.FIGURE),
            edition__status__isnull=False,
        )
        .exclude(Q(edition__status__state=PublicState.RETRACTED) | Q(edition__text__body=""))
        .order_by("-edition__status__published_at", "-edition_id", "position")
        .values_list("kind", "edition__slug", "body")
    )
    return [(kind, slug, json.loads(body)) for kind, slug, body in found[:MOST_ITEMS]]


def by_slugs(slugs: Iterable[str]) -> dict[str, PublicStatus]:
    """Published claims by slug."""
    return {status.slug: status for status in statuses().filter(slug__in=set(slugs))}


def corrections() -> QuerySet[Edition]:
    """Every correction and retraction, newest first."""
    return Edition.objects.filter(Q(kind=EditionKind.CORRECTION) | Q(kind=EditionKind.RETRACTION))


def document(edition: Edition) -> dict[str, Any] | None:
    """The frozen document; None when it is withheld."""
    body = edition.text.body
    return json.loads(body) if body else None
