"""The re-check as this installation is configured."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from claims.sources.record import Plan

_TO_FINISH = 70.0  # seconds a batch keeps for its last page and its rows before the worker's soft limit


def plan() -> Plan:
    """The pause before the second look at a loss, the development site, if any, and what a batch may take."""
    return Plan(
        confirm=timedelta(seconds=settings.OUTBOUND_CONFIRM_SECONDS),
        local_site=settings.OUTBOUND_LOCAL_SITE,
        seconds=settings.CELERY_TASK_SOFT_TIME_LIMIT - _TO_FINISH,
    )


def lease_for() -> timedelta:
    """How long a batch may take before its sources are due again: what a dead worker costs."""
    return timedelta(seconds=settings.RECHECK_LEASE_SECONDS)
