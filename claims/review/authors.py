"""Who wrote the shared rows that a revision shows: statements, sources, documents, figures and offices.

Every verb that writes such a row names its user in the ledger, so the ledger tells whose words they are, also when the
row was new and somebody else put it into the claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from claims.documents.bundle import Bundle
from claims.documents.parts import Json
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.people import Office
from ledger.models import Entry

_SHOWN = {"responses": "response", "figures": "figure", "source": "source", "document": "document"}


def authors_of_rows(claim: Claim, bundle: Bundle) -> set[int]:
    """Return the keys of all users who wrote a row that the bundle shows and no live edition of its subjects does.

    Whoever changes a row that is public already has written in its subjects and is found there.
    """
    live = Edition.objects.filter(subject_id__in=[subject.id for subject in bundle.subjects])
    newest = live.order_by("subject_id", "-number").distinct("subject_id")
    known = "".join(newest.values_list("text__body", flat=True))
    authors: set[int] = set()
    for kind, shown in _rows(claim, bundle).items():
        new = [subject for subject, words in shown.items() if words not in known]
        entries = Entry.objects.filter(Q(subject_id__in=new) | Q(refs__by__in=new), subject_kind=kind)
        users = entries.values_list("content__content__user", flat=True)
        authors.update(int(user) for user in users if user)
    return authors


def _rows(claim: Claim, bundle: Bundle) -> dict[str, dict[str, str]]:
    """Subject ids as the ledger has them, by kind, each with what documents show of the row (offices: the title)."""
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for document in bundle.documents:
        for kind, public_id in _ids(document.body):
            rows[kind][public_id] = public_id
    offices = Office.objects.filter(
        Q(tenures__person__claimed__claim=claim)
        | Q(pk__in=claim.claimants.values("office"))
        | Q(pk__in=claim.coverage.values("response__office"))
    )
    rows["office"] = {office.slug: office.title_en for office in offices.distinct()}
    return rows


def _ids(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if key in _SHOWN and "id" in value:
            yield _SHOWN[key], _id(value)
        for name, part in value.items():
            yield from _ids(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _ids(part, key)


def _id(ref: Json) -> str:
    return str(ref["id"])
