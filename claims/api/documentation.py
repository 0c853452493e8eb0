"""What the documentation page shows: endpoints, codes, shapes and problems, all from the description itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.api.problems import KINDS
from claims.api.schema.examples import example_of
from claims.api.schema.finishing import TAGS
from claims.api.schema.lists import LISTS
from claims.api.wording import Both, Lang

Schema = Mapping[str, Any]
_TAG_NAMES = {
    "Start": Both("Where to begin", "จุดเริ่มต้น"),
    "Claims": Both("Claims", "คำกล่าวอ้าง"),
    "Dossiers": Both("Dossiers", "แฟ้มประเด็น"),
    "Parts of claims": Both("Statements, evidence, figures", "คำชี้แจง หลักฐาน ตัวเลข"),
    "People and agencies": Both("People and agencies", "บุคคลและหน่วยงาน"),
    "Budgets": Both("Budgets", "งบประมาณ"),
}
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One member of a shape: its path, what it is, the component that describes it further, and its meaning."""

    name: str
    kind: str
    component: str
    about: SafeString


def sections(description: Schema, lang: Lang) -> list[dict[str, Any]]:
    """Endpoints by tag, in the order of the description's tags."""
    from claims.api.base import PublicView
    from claims.api.urls import urlpatterns

    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TAGS}
    views = {pattern.name: getattr(pattern.callback, "cls", None) for pattern in urlpatterns}
    operations = [view.operation for view in views.values() if view and issubclass(view, PublicView)]
    paths = {entry["get"]["operationId"]: path for path, entry in description["paths"].items()}
    for operation in operations:
        path = paths[operation.id]
        query = {parameter.name: parameter.example for parameter in operation.parameters if parameter.example}
        example = example_of(operation.answer)
        found[operation.tag].append(
            {
                "id": operation.id,
                "path": path,
                "summary": operation.summary.of(lang),
                "about": marked(operation.about.of(lang)),
                "parameters": [
                    {
                        "name": parameter.name,
                        "kind": _parameter_kind(parameter.schema, many=parameter.many),
                        "about": marked(parameter.about.of(lang)),
                    }
                    for parameter in operation.parameters
                ],
                "call": path.format(**operation.path) + (f"?{urlencode(query, safe=':')}" if query else ""),
                "answer": operation.answer,
                "example": None if example is None else json.dumps(example, ensure_ascii=False, indent=2),
            }
        )
    return [
        {"name": _TAG_NAMES[tag].of(lang), "about": TAGS[tag].of(lang), "operations": operations}
        for tag, operations in found.items()
    ]


def code_lists() -> list[dict[str, Any]]:
    """Every closed list with both labels of each code."""
    return [
        {"name": name, "codes": [(code, labels["en"], labels["th"]) for code, labels in schema["x-labels"].items()]}
        for name, schema in LISTS.items()
    ]


def shapes(description: Schema) -> list[dict[str, Any]]:
    """Every component that is an object or a variant of one, as rows."""
    components: Mapping[str, Schema] = description["components"]["schemas"]
    return [
        {"name": name, "about": marked(schema.get("description", "")), "rows": list(_rows(schema))}
        for name, schema in components.items()
        if name not in LISTS
    ]


def problems(lang: Lang) -> list[dict[str, Any]]:
    """Every kind of problem."""
    return [
        {
            "code": kind.code,
            "status": int(kind.status),
            "title": kind.title.of(lang),
            "meaning": marked(kind.meaning.of(lang)),
        }
        for kind in KINDS
    ]


def marked(text: str) -> SafeString:
    """A sentence with what stands between backticks as code."""
    parts = text.split("`")
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if n % 2 else part,) for n, part in enumerate(parts))
    )


def _rows(schema: Schema, prefix: str = "", depth: int = 0) -> Iterator[Row]:
    """The members of an object, those of objects inside it by their path."""
    for name, member in _object_of(schema).get("properties", {}).items():
        path = f"{prefix}{name}"
        kind, component = _kind(member)
        yield Row(path, kind, component, marked(member.get("description", "")))
        if depth < _DEPTH:
            inner = member.get("items", member)
            yield from _rows(inner, f"{path}[]." if "items" in member else f"{path}.", depth + 1)


def _object_of(schema: Schema) -> Schema:
    """An object, also one that may be null."""
    found: Schema = next((variant for variant in schema.get("anyOf", []) if "properties" in variant), schema)
    return found


def _kind(schema: Schema) -> tuple[str, str]:
    """(type in words, name of the component it refers to)."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return name, name
    if "anyOf" in schema:
        kinds = [_kind(variant) for variant in schema["anyOf"]]
        return " | ".join(kind for kind, _ in kinds), next((component for _, component in kinds if component), "")
    if "const" in schema:
        return json.dumps(schema["const"]), ""
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "array" in types:
        kind, component = _kind(schema["items"])
        return " | ".join([f"{kind}[]", *(["null"] if "null" in types else [])]), component
    return " | ".join(_one_type(schema, name) for name in types), ""


def _one_type(schema: Schema, name: str) -> str:
    if name != "string":
        return name
    if "enum" in schema:
        return " | ".join(schema["enum"])
    return str(schema.get("format", name))


def _parameter_kind(schema: Schema, *, many: bool) -> str:
    if "enum" in schema:
        words: Sequence[str] = schema["enum"]
        kind = " | ".join(words)
    elif "minimum" in schema:
        kind = f"{schema['minimum']}-{schema['maximum']}"
    else:
        kind = str(schema.get("format", schema["type"]))
    return f"{kind}, …" if many else kind
