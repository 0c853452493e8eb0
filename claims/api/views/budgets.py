"""Budget lines of published documents: the list, and one with its figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from budgets.models.agency import Agency
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.vocabulary import Phase
from budgets.web import explorer
from budgets.web.explorer import Wanted
from claims.api import cursors, reading
from claims.api.base import Answer, Operation, PublicView, not_published, read_cursor, url
from claims.api.envelopes import instant, page
from claims.api.parameters import CURSOR, LIMIT, code, slug_or_id, whole_number, words
from claims.api.splicing import text
from claims.api.wording import Both
from claims.vocabulary import ItemKind

_ORDER = "budget-lines"
_FIRST_YEAR, _LAST_YEAR = 1900, 2399
_TAG = "Budgets"


class BudgetLines(PublicView):
    """Lines with published figures."""

    operation = Operation(
        id="budget_lines",
        tag=_TAG,
        summary=Both("List budget lines", "รายการงบประมาณ"),
        about=Both(
            "Lines with at least one figure in a published document. `q` looks for every word in the English and the "
            "Thai name; `year` and `phase` keep the lines that have such a figure.",
            "รายการที่มีตัวเลขในเอกสารที่เผยแพร่อย่างน้อยหนึ่งตัว `q` ค้นหาทุกคำในชื่อภาษาอังกฤษและภาษาไทย "
            "`year` และ `phase` แสดงเฉพาะรายการที่มีตัวเลขตามนั้น",
        ),
        answer="BudgetLinePage",
        parameters=(
            words("q", Both("Words of the name, in either language.", "คำในชื่อรายการ ภาษาใดก็ได้")),
            slug_or_id(
                "agency",
                Both(
                    "Lines of this agency (slug or id); an unknown agency has none, so the list is empty.",
                    "เฉพาะของหน่วยงานนี้ (slug หรือ id) หากไม่มีหน่วยงานนั้น รายการจะว่าง",
                ),
                example="sso",
            ),
            whole_number(
                "year", Both("Budget year, common era.", "ปีงบประมาณ เป็นคริสต์ศักราช"), least=_FIRST_YEAR, most=_LAST_YEAR
            ),
            code(
                "phase", Phase, Both("Lines with a figure in any of these phases.", "เฉพาะรายการที่มีตัวเลขในขั้นของงบเหล่านี้")
            ),
            LIMIT,
            CURSOR,
        ),
    )

    def check(self, query: Mapping[str, Any]) -> None:
        """A cursor of another list is refused."""
        self._after(query)

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """One query."""
        limit = query["limit"]
        wanted = Wanted(query["q"] or "", query["agency"] or "", query["year"], tuple(query["phase"] or ()))
        rows = list(explorer.listed_lines(wanted, after=self._after(query), most=limit + 1))
        cursor = cursors.encode(_ORDER, rows[limit - 1].public_id) if len(rows) > limit else None
        return page(self.request, [text(_line(line)) for line in rows[:limit]], cursor)

    def _after(self, query: Mapping[str, Any]) -> UUID | None:
        found = read_cursor(query["cursor"], _ORDER, cursors.identifier)
        return found[0] if found else None


class BudgetLineDetail(PublicView):
    """One line."""

    operation = Operation(
        id="budget_line",
        tag=_TAG,
        summary=Both("Read a budget line", "อ่านรายการงบประมาณ"),
        about=Both(
            "Every published figure of a line with the document, file and line it was read from, and the published "
            "claims that rest on it. Figures that contradict each other stand side by side (`contradicted`).",
            "ตัวเลขที่เผยแพร่ทั้งหมดของรายการ พร้อมเอกสาร ไฟล์ และบรรทัดที่มา และคำกล่าวอ้างที่ใช้ตัวเลขนั้น "
            "ตัวเลขที่ขัดกันแสดงไว้คู่กัน (`contradicted`)",
        ),
        answer="BudgetLineAnswer",
        path={"slug": "line-e42ab70d341f2d13118a"},
    )

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """Three queries. Raises Problem for a line without anything published."""
        line = explorer.line(path["slug"])
        if line is None:
            raise not_published(path["slug"])
        figures = explorer.figures_of(line)
        named = reading.items(
            ItemKind.FIGURE, claim=None, refs=[line.public_id], after=None, most=explorer.MOST_FIGURES
        )
        if not (figures or named):
            raise not_published(path["slug"])
        slugs = sorted({slug for _, body in named if (slug := json.loads(body)["claim_slug"])})
        differing = explorer.contradictions(figures)
        answer = {
            **_line(line),
            "figures": [_figure(figure, contradicted=figure.pk in differing) for figure in figures],
            "claims": [{"slug": slug, "url": url(f"/api/v1/claims/{slug}/")} for slug in slugs],
        }
        return Answer(text(answer))


def _both(thing: Agency | BudgetLine) -> dict[str, str]:
    return {"en": thing.name_en, "th": thing.name_th}


def _line(line: BudgetLine) -> dict[str, Any]:
    agency, parent = line.agency, line.parent
    short = {"en": agency.abbreviation_en, "th": agency.abbreviation_th}
    return {
        "id": str(line.public_id),
        "slug": line.slug,
        "name": _both(line),
        "lang": line.lang or None,
        "agency": {
            "id": str(agency.public_id),
            "slug": agency.slug,
            "name": _both(agency),
            "abbreviation": short if any(short.values()) else None,
        },
        "parent": {"id": str(parent.public_id), "slug": parent.slug, "name": _both(parent)} if parent else None,
        "links": {
            "self": url(f"/api/v1/budget-lines/{line.slug}/"),
            "html": {lang: url(f"/{lang}/budgets/lines/{line.slug}/") for lang in ("en", "th")},
        },
    }


def _figure(figure: Figure, *, contradicted: bool) -> dict[str, Any]:
    made = figure.budget_import
    if made is None or made.published_at is None or figure.value is None:
        raise ValueError(f"figure {figure.pk} is of no published import")
    days = {name: getattr(figure, f"period_{name}") for name in ("earliest", "latest")}
    return {
        "id": str(figure.public_id),
        **{name: _decimal(getattr(figure, name)) for name in ("value", "low", "high")},
        **{name: getattr(figure, name) for name in ("low_closed", "high_closed", "unit")},
        "currency": figure.currency or None,
        "nominal": figure.nominal,
        "period": {
            "basis": figure.period_basis,
            "year": figure.period_year,
            **{name: value.isoformat() if value else None for name, value in days.items()},
        },
        "phase": figure.phase,
        "provenance": figure.provenance,
        "contradicted": contradicted,
        "document": {
            "title": {"en": made.title_en, "th": made.title_th},
            "url": made.source_url or None,
            "dataset": made.dataset,
            "file": made.file_name,
            "line": figure.source_line,
            "published_at": instant(made.published_at),
        },
    }


def _decimal(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
