"""How an endpoint describes itself to drf-spectacular: from its one declaration, with nothing guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.openapi import AutoSchema

from claims.api.parameters import Parameter
from claims.api.problems import BAD_QUERY, INTERNAL, NOT_ACCEPTABLE, NOT_FOUND, TOO_MANY, UNAVAILABLE
from claims.api.schema.examples import example_of
from claims.api.schema.shapes import Schema, ref, slug

if TYPE_CHECKING:
    from claims.api.base import Operation, PublicView

_HEADERS: Schema = {"ETag": {"$ref": "#/components/headers/ETag"}}


class DeclaredSchema(AutoSchema):
    """Reads the view's `operation`."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Schema | None:
        """One OpenAPI operation object."""
        if method != "GET":
            return None
        operation: Operation = cast("PublicView", self.view).operation
        in_path = re.findall(r"{(\w+)}", path)
        return {
            "operationId": operation.id,
            "summary": operation.summary.en,
            "description": operation.about.en,
            "tags": [operation.tag],
            "parameters": [
                *(_path_parameter(name, operation.path[name]) for name in in_path),
                *map(_query_parameter, operation.parameters),
                {"$ref": "#/components/parameters/If-None-Match"},
            ],
            "responses": _responses(operation, bool(in_path)),
        }


def _path_parameter(name: str, example: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": slug(), "example": example}


def _query_parameter(parameter: Parameter) -> Schema:
    found: Schema = {"name": parameter.name, "in": "query", "description": parameter.about.en}
    if parameter.many:
        found |= {"style": "form", "explode": False}
        found["schema"] = {"type": "array", "items": parameter.schema, "minItems": 1, "maxItems": parameter.most}
    else:
        found["schema"] = parameter.schema
    return found | ({"example": parameter.example} if parameter.example else {})


def _responses(operation: Operation, named: bool) -> Schema:
    media: Schema = {"schema": ref(operation.answer)}
    if (example := example_of(operation.answer)) is not None:
        media["example"] = example
    answers: Schema = {
        "200": {"description": operation.summary.en, "headers": _HEADERS, "content": {"application/json": media}},
        "304": {"$ref": "#/components/responses/not-modified"},
    }
    kinds = [BAD_QUERY, *([NOT_FOUND] if named else []), NOT_ACCEPTABLE, TOO_MANY, INTERNAL, UNAVAILABLE]
    return answers | {str(int(kind.status)): {"$ref": f"#/components/responses/{kind.code}"} for kind in kinds}
