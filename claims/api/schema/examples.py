"""Examples of answers: cut from the published first case, so that they are what the API says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from claims.api.problems import BAD_QUERY, ProblemKind

_FILE = Path(__file__).with_name("examples.json")
ORIGIN = "https://tamroi.example"


@cache
def _stored() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def example_of(component: str) -> Any:
    """An example of a component, or None."""
    return _stored().get(component)


def problem_example(kind: ProblemKind) -> dict[str, Any]:
    """A problem as it is answered."""
    query = kind is BAD_QUERY
    fault = "`limit` cannot be “many”: a whole number from 1 to 500 is needed"
    return {
        "type": f"{ORIGIN}/api/docs/#problem-{kind.code}",
        "title": kind.title.en,
        "status": int(kind.status),
        "detail": fault if query else kind.meaning.en,
        "instance": "/api/v1/claims/?limit=many" if query else "/api/v1/claims/",
        "errors": [{"detail": fault, "pointer": "#/query/limit"}] if query else [],
    }
