"""Whether figures have changed since an edition computed with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from claims.documents.parts import Json
from claims.models.figure_check import Finding
from claims.vocabulary import FindingCause
from ledger.merkle import canonical


@dataclass(frozen=True, slots=True)
class Computed:
    """One finding of a reading: its digest, why it was computed, and when."""

    digest: str
    cause: str
    at: datetime


def read_findings(bodies: Iterable[Json]) -> dict[str, list[Computed]]:
    """Every finding of the readings that editions show, oldest first, by the reading's public id; one query."""
    shown = {reading["id"] for body in bodies for reading in _readings(body)}
    found: dict[str, list[Computed]] = defaultdict(list)
    if shown:
        rows = Finding.objects.filter(reading__public_id__in=shown).order_by("pk")
        for reading, digest, cause, at in rows.values_list("reading__public_id", "digest", "cause", "computed_at"):
            found[str(reading)].append(Computed(digest, cause, at))
    return found


def recheck_due_since(body: Json, findings: Mapping[str, list[Computed]]) -> datetime | None:
    """Since when changed figures have given another result than the edition shows; None while they give the same.

    Drafts do not count: only a finding that figures caused, and only while the newest differs from the edition's.
    """
    since = (_since(reading, findings.get(reading["id"], [])) for reading in _readings(body))
    return min((moment for moment in since if moment is not None), default=None)


def _since(reading: Json, computed: list[Computed]) -> datetime | None:
    if not reading["finding"] or not computed:
        return None
    shown = sha256(canonical(reading["finding"])).hexdigest()
    if computed[-1].digest == shown:
        return None
    published = max((place for place, each in enumerate(computed) if each.digest == shown), default=-1)
    caused = (each.at for each in computed[published + 1 :] if each.cause == FindingCause.FIGURES)
    return next(caused, None)


def _readings(body: Json) -> Iterator[Json]:
    for assertion in body["assertions"]:
        for check in assertion.get("checks", ()):
            yield from check["readings"]
