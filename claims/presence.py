"""Who has a claim open: a hint for others, never a lock. No word of it goes into the ledger: nothing was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import connection

from claims.models.claim import Claim
from claims.models.desk import Presence

STALE_AFTER = timedelta(minutes=2)
"""A page tells of itself twice a minute; who has been silent for so long has gone."""

# The claim may be gone, and two pages of one person may tell of themselves at once: one statement settles both.
_NOTE = """
    INSERT INTO claims_presence (claim_id, user_id, seen_at) SELECT id, %s, %s FROM claims_claim WHERE id = %s
    ON CONFLICT (claim_id, user_id) DO UPDATE SET seen_at = greatest(claims_presence.seen_at, excluded.seen_at)
"""


class NoSuchClaim(Exception):
    """There is nothing to be present at."""


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody else who has the claim open, and when that was last heard."""

    name: str
    seen_at: datetime


def note_presence(*, claim: int, by: User, now: datetime) -> list[Here]:
    """Remember that `by` has the claim with that key open, and return who else has, in two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [by.pk, now, claim])
        if not cursor.rowcount:
            raise NoSuchClaim
    return others_at(claim, by, now=now)


def others_at(claim: int, user: User, *, now: datetime) -> list[Here]:
    """Return who else has the claim open, in one query."""
    rows = Presence.objects.filter(claim=claim, seen_at__gte=now - STALE_AFTER).exclude(user=user)
    return [Here(name, at) for name, at in rows.order_by("user__username").values_list("user__username", "seen_at")]


def leave(*, claim: Claim, by: User) -> None:
    """Forget that `by` had the claim open."""
    Presence.objects.filter(claim=claim, user=by).delete()
