"""`manage.py recheck_sources`: check sources now, in this process or by the workers."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.management.workers import NoWorkers, answering, hired
from claims.outbound import configured
from claims.sources import due
from claims.sources.asking import Asked, make_due, outcomes_since, still_waiting
from claims.sources.configured import lease_for, plan
from claims.sources.recheck import recheck
from claims.tasks import recheck_due

_AT_ONCE = 200
_POLL_SECONDS = 0.5
_RING_SECONDS = 2.0
_PATIENCE_SECONDS = 60.0  # without any progress, before the workers are asked whether they live
_NOTHING_DONE = 2


class Command(BaseCommand):
    """`recheck_sources [--all] [--host H] [--workers N]`: the due ones, or all. Exit code 2: nobody could work."""

    help = (
        "Checks the sources that are due (--all: every one), with progress: in this process, a line for each, or "
        "(--workers) through Celery. A summary ends it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which sources, and by whom."""
        parser.add_argument("--all", action="store_true", help="also those that are not due yet")
        parser.add_argument("--host", default="", help="only those of this host (with its port, if it has one)")
        parser.add_argument(
            "--workers",
            type=int,
            metavar="N",
            help="by the Celery workers that run; if none does, by one with N processes, started for this run "
            "(0: never start one)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check until nothing is left, and tell."""
        asked = Asked(due.database_now(), everything=options["all"], host=options["host"])
        if options["workers"] is None:
            self._check_here(asked)
            return
        try:
            self._have_checked(asked, processes=options["workers"])
        except NoWorkers as error:
            raise CommandError(f"{error} Nothing is lost: what is due stays due.", returncode=_NOTHING_DONE) from error

    def _check_here(self, asked: Asked) -> None:
        outcomes: Counter[str] = Counter()
        alerts = put_off = 0
        while batches := self._lease(asked):
            seen_before = outcomes.total()
            put_off = 0
            for batch in batches:
                now = due.database_now()
                found = recheck(batch.ids, token=batch.token, fetcher=configured.client, plan=plan(), now=now)
                put_off += len(batch.ids) - len(found)
                for seen in found:
                    outcomes[seen.outcome.value] += 1
                    alerts += seen.alert
                    self.stdout.write(f"{seen.outcome.value:<13} {seen.url}  {seen.detail}".rstrip())
            if outcomes.total() == seen_before:
                break  # what is left waits for its sites
        self._summarise(outcomes, f" {alerts} for a person to look at.")
        if put_off:
            self.stdout.write(f"{put_off} put off: their sites asked for a pause, or another worker is there.")

    def _lease(self, asked: Asked) -> list[due.Batch]:
        if not (asked.everything or asked.host):
            # the beginning, not now: a source that is due every tick would never let this end
            return due.lease(now=asked.at, limit=_AT_ONCE, lease_for=lease_for())
        now = due.database_now()
        return due.lease_anyway(now=now, limit=_AT_ONCE, lease_for=lease_for(), seen_before=asked.at, host=asked.host)

    def _have_checked(self, asked: Asked, *, processes: int) -> None:
        """Make them due, ring, and wait."""
        if processes < 0:
            raise CommandError("--workers takes a number of processes, 0 or more.")
        is_helped = bool(answering())
        if not is_helped and not processes:
            raise NoWorkers("No worker answers: start one with celery -A config.celery worker, or give --workers 2.")
        with nullcontext() if is_helped else hired(processes):
            if not is_helped:
                self.stderr.write(f"No worker was running; one with {processes} processes works for this run.")
            self._wait(asked, make_due(asked))
        self._summarise(outcomes_since(asked))

    def _wait(self, asked: Asked, total: int) -> None:
        left, rung, moved = total, 0.0, time.monotonic()
        while left:
            now = time.monotonic()
            if now - rung >= _RING_SECONDS:  # a tick takes only a few of each host
                recheck_due.delay()
                rung = now
            time.sleep(_POLL_SECONDS)
            before, left = left, still_waiting(asked)
            if left != before:
                moved = now
                self.stderr.write(f"{max(total - left, 0):,} of {total:,} checked")
            elif now - moved > _PATIENCE_SECONDS:
                if not answering():
                    raise NoWorkers(f"The workers have gone; {left:,} sources are not checked.")
                moved = now

    def _summarise(self, outcomes: Counter[str], more: str = "") -> None:
        told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()) or "nothing to check"
        self.stdout.write(f"{outcomes.total()} checked: {told}.{more}")
