"""The OpenAPI description of the API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from claims.api.base import Answer, PublicView
from claims.api.base import Operation as Described
from claims.api.splicing import JsonText
from claims.api.wording import Both


class Schema(PublicView):
    """OpenAPI 3.1, as JSON."""

    max_age = 300
    operation = Described(
        id="schema",
        tag="Start",
        summary=Both("This description", "คำอธิบาย API นี้"),
        about=Both("The OpenAPI 3.1 description of the API, as JSON.", "คำอธิบาย API ตามมาตรฐาน OpenAPI 3.1 เป็น JSON"),
        answer="OpenApi",
    )

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """No query."""
        return Answer(JsonText(json.dumps(described(), ensure_ascii=False, separators=(",", ":"))))


@cache
def described() -> dict[str, Any]:
    """The description, made once per process from the declarations of the endpoints."""
    from drf_spectacular.generators import SchemaGenerator

    # The generator has no annotations.
    generator: Any = SchemaGenerator
    found: dict[str, Any] = generator().get_schema(request=None, public=True)
    return found
