"""Thin: ids in, one call. What is due is a row; see `config.schedule` for when these are rung."""

# mypy: disable-error-code="untyped-decorator"
# Celery brings no types.

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from budgets.importing.turns import run_next
from claims.figure_checks import following
from claims.models.heartbeat import Heartbeat
from claims.outbound import configured
from claims.publication.status import refresh_due
from claims.sources import due, recheck
from claims.sources.configured import lease_for, plan

IMPORT_LIMIT_SECONDS = 1_800


@shared_task(name="claims.tasks.recheck_due")
def recheck_due() -> None:
    """Lease what is due and hand it out by id."""
    now = due.database_now()  # one clock for all workers: leases are compared with each other
    due.bury(now=now)
    for batch in due.lease(now=now, limit=due.PER_TICK, lease_for=lease_for()):
        recheck_batch.delay(ids=list(batch.ids), token=str(batch.token))


@shared_task(name="claims.tasks.recheck_batch")
def recheck_batch(*, ids: list[int], token: str) -> None:
    """Check the sources of one batch."""
    recheck.recheck(ids, token=UUID(token), fetcher=configured.client, plan=plan(), now=due.database_now())


@shared_task(name="claims.tasks.refresh_statuses")
def refresh_statuses() -> None:
    """Recompute the public statuses that are due."""
    refresh_due(now=timezone.now())


@shared_task(name="claims.tasks.follow_figures")
def follow_figures() -> None:
    """Run the checks again that rest on figures which changed."""
    following.follow_figures(now=timezone.now())


# A file of a million rows takes minutes. Taken off the queue before it is read, the message never comes again because
# of the visibility timeout, which is shorter; what must be read is a row, so a dead worker costs one tick.
@shared_task(
    name="claims.tasks.run_imports",
    acks_late=False,
    time_limit=IMPORT_LIMIT_SECONDS,
    soft_time_limit=IMPORT_LIMIT_SECONDS - 60,
)
def run_imports() -> None:
    """Read one budget file that waits."""
    run_next(now=timezone.now())


@shared_task(name="claims.tasks.heartbeat")
def heartbeat() -> None:
    """Prove that beat, broker, worker and database work together."""
    Heartbeat.objects.update_or_create(name="tasks", defaults={"at": timezone.now()})
