"""The last step of the description: components and headings that no endpoint owns."""

from __future__ import annotations

from typing import Any

from claims.api.problems import KINDS, TOO_MANY, UNAVAILABLE, ProblemKind
from claims.api.schema.answers import ANSWERS
from claims.api.schema.budgets import BUDGETS
from claims.api.schema.checks import CHECKS
from claims.api.schema.examples import problem_example
from claims.api.schema.lists import LISTS
from claims.api.schema.parts import PARTS
from claims.api.schema.shapes import Schema, ref
from claims.api.wording import Both

_ETAG: Schema = {"description": "A strong validator.", "schema": {"type": "string"}}
_RETRY: Schema = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
_NONE_MATCH: Schema = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of an answer that you hold; the answer is 304 when it is still the same.",
    "schema": {"type": "string"},
}
TAGS: dict[str, Both] = {
    "Start": Both("The index and the description.", "ดัชนีและคำอธิบาย"),
    "Claims": Both("Claims, their editions and statuses.", "คำกล่าวอ้าง ฉบับที่เผยแพร่ และสถานะ"),
    "Dossiers": Both("Groups of claims with one story.", "กลุ่มคำกล่าวอ้างในเรื่องเดียวกัน"),
    "Parts of claims": Both("Statements, evidence and figures across claims.", "คำชี้แจง หลักฐาน และตัวเลขของทุกคำกล่าวอ้าง"),
    "People and agencies": Both("Whom claims name.", "ผู้ที่คำกล่าวอ้างกล่าวถึง"),
    "Budgets": Both("Budget lines and figures of published documents.", "รายการงบประมาณและตัวเลขจากเอกสารที่เผยแพร่"),
}


def components() -> dict[str, Any]:
    """Every component by name."""
    return {**LISTS, **PARTS, **CHECKS, **ANSWERS, **BUDGETS}


def finish(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's POSTPROCESSING_HOOK: add components and tags."""
    result["components"] = {
        "schemas": dict(sorted(components().items())),
        "headers": {"ETag": _ETAG, "Retry-After": _RETRY},
        "parameters": {"If-None-Match": _NONE_MATCH},
        "responses": {
            "not-modified": {
                "description": "What you hold is still the same.",
                "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
            },
            **{kind.code: _problem(kind) for kind in KINDS},
        },
    }
    result["tags"] = [{"name": name, "description": about.en} for name, about in TAGS.items()]
    result["servers"] = [{"url": "/", "description": "This installation"}]
    result["externalDocs"] = {"url": "/api/docs/", "description": "Documentation in English and Thai"}
    return result


def _problem(kind: ProblemKind) -> Schema:
    media = {"schema": ref("Problem"), "example": problem_example(kind)}
    found: Schema = {"description": kind.title.en, "content": {"application/problem+json": media}}
    if kind in (TOO_MANY, UNAVAILABLE):
        found["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return found
