"""The reviewers' desk on Django's admin, a module per subject. Every form saves through one verb."""

from claims.admin import (
    accounts,
    agencies,
    claims,
    documents,
    dossiers,
    editions,
    figure_checks,
    flags,
    parts,
    people,
    responses,
    reviews,
    sources,
    watching,
)

__all__ = [
    "accounts",
    "agencies",
    "claims",
    "documents",
    "dossiers",
    "editions",
    "figure_checks",
    "flags",
    "parts",
    "people",
    "responses",
    "reviews",
    "sources",
    "watching",
]
