"""The re-check as this installation is configured."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from claims.sources.record import Plan


def plan() -> Plan:
    """How long a loss waits for its second look, and the development site, if any."""
    return Plan(confirm=timedelta(seconds=settings.OUTBOUND_CONFIRM_SECONDS), local_site=settings.OUTBOUND_LOCAL_SITE)


def lease_for() -> timedelta:
    """How long a batch may take before its sources are due again: what a dead worker costs."""
    return timedelta(seconds=settings.RECHECK_LEASE_SECONDS)
