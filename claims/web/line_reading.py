"""What published claims say about a budget line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from claims.models.published_item import PublishedItem
from claims.vocabulary import ItemKind, PublicState

from .reading import MOST_ITEMS


@dataclass(frozen=True, slots=True)
class Named:
    """Where live editions name a line: slugs of claims, newest first, and the FIGURE objects among what names it."""

    claims: tuple[str, ...]
    figures: tuple[dict[str, Any], ...]


def named_by_claims(line: UUID) -> Named:
    """What live editions say about a line, as a figure or as an operand of a check: one query, at most 200 rows."""
    found = (
        PublishedItem.objects.filter(
            refs__contains=[line], kind__in=(ItemKind.FIGURE, ItemKind.ASSERTION), edition__status__isnull=False
        )
        .exclude(Q(edition__status__state=PublicState.RETRACTED) | Q(edition__text__body=""))
        .order_by("-edition__status__published_at", "-edition_id", "kind", "position")
        .values_list("edition__slug", "kind", "body")
    )
    rows = list(found[:MOST_ITEMS])
    figures: dict[str, dict[str, Any]] = {}
    for _, kind, body in rows:
        if kind == ItemKind.FIGURE:
            figure = json.loads(body)
            figures.setdefault(figure["id"], figure)
    return Named(tuple(dict.fromkeys(slug for slug, _, _ in rows)), tuple(figures.values()))
