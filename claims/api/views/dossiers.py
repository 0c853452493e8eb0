"""Dossiers: the list, and one with its answer matrix."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from claims.api import cursors, reading
from claims.api.base import Answer, Operation, PublicView, Version, not_published, read_cursor, url
from claims.api.envelopes import address, document, edition_line, page, pages, withheld
from claims.api.parameters import CURSOR, LIMIT
from claims.api.splicing import JsonText, members, text
from claims.api.wording import Both
from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.vocabulary import ItemKind, SubjectKind

_IN_LISTS = ("title", "summary", "period", "as_reported_on", "claimants", "agencies")


class Dossiers(PublicView):
    """Published dossiers."""

    operation = Operation(
        id="dossiers",
        tag="Dossiers",
        summary=Both("List dossiers", "รายการแฟ้มประเด็น"),
        about=Both("Every published dossier, the newest first.", "แฟ้มประเด็นที่เผยแพร่ทั้งหมด เรียงจากใหม่ไปเก่า"),
        answer="DossierPage",
        parameters=(LIMIT, CURSOR),
    )

    def check(self, query: Mapping[str, Any]) -> None:
        """A cursor of another list is refused."""
        self._before(query)

    def version(self, query: Mapping[str, Any], **path: Any) -> Version | None:
        """One narrow row."""
        return reading.version()

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """Two queries."""
        version, limit = reading.version(), query["limit"]
        rows = reading.subjects(SubjectKind.DOSSIER, before=self._before(query), most=limit + 1)
        cursor = cursors.encode("dossier", rows[limit - 1].subject_id) if len(rows) > limit else None
        return page(self.request, [_line(edition) for edition in rows[:limit]], cursor, version)

    def _before(self, query: Mapping[str, Any]) -> UUID | None:
        found = read_cursor(query["cursor"], "dossier", cursors.identifier)
        return found[0] if found else None


class Dossier(PublicView):
    """A dossier with its answer matrix."""

    operation = Operation(
        id="dossier",
        tag="Dossiers",
        summary=Both("Read a dossier", "อ่านแฟ้มประเด็น"),
        about=Both(
            "The document of the live edition and the answer matrix: a row per numbered claim, a cell per statement "
            "of officials. Claims outside our numbering stand in `beside`. The numbering is ours, not the speaker's.",
            "เอกสารของฉบับปัจจุบันและตารางคำชี้แจงรายประเด็น หนึ่งแถวต่อคำกล่าวอ้างที่มีลำดับ หนึ่งช่องต่อคำชี้แจง "
            "คำกล่าวอ้างที่ไม่อยู่ในลำดับอยู่ใน `beside` การแบ่งและเรียงลำดับประเด็นเป็นของตามรอย ไม่ใช่ของผู้กล่าว",
        ),
        answer="DossierAnswer",
        path={"slug": "sso-budget-2025"},
    )

    def version(self, query: Mapping[str, Any], **path: Any) -> Version | None:
        """Two narrow rows."""
        own = reading.newest_number(SubjectKind.DOSSIER, path["slug"])
        return None if own is None else (*own, *reading.version())

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """Four queries, however many claims and statements."""
        slug: str = path["slug"]
        changes = reading.version()
        edition = reading.newest(SubjectKind.DOSSIER, slug)
        if edition is None:
            raise not_published(slug)
        statuses = reading.in_dossier(slug)
        cells = _cells(statuses)
        responses = json.loads(edition.text.body)["responses"] if edition.text.body else []
        columns = [response["id"] for response in responses]
        body = members(
            id=text(str(edition.subject_id)),
            slug=text(slug),
            edition=text(edition_line(edition)),
            withheld=text(withheld(edition)),
            matrix=text(
                {
                    "responses": columns,
                    "rows": [
                        {"claim": _row(status), "cells": [_cell(cells, status, column) for column in columns]}
                        for status in statuses
                        if status.number is not None
                    ],
                }
            ),
            beside=text([_row(status) for status in statuses if status.number is None]),
            links=text(_links(slug)),
            document=document(edition),
        )
        return Answer(body, (edition.number, not edition.text.body, *changes))


def _line(edition: Edition) -> JsonText:
    """A dossier in the list."""
    published = json.loads(edition.text.body) if edition.text.body else None
    shown = {name: published[name] if published else None for name in _IN_LISTS}
    line = {"id": str(edition.subject_id), "slug": edition.slug, **shown, "edition": edition_line(edition)}
    return text({**line, "withheld": withheld(edition), "links": _links(edition.slug)})


def _links(slug: str) -> dict[str, Any]:
    return {
        "self": url(address("dossier", slug)),
        "html": pages("dossier", slug),
        **{name: url(f"/api/v1/{name}/", dossier=slug) for name in ("claims", "responses", "figures", "evidence")},
    }


def _row(status: PublicStatus) -> dict[str, Any]:
    hidden = getattr(status, "withheld", False)
    return {
        "id": str(status.claim_public_id),
        "slug": status.slug,
        "number": status.number,
        "heading": None if hidden else {"en": status.heading_en, "th": status.heading_th},
        "state": status.state,
        "rating": status.rating,
        "url": url(address("claim", status.slug)),
    }


def _cells(statuses: Sequence[PublicStatus]) -> dict[tuple[int, str], dict[str, Any]]:
    items = reading.items_of([status.edition_id for status in statuses], ItemKind.RESPONSE)
    bodies = [(edition, json.loads(body)) for edition, body in items]
    return {(edition, body["id"]): body for edition, body in bodies}


def _cell(cells: Mapping[tuple[int, str], Mapping[str, Any]], status: PublicStatus, response: str) -> dict[str, Any]:
    """What one statement says about one claim; nulls where nobody has judged it."""
    found = cells.get((status.edition_id, response))
    return {
        "response_id": response,
        "coverage": found["strongest"] if found else None,
        "stance": found["stance"] if found else None,
        "parts": found["coverage"] if found else [],
    }
