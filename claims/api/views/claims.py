"""Claims: the list, one with its edition, and its status alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from claims.api import cursors, reading
from claims.api.base import Answer, Operation, PublicView, Version, not_published, read_cursor, url
from claims.api.envelopes import address, document, edition_line, page, pages, withheld, zulu
from claims.api.parameters import CURSOR, LIMIT, code, one_of, slug_or_id, whole_number, words
from claims.api.problems import NOT_FOUND, Problem
from claims.api.splicing import JsonText, array, extended, members, text
from claims.api.wording import Both
from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.vocabulary import Coverage, PublicState, Rating, RequestState, SubjectKind

_SLUG = {"slug": "web-app-development"}
_NONE = array([])


class Claims(PublicView):
    """Published claims, by first publication."""

    operation = Operation(
        id="claims",
        tag="Claims",
        summary=Both("List claims", "รายการคำกล่าวอ้าง"),
        about=Both(
            "Every published claim with its card and its status. Retracted claims stay in the list and say so in "
            "`status.state`; of a withheld one, only the address and the status are shown.",
            "คำกล่าวอ้างที่เผยแพร่ทั้งหมด พร้อมข้อมูลย่อและสถานะ รายการที่ถอนแล้วยังอยู่ในรายการและระบุไว้ใน `status.state` "
            "ส่วนรายการที่ระงับการแสดงเนื้อหาจะแสดงเฉพาะที่อยู่และสถานะ",
        ),
        answer="ClaimPage",
        parameters=(
            slug_or_id(
                "dossier",
                Both("Claims of this dossier (slug or id).", "เฉพาะแฟ้มประเด็นนี้ (slug หรือ id)"),
                example="sso-budget-2025",
            ),
            slug_or_id("claimant", Both("Claims of this person (slug or id).", "เฉพาะผู้กล่าวคนนี้ (slug หรือ id)")),
            slug_or_id("agency", Both("Claims about this agency (slug or id).", "เฉพาะที่เกี่ยวกับหน่วยงานนี้ (slug หรือ id)")),
            code("rating", Rating, Both("Any of these ratings.", "ผลการตรวจสอบ เลือกได้หลายค่า")),
            code(
                "response",
                Coverage,
                Both(
                    "Any of these as the strongest answer that officials gave in public.",
                    "ระดับคำตอบสูงสุดที่ผู้เกี่ยวข้องชี้แจงต่อสาธารณะ เลือกได้หลายค่า",
                ),
                also=("none",),
            ),
            code(
                "request",
                RequestState,
                Both("Any of these as the state of our own request.", "สถานะคำขอของตามรอย เลือกได้หลายค่า"),
            ),
            code("state", PublicState, Both("Any of these states.", "สถานะการเผยแพร่ เลือกได้หลายค่า")),
            words("q", Both("Words in the heading, in either language.", "ข้อความในหัวเรื่อง ภาษาใดก็ได้")),
            one_of(
                "ordering",
                ("newest", "oldest"),
                Both("By first publication.", "เรียงตามวันที่เผยแพร่ครั้งแรก"),
                default="newest",
            ),
            LIMIT,
            CURSOR,
        ),
    )

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """One query; one more when a filter names a subject by its id."""
        order, limit = query["ordering"], query["limit"]
        after = read_cursor(query["cursor"], order, cursors.moment, cursors.identifier)
        filters = _filters(query)
        if filters is None:
            return page(self.request, [], None)
        rows = reading.claims(
            filters,
            search=query["q"],
            descending=order == "newest",
            after=after,
            most=limit + 1,
        )
        shown = rows[:limit]
        last = shown[-1] if len(rows) > limit else None
        cursor = cursors.encode(order, last["published_at"], last["claim_public_id"]) if last else None
        return page(self.request, [_line(row) for row in shown], cursor)


class Claim(PublicView):
    """A claim with its edition."""

    operation = Operation(
        id="claim",
        tag="Claims",
        summary=Both("Read a claim", "อ่านคำกล่าวอ้าง"),
        about=Both(
            "The document of the live edition, byte for byte as published, with the status and what the last check "
            "of each source saw. SHA-256 of the document in RFC 8785 form is `edition.digest`.",
            "เอกสารของฉบับปัจจุบันตามที่เผยแพร่ทุกตัวอักษร พร้อมสถานะและผลการตรวจแหล่งอ้างอิงครั้งล่าสุด "
            "ค่า SHA-256 ของเอกสารในรูปแบบ RFC 8785 คือ `edition.digest`",
        ),
        answer="ClaimAnswer",
        parameters=(
            whole_number(
                "edition",
                Both("An earlier edition instead of the live one.", "อ่านฉบับก่อนหน้าแทนฉบับปัจจุบัน"),
                least=1,
                most=2_147_483_647,
            ),
        ),
        path=_SLUG,
    )

    def version(self, query: Mapping[str, Any], **path: Any) -> Version | None:
        """One narrow row. Earlier editions are not asked for often enough to have a way of their own."""
        return None if query["edition"] else reading.claim_version(path["slug"])

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """One query; one more for an earlier edition."""
        slug: str = path["slug"]
        status = reading.claim(slug)
        if status is None:
            raise not_published(slug)
        number = query["edition"]
        if number is None or number == status.edition.number:
            version = (status.edition.number, status.version, status.change_no, status.observed_at)
            body = _claim(status, status.edition)
            return Answer(body, None if number else (*version, not status.edition.text.body))
        edition = reading.claim_edition(slug, number)
        if edition is None:
            missing = Both("“{slug}” has no edition {number}.", "“{slug}” ไม่มีฉบับที่ {number}")
            raise Problem(NOT_FOUND, missing.within(slug=slug, number=number))
        return Answer(_claim(status, edition))


class Status(PublicView):
    """The status of a claim."""

    operation = Operation(
        id="claim_status",
        tag="Claims",
        summary=Both("Read the status of a claim", "อ่านสถานะของคำกล่าวอ้าง"),
        about=Both(
            "The small living part alone: rating, official response, evidence health.",
            "เฉพาะส่วนที่เปลี่ยนแปลงได้: ผลการตรวจสอบ คำชี้แจงของผู้เกี่ยวข้อง และสภาพของหลักฐาน",
        ),
        answer="Status",
        path=_SLUG,
    )

    def version(self, query: Mapping[str, Any], **path: Any) -> Version | None:
        """One narrow row."""
        return reading.status_version(path["slug"])

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """One query; the bytes are those that publication wrote."""
        found = reading.status(path["slug"])
        if found is None:
            raise not_published(path["slug"])
        body, version = found
        return Answer(JsonText(body), version)


def _filters(query: Mapping[str, Any]) -> dict[str, Any] | None:
    """Column filters; None when a subject that is asked for is not published."""
    wanted = {
        kind: query[name]
        for kind, name in (
            (SubjectKind.DOSSIER, "dossier"),
            (SubjectKind.PERSON, "claimant"),
            (SubjectKind.AGENCY, "agency"),
        )
        if query[name] is not None
    }
    by_id = {kind: value for kind, value in wanted.items() if isinstance(value, UUID)}
    found = reading.named(by_id) if by_id else {}
    if found is None:
        return None
    slugs = {kind: found[kind][1] if kind in found else value for kind, value in wanted.items()}
    filters: dict[str, Any] = {}
    if SubjectKind.DOSSIER in slugs:
        filters["dossier_slug"] = slugs[SubjectKind.DOSSIER]
    if SubjectKind.PERSON in slugs:
        filters["claimant_slugs__contains"] = [slugs[SubjectKind.PERSON]]
    if SubjectKind.AGENCY in slugs:
        filters["agency_slugs__contains"] = [slugs[SubjectKind.AGENCY]]
    columns = {"rating": "rating", "response": "statements_code", "request": "request_code", "state": "state"}
    filters |= {f"{column}__in": query[name] for name, column in columns.items() if query[name]}
    return filters


def _line(row: Mapping[str, Any]) -> JsonText:
    """A card with its status; of a withheld claim the card says nothing."""
    slug, status = row["slug"], JsonText(row["body"])
    links = text({"self": url(address("claim", slug)), "html": pages("claim", slug)})
    if not row["withheld"]:
        return extended(row["card"], withheld=text(False), status=status, links=links)
    return members(
        id=text(str(row["claim_public_id"])), slug=text(slug), number=text(None), dossier_slug=text(None),
        heading=text(None), claimants=_NONE, agencies=_NONE, rating=text(None), strongest=text(None),
        stance=text(None), withheld=text(True), status=status, links=links,
    )  # fmt: skip


def _claim(status: PublicStatus, edition: Edition) -> JsonText:
    live = edition.number == status.edition.number
    path = address("claim", status.slug)
    links = {
        "self": url(path) if live else url(path, edition=edition.number),
        "html": pages("claim", status.slug, "" if live else f"editions/{edition.number}/"),
        "latest": url(path),
        "status": url(f"{path}status/"),
        "dossier": url(address("dossier", status.dossier_slug)) if status.dossier_slug else None,
    }
    editions = [
        {**line, "published_at": zulu(line["published_at"]), "url": url(path, edition=line["number"])}
        for line in status.history
    ]
    sources = [_panel(panel) for panel in status.sources]
    return members(
        id=text(str(status.claim_public_id)),
        slug=text(status.slug),
        edition=text(edition_line(edition)),
        live=text(live),
        withheld=text(withheld(edition)),
        status=JsonText(status.body),
        sources=text(sources if edition.text.body else []),
        editions=text(editions),
        links=text(links),
        document=document(edition),
    )


def _panel(panel: Mapping[str, Any]) -> dict[str, Any]:
    """A panel as stored, its times as the API writes them."""
    archived = panel.get("archived")
    kept = archived and {**archived, "taken_at": zulu(archived["taken_at"])}
    return {**panel, "checked_at": zulu(panel["checked_at"]), "archived": kept}
