"""A whole folder."""

from __future__ import annotations

from dataclasses import dataclass

from claims.seeding.schema.actors import ActorsFile
from claims.seeding.schema.answers import ResponseEntry
from claims.seeding.schema.checks import CheckEntry
from claims.seeding.schema.money import FigureEntry, LineEntry
from claims.seeding.schema.story import ClaimFile, DossierHead


@dataclass(frozen=True)
class DossierFile:
    """A whole folder, checked: every reference leads somewhere and every text has both languages."""

    head: DossierHead
    actors: ActorsFile
    claims: tuple[ClaimFile, ...]
    responses: tuple[ResponseEntry, ...] = ()
    lines: tuple[LineEntry, ...] = ()
    figures: tuple[FigureEntry, ...] = ()
    checks: tuple[CheckEntry, ...] = ()
