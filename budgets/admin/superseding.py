"""Putting a better figure in the place of one that stands: what the form offers, and when it is not opened."""

from __future__ import annotations

import re
from typing import Any

from django.forms import model_to_dict

from budgets.figures import fallen
from budgets.models.figure import Figure

LONGEST_SLUG = 80
LONGEST_KEY = 18
_COUNTED = re.compile(r"([a-z0-9-]{1,80})-[0-9]{1,3}", re.ASCII)


def figure_of(key: str) -> Figure | None:
    """The figure with the primary key that an address names, or None."""
    able = key.isdecimal() and len(key) <= LONGEST_KEY
    return Figure.objects.filter(pk=int(key)).first() if able else None


def refusal(old: Figure | None) -> str:
    """Why nothing can be put in the place of a figure; empty when something can."""
    return "The figure to supersede does not exist: choose one from this list." if old is None else fallen(old)


def offered(old: Figure) -> dict[str, Any]:
    """What the form of a figure that supersedes `old` begins with."""
    return model_to_dict(old) | {"slug": next_slug(old.slug or "")}


def next_slug(slug: str) -> str:
    """The slug with the next free number behind it; empty for none, and when it would be too long.

    “spending-2” that superseded “spending” is followed by “spending-3”.
    """
    counted = _COUNTED.fullmatch(slug)
    if counted and Figure.objects.filter(slug=counted[1], superseded_by__isnull=False).exists():
        slug = counted[1]
    taken = set(Figure.objects.filter(slug__startswith=f"{slug}-").values_list("slug", flat=True))
    number = next(number for number in range(2, len(taken) + 3) if f"{slug}-{number}" not in taken)
    found = f"{slug}-{number}"
    return found if slug and len(found) <= LONGEST_SLUG else ""
