"""Check sources now, in this process."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims.outbound import configured
from claims.sources import due
from claims.sources.configured import lease_for, plan
from claims.sources.recheck import recheck

_AT_ONCE = 200


class Command(BaseCommand):
    """`recheck_sources [--all] [--host H]`: the due ones, or all; a line for each, then a summary."""

    help = "Checks the sources that are due (--all: every one), in this process, with progress."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which sources."""
        parser.add_argument("--all", action="store_true", help="also those that are not due yet")
        parser.add_argument("--host", default="", help="only those of this host (with its port, if it has one)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Lease, check, tell; until nothing is left."""
        started = timezone.now()
        outcomes: Counter[str] = Counter()
        alerts = 0
        while batches := self._lease(started, everything=options["all"] or bool(options["host"]), host=options["host"]):
            for batch in batches:
                found = recheck(
                    batch.ids, token=batch.token, fetcher=configured.client, plan=plan(), now=timezone.now()
                )
                for seen in found:
                    outcomes[seen.outcome.value] += 1
                    alerts += seen.alert
                    self.stdout.write(f"{seen.outcome.value:<13} {seen.url}  {seen.detail}".rstrip())
        told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()) or "nothing to check"
        self.stdout.write(f"{outcomes.total()} checked: {told}. {alerts} for a person to look at.")

    def _lease(self, started: datetime, *, everything: bool, host: str) -> list[due.Batch]:
        now = timezone.now()
        if not everything:
            # `started`, not now: a source that is due every tick would never let this end
            return due.lease(now=started, limit=_AT_ONCE, lease_for=lease_for())
        return due.lease_anyway(now=now, limit=_AT_ONCE, lease_for=lease_for(), seen_before=started, host=host)
