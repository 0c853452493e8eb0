"""What published claims say about a budget line."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db.models import Q

from claims.models.published_item import PublishedItem
from claims.vocabulary import ItemKind, PublicState

from .reading import MOST_ITEMS


def figures_naming(line: UUID) -> list[tuple[str, dict[str, Any]]]:
    """(claim's slug, FIGURE object) of live editions of claims that name a line, newest first; at most 200."""
    found = (
        PublishedItem.objects.filter(refs__contains=[line], kind=ItemKind.FIGURE, edition__status__isnull=False)
        .exclude(Q(edition__status__state=PublicState.RETRACTED) | Q(edition__text__body=""))
        .order_by("-edition__status__published_at", "-edition_id", "position")
        .values_list("edition__slug", "body")
    )
    return [(slug, json.loads(body)) for slug, body in found[:MOST_ITEMS]]
