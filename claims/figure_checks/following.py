"""How claims hear of figures: the ledger says what happened to them, a follower runs what rests on them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from claims.figure_checks.verbs import recheck_for_figures
from ledger.following import follow
from ledger.models import Entry

FOLLOWER = "figure checks"
_OF_A_FIGURE = frozenset({"figure.recorded", "figure.superseded", "figure.retracted"})
_OF_AN_IMPORT = frozenset({"budget.imported", "import.published", "import.undone"})


def follow_figures(*, now: datetime, limit: int = 500) -> int:
    """Run again what rests on figures that changed since the last time; return how many entries were read."""

    def handle(entries: Sequence[Entry]) -> None:
        figures = {UUID(entry.subject_id) for entry in entries if entry.verb in _OF_A_FIGURE}
        figures |= {UUID(entry.refs["by"]) for entry in entries if entry.verb == "figure.superseded"}
        imports = {UUID(entry.subject_id) for entry in entries if entry.verb in _OF_AN_IMPORT}
        recheck_for_figures(figures=figures, imports=imports, now=now)

    return follow(FOLLOWER, _OF_A_FIGURE | _OF_AN_IMPORT, handle, limit=limit)
