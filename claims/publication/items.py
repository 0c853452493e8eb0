"""Pure: the parts of a document that collections page through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from claims.documents.bundle import Document, refs_of_kind
from claims.documents.parts import Json
from claims.documents.responses import clearest, strongest
from claims.vocabulary import Coverage, ItemKind, SubjectKind

_UNMENTIONED = {Coverage.NOT_MENTIONED.value, Coverage.NOT_APPLICABLE.value}


@dataclass(frozen=True, slots=True)
class Item:
    """One part: its kind, public id, place in the document, whom it names, and its JSON."""

    kind: ItemKind
    public_id: UUID
    position: int
    refs: tuple[UUID, ...]
    body: str


def items_of(document: Document) -> Iterator[Item]:
    """Yield the items of a claim's or dossier's document; people and agencies have none."""
    body = document.body
    if document.subject.kind is SubjectKind.CLAIM:
        yield _item(ItemKind.CLAIM, card(body), 1, body)
        yield from (_item(ItemKind.RESPONSE, part, n, body) for n, part in enumerate(body["responses"], 1))
        yield from (_item(ItemKind.ASSERTION, part, n, body) for n, part in enumerate(body["assertions"], 1))
    if document.subject.kind in (SubjectKind.CLAIM, SubjectKind.DOSSIER):
        yield from (_item(ItemKind.EVIDENCE, part, n, body) for n, part in enumerate(body["evidence"], 1))
        yield from (_item(ItemKind.FIGURE, part, n, body) for n, part in enumerate(body["figures"], 1))


def card(body: Json) -> Json:
    """A claim in a list: no assertion stands in it, so that no rumour can."""
    return {
        "id": body["id"],
        "slug": body["slug"],
        "number": body["number"],
        "dossier_slug": body["dossier"]["slug"] if body["dossier"] else None,
        "heading": body["heading"],
        "claimants": [claimant["person"] for claimant in body["claimants"]],
        "agencies": body["agencies"],
        "rating": body["rating"]["code"],
        "strongest": strongest(response["strongest"] for response in body["responses"]),
        "stance": clearest(response["stance"] for response in body["responses"]),
    }


def mentioning(body: Json) -> list[Json]:
    """The responses of a claim's document that say anything about the claim."""
    return [response for response in body["responses"] if response["strongest"] not in _UNMENTIONED]


def _item(kind: ItemKind, part: Json, position: int, document: Json) -> Item:
    dossier: Any = document.get("dossier")
    named = refs_of_kind([part], "person") | refs_of_kind([part], "agency") | refs_of_kind([part], "line")
    if dossier:
        named.add(UUID(dossier["id"]))
    elif document["schema"].startswith("tamroi/dossier/"):
        named.add(UUID(document["id"]))
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
    return Item(kind, UUID(part["id"]), position, tuple(sorted(named)), text)
