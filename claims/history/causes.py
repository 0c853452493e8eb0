"""Which verb made a change, and whose. Pure but for `causes_of`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.models.change import Change, ChangeCause


@dataclass(frozen=True, slots=True)
class Cause:
    """Who did it (None: a machine) and by which verbs: one, or one that called another."""

    user: User | None
    verbs: tuple[str, ...]


def causes_of(changes: Sequence[Change]) -> dict[int, Cause]:
    """The causes of changes by the changes' keys, in one query. What has none was done outside the application."""
    if not changes:
        return {}
    rows = ChangeCause.objects.filter(
        tx__in={change.tx for change in changes}, last__gte=min(change.pk for change in changes)
    )
    by_tx: dict[int, list[ChangeCause]] = defaultdict(list)
    for row in rows.select_related("entry", "user").order_by("pk"):
        by_tx[row.tx].append(row)
    found = {change.pk: cause_among(by_tx[change.tx], change.pk) for change in changes}
    return {key: cause for key, cause in found.items() if cause is not None}


def cause_among(rows: Sequence[ChangeCause], change: int) -> Cause | None:
    """The cause of a change among those of its transaction, in the order in which they were noted."""
    place = next((place for place, row in enumerate(rows) if row.first <= change <= row.last), None)
    if place is None:
        return None
    own = rows[place]
    verbs = [own.entry.verb]
    for later in rows[place + 1 :]:
        if later.first <= later.last or later.user_id != own.user_id:
            break
        verbs.append(later.entry.verb)
    return Cause(own.user, tuple(dict.fromkeys(verbs)))
