"""Small shapes that all documents share. Every function returns plain JSON: texts, dates, refs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from budgets.models.agency import Agency
from budgets.models.budget_line import BudgetLine
from claims.models.people import Office, Person

Json = dict[str, Any]


def text(row: Model, field: str) -> dict[str, str]:
    """`{"en": …, "th": …}` of a bilingual field."""
    return {"en": getattr(row, f"{field}_en"), "th": getattr(row, f"{field}_th")}


def text_or_none(row: Model, field: str) -> dict[str, str] | None:
    """The same, or None when neither language says anything."""
    both = text(row, field)
    return both if any(both.values()) else None


def uncertain_date(earliest: date | None, latest: date | None) -> Json:
    """A date that may be exact, an interval (open on one side too) or unknown."""
    if earliest is None and latest is None:
        precision = "unknown"
    else:
        precision = "exact" if earliest == latest else "interval"
    return {"earliest": iso(earliest), "latest": iso(latest), "precision": precision}


def iso(day: date | None) -> str | None:
    """`YYYY-MM-DD` or None."""
    return None if day is None else day.isoformat()


def decimal_string(number: Decimal | None) -> str | None:
    """A plain decimal string without trailing zeros, never an exponent."""
    return None if number is None else f"{number.normalize():f}"


def person_ref(person: Person) -> Json:
    """A person as other documents name them."""
    return {"id": str(person.public_id), "slug": person.slug, "name": text(person, "name")}


def agency_ref(agency: Agency) -> Json:
    """An agency as other documents name it."""
    return {
        "id": str(agency.public_id),
        "slug": agency.slug,
        "name": text(agency, "name"),
        "abbreviation": text_or_none(agency, "abbreviation"),
    }


def line_ref(line: BudgetLine | None) -> Json | None:
    """A budget line as other documents name it, or None."""
    if line is None:
        return None
    return {"id": str(line.public_id), "slug": line.slug, "name": text(line, "name")}


def office_title(office: Office | None) -> Mapping[str, str] | None:
    """The title of an office, or None."""
    return None if office is None else text(office, "title")
