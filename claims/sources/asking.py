"""Have many sources checked by whoever works for us, and see how far that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from claims.models.source import Source


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish of the moment `at`: the sources that were due then, or `everything`; those of one host, if given."""

    at: datetime
    everything: bool = False
    host: str = ""

    def sources(self) -> QuerySet[Source]:
        """Those that the wish is about, as far as rows can tell."""
        return Source.objects.filter(host=self.host) if self.host else Source.objects.all()


def make_due(asked: Asked) -> int:
    """Make them due at `asked.at` unless they are due already; return how many are due. A running check goes on."""
    if asked.everything or asked.host:
        later = Q(next_check_at__isnull=True) | Q(next_check_at__gt=asked.at)
        asked.sources().filter(later).update(next_check_at=asked.at)
    return asked.sources().filter(next_check_at__lte=asked.at).count()


def still_waiting(asked: Asked) -> int:
    """How many are due since then, or in somebody's hands and not looked at since then."""
    unseen = Q(last_checked_at__isnull=True) | Q(last_checked_at__lt=asked.at)
    return asked.sources().filter(Q(next_check_at__lte=asked.at) | Q(lease_token__isnull=False) & unseen).count()


def outcomes_since(asked: Asked) -> Counter[str]:
    """How many looks since then ended in which outcome."""
    seen = asked.sources().filter(last_checked_at__gte=asked.at).exclude(last_outcome="")
    counted = seen.order_by("last_outcome").values_list("last_outcome").annotate(number=Count("pk"))
    return Counter(dict(counted))
