"""Every query of the API. Only editions, their items and public statuses are read, never a draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.models.published_item import PublishedItem
from claims.vocabulary import ItemKind, SubjectKind

_EMPTY = Q(edition__text__body="")
_WITHHELD = Case(When(_EMPTY, then=Value(True)), default=Value(False), output_field=BooleanField())


def version() -> tuple[int, int]:
    """What lists depend on: the newest change of any status and the newest edition. Read it before the list."""
    newest = Edition.objects.order_by("-id").values("id")[:1]
    rows = PublicStatus.objects.order_by("-change_no")
    found = rows.values_list("change_no", Coalesce(Subquery(newest), 0))[:1]
    return next(iter(found), (0, 0))


# Claims and their statuses --------------------------------------------------------------------------------------------


def claim(slug: str) -> PublicStatus | None:
    """A published claim with its live edition and text."""
    return PublicStatus.objects.select_related("edition__text").defer("card").filter(slug=slug).first()


def claim_version(slug: str) -> tuple[Any, ...] | None:
    """What a claim's answer depends on: edition, version, change, observation, and whether the text is withheld."""
    fields = ("edition__number", "version", "change_no", "observed_at")
    return PublicStatus.objects.filter(slug=slug).annotate(withheld=_WITHHELD).values_list(*fields, "withheld").first()


def claim_edition(slug: str, number: int) -> Edition | None:
    """One edition of a claim with its text, live or not."""
    editions = Edition.objects.select_related("text")
    return editions.filter(subject_kind=SubjectKind.CLAIM, slug=slug, number=number).first()


def status(slug: str) -> tuple[str, tuple[Any, ...]] | None:
    """A status as it is served, and what it depends on."""
    fields = ("body", "version", "change_no", "observed_at")
    found = PublicStatus.objects.filter(slug=slug).values_list(*fields).first()
    return None if found is None else (found[0], found[1:])


def status_version(slug: str) -> tuple[Any, ...] | None:
    """What a status depends on: version, change and observation."""
    return PublicStatus.objects.filter(slug=slug).values_list("version", "change_no", "observed_at").first()


def newest_change(*, observations: bool) -> int:
    """The number of the newest change there is; 0 before the first."""
    column = "change_no" if observations else "content_change_no"
    return PublicStatus.objects.order_by(f"-{column}").values_list(column, flat=True).first() or 0


def changes(
    *, after: int, since: datetime | None, ids: Collection[UUID] | None, observations: bool, most: int
) -> list[tuple[int, str]]:
    """(change number, status as served) of what changed after a change number, in the order of the changes.

    Change numbers are taken under a lock that is held until the commit, so none appears below one already seen.
    """
    column = "change_no" if observations else "content_change_no"
    rows = PublicStatus.objects.filter(**{f"{column}__gt": after})
    if since is not None and observations:
        rows = rows.annotate(seen=Greatest("content_updated_at", "observed_at")).filter(seen__gte=since)
    elif since is not None:
        rows = rows.filter(content_updated_at__gte=since)
    if ids is not None:
        rows = rows.filter(claim_public_id__in=ids)
    return list(rows.order_by(column).values_list(column, "body")[:most])


def claims(
    filters: Mapping[str, Any], *, search: str | None, descending: bool, after: tuple[datetime, UUID] | None, most: int
) -> list[dict[str, Any]]:
    """Cards and statuses of published claims, retracted ones too, by first publication."""
    rows = PublicStatus.objects.annotate(withheld=_WITHHELD).filter(**filters)
    if search is not None:
        # A hidden heading must not be found by its words.
        rows = rows.filter(Q(heading_en__icontains=search) | Q(heading_th__icontains=search), withheld=False)
    if after is not None:
        moment, public_id = after
        beyond = "lt" if descending else "gt"
        # The redundant first condition is the one that an index can use.
        rows = rows.filter(**{f"published_at__{beyond}e": moment}).filter(
            Q(**{f"published_at__{beyond}": moment}) | Q(**{f"claim_public_id__{beyond}": public_id})
        )
    sign = "-" if descending else ""
    rows = rows.order_by(f"{sign}published_at", f"{sign}claim_public_id")
    fields = ("claim_public_id", "slug", "published_at", "card", "body", "withheld")
    return list(rows.values(*fields)[:most])


def in_dossier(slug: str) -> list[PublicStatus]:
    """The claims of a dossier by their number, those outside the numbering last."""
    narrow = ("body", "card", "sources", "history")
    rows = PublicStatus.objects.filter(dossier_slug=slug).annotate(withheld=_WITHHELD).defer(*narrow)
    return sorted(rows, key=lambda row: (row.number is None, row.number or 0, row.pk))


# Other subjects -------------------------------------------------------------------------------------------------------


def newest(kind: SubjectKind, slug: str) -> Edition | None:
    """The live edition of a dossier, person or agency with its text."""
    return Edition.objects.newest_of(kind, slug).first()


def newest_number(kind: SubjectKind, slug: str) -> tuple[Any, ...] | None:
    """What the answer about a dossier, person or agency depends on: edition number, and whether it is withheld."""
    withheld = Case(When(text__body="", then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = Edition.objects.filter(subject_kind=kind, slug=slug).order_by("-number")
    return rows.annotate(withheld=withheld).values_list("number", "withheld").first()


def subjects(kind: SubjectKind, *, before: UUID | None, most: int) -> list[Edition]:
    """Live editions of a kind with their texts, the newest subject first."""
    rows = Edition.objects.filter(subject_kind=kind).select_related("text")
    if before is not None:
        rows = rows.filter(subject_id__lt=before)
    return list(rows.order_by("-subject_id", "-number").distinct("subject_id")[:most])


def named(wanted: Mapping[SubjectKind, str | UUID]) -> dict[SubjectKind, tuple[UUID, str]] | None:
    """Ids and slugs of published subjects given by either; None when one of them is not published. One query."""
    condition = Q(pk__in=[])
    for kind, value in wanted.items():
        column = "subject_id" if isinstance(value, UUID) else "slug"
        condition |= Q(subject_kind=kind, **{column: value})
    rows = Edition.objects.filter(condition).order_by("subject_kind").distinct("subject_kind")
    found = {SubjectKind(kind): (pk, slug) for kind, pk, slug in rows.values_list("subject_kind", "subject_id", "slug")}
    return found if found.keys() == wanted.keys() else None


# Parts of editions ----------------------------------------------------------------------------------------------------


def items(
    kind: ItemKind, *, claim: str | UUID | None, refs: Sequence[UUID], after: UUID | None, most: int
) -> list[tuple[UUID, str]]:
    """(public id, body) of what live editions say, each id once, from the newest edition that fits."""
    rows = _readable(kind)
    if claim is not None:
        column = "subject_id" if isinstance(claim, UUID) else "slug"
        rows = rows.filter(edition__subject_kind=SubjectKind.CLAIM, **{f"edition__{column}": claim})
    if refs:
        rows = rows.filter(refs__contains=list(refs))
    if after is not None:
        rows = rows.filter(public_id__gt=after)
    return list(rows.once().values_list("public_id", "body")[:most])


def same_items(kind: ItemKind, ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """(public id, body) of some items in every live edition of a claim, by claim."""
    rows = _readable(kind).filter(public_id__in=ids, edition__subject_kind=SubjectKind.CLAIM)
    return list(rows.order_by("public_id", "edition__slug").values_list("public_id", "body"))


def items_of(editions: Collection[int], kind: ItemKind) -> list[tuple[int, str]]:
    """(edition, body) of what some editions published, in their order; nothing of withheld ones."""
    rows = PublishedItem.objects.filter(edition__in=editions, kind=kind).exclude(_EMPTY)
    return list(rows.order_by("edition_id", "position").values_list("edition_id", "body"))


def _readable(kind: ItemKind) -> Any:
    rows: QuerySet[PublishedItem] = PublishedItem.objects.filter(kind=kind).live().exclude(_EMPTY)
    return rows
