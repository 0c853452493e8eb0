"""People and agencies: lists, and one with links to what is said by and about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from claims.api import cursors, reading
from claims.api.base import Answer, Operation, PublicView, Version, not_published, read_cursor, url
from claims.api.envelopes import address, document, edition_line, page, pages, withheld
from claims.api.parameters import CURSOR, LIMIT
from claims.api.splicing import JsonText, members, text
from claims.api.wording import Both
from claims.models.edition import Edition
from claims.vocabulary import SubjectKind

_RELATED: Mapping[SubjectKind, Mapping[str, str]] = {
    SubjectKind.PERSON: {"claims": "claimant", "responses": "person", "figures": "person"},
    SubjectKind.AGENCY: {"claims": "agency", "responses": "agency", "figures": "agency"},
}


class SubjectList(PublicView):
    """The live edition of every subject of a kind."""

    kind: ClassVar[SubjectKind]

    def check(self, query: Mapping[str, Any]) -> None:
        """A cursor of another list is refused."""
        self._before(query)

    def version(self, query: Mapping[str, Any], **path: Any) -> Version | None:
        """One narrow row."""
        return reading.version()

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """Two queries."""
        version, limit = reading.version(), query["limit"]
        rows = reading.subjects(self.kind, before=self._before(query), most=limit + 1)
        cursor = cursors.encode(self.kind.value, rows[limit - 1].subject_id) if len(rows) > limit else None
        return page(self.request, [_answer(self.kind, edition) for edition in rows[:limit]], cursor, version)

    def _before(self, query: Mapping[str, Any]) -> UUID | None:
        found = read_cursor(query["cursor"], self.kind.value, cursors.identifier)
        return found[0] if found else None


class SubjectDetail(PublicView):
    """The live edition of one subject."""

    kind: ClassVar[SubjectKind]

    def version(self, query: Mapping[str, Any], **path: Any) -> Version | None:
        """One narrow row."""
        return reading.newest_number(self.kind, path["slug"])

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """One query."""
        edition = reading.newest(self.kind, path["slug"])
        if edition is None:
            raise not_published(path["slug"])
        return Answer(_answer(self.kind, edition), (edition.number, not edition.text.body))


class People(SubjectList):
    """Published people."""

    kind = SubjectKind.PERSON
    operation = Operation(
        id="people",
        tag="People and agencies",
        summary=Both("List people", "รายการบุคคล"),
        about=Both(
            "Everyone whom a published entry names, with their names in both scripts and their offices.",
            "บุคคลทุกคนที่รายการเผยแพร่กล่าวถึง พร้อมชื่อทั้งสองภาษาและตำแหน่ง",
        ),
        answer="PersonPage",
        parameters=(LIMIT, CURSOR),
    )


class Person(SubjectDetail):
    """One person."""

    kind = SubjectKind.PERSON
    operation = Operation(
        id="person",
        tag="People and agencies",
        summary=Both("Read a person", "อ่านข้อมูลบุคคล"),
        about=Both(
            "Names, offices, and links to what the person said.",
            "ชื่อ ตำแหน่ง และลิงก์ไปยังสิ่งที่บุคคลนี้กล่าว",
        ),
        answer="PersonAnswer",
        path={"slug": "ratchanok-srinok"},
    )


class Agencies(SubjectList):
    """Published agencies."""

    kind = SubjectKind.AGENCY
    operation = Operation(
        id="agencies",
        tag="People and agencies",
        summary=Both("List agencies", "รายการหน่วยงาน"),
        about=Both(
            "Every agency, party, committee or group that a published entry names.",
            "หน่วยงาน พรรคการเมือง คณะกรรมาธิการ หรือกลุ่มทุกแห่งที่รายการเผยแพร่กล่าวถึง",
        ),
        answer="AgencyPage",
        parameters=(LIMIT, CURSOR),
    )


class Agency(SubjectDetail):
    """One agency."""

    kind = SubjectKind.AGENCY
    operation = Operation(
        id="agency",
        tag="People and agencies",
        summary=Both("Read an agency", "อ่านข้อมูลหน่วยงาน"),
        about=Both(
            "Names, the agency above it, and links to claims, statements and figures about it.",
            "ชื่อ หน่วยงานต้นสังกัด และลิงก์ไปยังคำกล่าวอ้าง คำชี้แจง และตัวเลขที่เกี่ยวข้อง",
        ),
        answer="AgencyAnswer",
        path={"slug": "sso"},
    )


def _answer(kind: SubjectKind, edition: Edition) -> JsonText:
    links: dict[str, Any] = {
        "self": url(address(kind.value, edition.slug)),
        "html": pages(kind.value, edition.slug),
        **{name: url(f"/api/v1/{name}/", **{by: edition.slug}) for name, by in _RELATED[kind].items()},
    }
    return members(
        id=text(str(edition.subject_id)),
        slug=text(edition.slug),
        edition=text(edition_line(edition)),
        withheld=text(withheld(edition)),
        links=text(links),
        document=document(edition),
    )
