"""Columns that many nouns share: public ids, slugs and uncertain dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q

ASCII_SLUG = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    "Use small ASCII letters, digits and single hyphens, for example sso-budget-2025.",
)

_NO_COMMON_ERA_YET = 2400


class Uuid7(Func):
    """PostgreSQL 18's `uuidv7()`: ids that sort by the time they were made."""

    function = "uuidv7"
    output_field = models.UUIDField()


def public_id() -> models.UUIDField[Any, Any]:
    """Return the column of an opaque, stable id that outsiders may keep."""
    return models.UUIDField(unique=True, editable=False, db_default=Uuid7())


def slug(**options: Any) -> models.SlugField[Any, Any]:
    """Return the column of an ASCII slug, unique in its table."""
    return models.SlugField(max_length=80, unique=True, validators=[ASCII_SLUG], **options)


def common_era(day: date) -> None:
    """Refuse a Buddhist-era year, which is easily typed in Thailand and would stand 543 years ahead."""
    if day.year >= _NO_COMMON_ERA_YET:
        raise ValidationError(f"{day.year} looks like a Buddhist-era year: write {day.year - 543}.")


COMMON_ERA = [common_era]


def date_in_order(name: str, start: str, end: str) -> models.CheckConstraint:
    """Return the constraint that an uncertain date does not end before it starts; null is unknown."""
    unknown = Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__isnull": True})
    return models.CheckConstraint(
        condition=unknown | Q(**{f"{start}__lte": F(end)}),
        name=name,
        violation_error_message="The earliest day comes after the latest: swap them, or leave the unknown one empty.",
    )
