"""Parts of editions across claims: statements of officials, evidence, figures."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from claims.api import cursors, reading
from claims.api.base import Answer, Operation, PublicView, Version, read_cursor
from claims.api.envelopes import page
from claims.api.parameters import CURSOR, LIMIT, slug_or_id
from claims.api.splicing import JsonText, text, without
from claims.api.wording import Both
from claims.vocabulary import ItemKind, SubjectKind

_OF_ONE_CLAIM = ("coverage", "strongest", "stance", "claim_slug")
_DOSSIER = slug_or_id(
    "dossier",
    Both("Those of this dossier and its claims (slug or id).", "เฉพาะของแฟ้มประเด็นนี้และคำกล่าวอ้างในแฟ้ม (slug หรือ id)"),
    example="sso-budget-2025",
)
_CLAIM = slug_or_id("claim", Both("Those of this claim (slug or id).", "เฉพาะของคำกล่าวอ้างนี้ (slug หรือ id)"))
_AGENCY = slug_or_id("agency", Both("Those that name this agency (slug or id).", "เฉพาะที่กล่าวถึงหน่วยงานนี้ (slug หรือ id)"))
_PERSON = slug_or_id("person", Both("Those that name this person (slug or id).", "เฉพาะที่กล่าวถึงบุคคลนี้ (slug หรือ id)"))
_KINDS = {"dossier": SubjectKind.DOSSIER, "agency": SubjectKind.AGENCY, "person": SubjectKind.PERSON}


class Items(PublicView):
    """Items of one kind, each once, as the newest live edition that fits has it."""

    kind: ClassVar[ItemKind]

    def check(self, query: Mapping[str, Any]) -> None:
        """A cursor of another list is refused."""
        self._after(query)

    def version(self, query: Mapping[str, Any], **path: Any) -> Version | None:
        """One narrow row."""
        return reading.version()

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """Two queries; one more when a filter names a subject, and one more for statements."""
        version, limit = reading.version(), query["limit"]
        refs = _refs(query)
        if refs is None:
            return page(self.request, [], None, version)
        rows = reading.items(self.kind, claim=query["claim"], refs=refs, after=self._after(query), most=limit + 1)
        shown = rows[:limit]
        cursor = cursors.encode(self.kind.value, shown[-1][0]) if len(rows) > limit else None
        return page(self.request, self.lines(shown), cursor, version)

    def _after(self, query: Mapping[str, Any]) -> UUID | None:
        found = read_cursor(query["cursor"], self.kind.value, cursors.identifier)
        return found[0] if found else None

    def lines(self, rows: Sequence[tuple[UUID, str]]) -> list[JsonText]:
        """The entries of a page: the published bodies."""
        return [JsonText(body) for _, body in rows]


class Responses(Items):
    """Statements of officials with what they say about each claim."""

    kind = ItemKind.RESPONSE
    operation = Operation(
        id="responses",
        tag="Parts of claims",
        summary=Both("List statements of officials", "รายการคำชี้แจงของผู้เกี่ยวข้อง"),
        about=Both(
            "Each statement once, with what it says about every claim (`claims`).",
            "คำชี้แจงแต่ละครั้ง พร้อมสิ่งที่กล่าวถึงคำกล่าวอ้างแต่ละรายการ (`claims`)",
        ),
        answer="ResponsePage",
        parameters=(_DOSSIER, _CLAIM, _PERSON, _AGENCY, LIMIT, CURSOR),
    )

    def lines(self, rows: Sequence[tuple[UUID, str]]) -> list[JsonText]:
        """Each statement with its coverage of every claim, also of those that a filter left out."""
        covered: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for public_id, stored in reading.same_items(ItemKind.RESPONSE, [public_id for public_id, _ in rows]):
            body = json.loads(stored)
            covered[public_id].append({name: body[name] for name in ("claim_slug", "strongest", "stance", "coverage")})
        return [
            text({**without(json.loads(body), *_OF_ONE_CLAIM), "claims": covered[public_id]})
            for public_id, body in rows
        ]


class Evidence(Items):
    """Citations with their exact quotes."""

    kind = ItemKind.EVIDENCE
    operation = Operation(
        id="evidence",
        tag="Parts of claims",
        summary=Both("List evidence", "รายการหลักฐาน"),
        about=Both(
            "Each citation once, with the exact quote and its source. What the last check of the source saw stands "
            "in `sources` of the claim.",
            "การอ้างอิงแต่ละรายการ พร้อมข้อความที่อ้างตามต้นฉบับและแหล่งที่มา ผลการตรวจแหล่งอ้างอิงครั้งล่าสุดอยู่ใน `sources` ของคำกล่าวอ้าง",
        ),
        answer="EvidencePage",
        parameters=(_DOSSIER, _CLAIM, LIMIT, CURSOR),
    )


class Figures(Items):
    """Figures with who says so."""

    kind = ItemKind.FIGURE
    operation = Operation(
        id="figures",
        tag="Parts of claims",
        summary=Both("List figures", "รายการตัวเลข"),
        about=Both(
            "Each figure once, with unit, period, phase, and who says so. Amounts are decimal strings in base units "
            "(baht, not millions).",
            "ตัวเลขแต่ละรายการ พร้อมหน่วย ช่วงเวลา ขั้นของงบ และผู้ระบุ จำนวนเป็นสตริงทศนิยมในหน่วยฐาน (บาท ไม่ใช่ล้านบาท)",
        ),
        answer="FigurePage",
        parameters=(_DOSSIER, _CLAIM, _PERSON, _AGENCY, LIMIT, CURSOR),
    )


def _refs(query: Mapping[str, Any]) -> list[UUID] | None:
    """Ids of the subjects that filters name; None when one of them is not published."""
    wanted = {kind: query[name] for name, kind in _KINDS.items() if query.get(name) is not None}
    unknown = {kind: value for kind, value in wanted.items() if isinstance(value, str)}
    found = reading.named(unknown) if unknown else {}
    if found is None:
        return None
    return [value if isinstance(value, UUID) else found[kind][0] for kind, value in wanted.items()]
