"""A claim as a contributor types it."""

from __future__ import annotations

from typing import Any

from tests.claims.admin.pages import new_row
from tests.factories.nouns import PersonFactory

ADD = "/admin/claims/claim/add/"


def typed() -> dict[str, Any]:
    """A whole claim as a contributor types it."""
    names = ("heading", "summary", "claimed", "said", "known", "not_known")
    texts = {f"{name}_{lang}": f"{name} in {lang}" for name in names for lang in ("en", "th")}
    rows = new_row("claimants", 0, {"person": PersonFactory.create().pk, "position": 1})
    rows |= new_row("appearances", 0, {"kind": "speech", "where_en": "The house", "where_th": "สภา", "is_first": "on"})
    rows |= new_row("assertions", 0, {"number": 1, "kind": "fact", "text_en": "A part", "text_th": "ส่วนหนึ่ง"})
    return texts | rows | {"slug": "mp-says-a-thing"}
