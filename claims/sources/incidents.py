"""Hosts that fail as a whole: at least 30 % of a host's sources fail alike within an hour, and that is one incident."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import Least

from claims.models.flag import Flag
from claims.models.incident import HostIncident
from claims.models.source import Source
from claims.sources.health import GOOD
from claims.sources.writing import update_rows
from claims.vocabulary import FlagCode, Outcome, SourceHealth

SHARE, FEWEST, WITHIN = 0.3, 5, timedelta(hours=1)
_OF_ONE_FILE = frozenset({Outcome.TOO_LARGE, Outcome.UNSUPPORTED})  # says nothing about the host
_BAD = (SourceHealth.SUSPECT, SourceHealth.BROKEN)


@dataclass(slots=True)
class _Host:
    """How many sources of a host are watched, and per outcome how many fail: since whenever, and within the hour."""

    watched: int = 0
    failing: Counter[Outcome] = field(default_factory=Counter)
    lately: Counter[Outcome] = field(default_factory=Counter)

    def is_share(self, count: int) -> bool:
        """Whether so many are 30 % or more."""
        return count >= SHARE * self.watched

    @property
    def failed_alike(self) -> tuple[Outcome, int] | None:
        """What enough of them met within the hour, and how many; None when they are too few."""
        for outcome, count in self.lately.most_common(1):
            if count >= FEWEST and self.is_share(count):
                return outcome, count
        return None


def follow_incidents(looks: Iterable[tuple[str, Outcome]], *, now: datetime) -> frozenset[str]:
    """Open, keep up and close the incidents of the hosts just looked at; return those with an open one.

    `looks` are hosts and outcomes of a batch whose rows are written already. Two statements for a batch in which
    nothing failed and no incident is open; at most ten otherwise, however many hosts and sources it has.
    """
    seen: dict[str, set[Outcome]] = defaultdict(set)
    for host, outcome in looks:
        seen[host].add(outcome)
    standing = list(HostIncident.objects.open().filter(host__in=seen).select_for_update().order_by("pk"))
    failed = {host for host, outcomes in seen.items() if any(_is_of_host(outcome) for outcome in outcomes)}
    if not failed and not standing:
        return frozenset()
    hosts = _counted(failed | {incident.host for incident in standing}, now=now)
    over = _kept_up(standing, hosts, seen, now=now)
    held = {incident.host for incident in standing}
    opened = _opened({host: hosts[host] for host in sorted(failed - held)}, now=now)
    return frozenset((held - {incident.host for incident in over}) | opened)


def _is_of_host(outcome: Outcome) -> bool:
    return outcome not in GOOD and outcome not in _OF_ONE_FILE


def _counted(names: Collection[str], *, now: datetime) -> dict[str, _Host]:
    """By the index on the host; costs a read of the sources of those hosts."""
    hosts = {name: _Host() for name in names}
    rows = Source.objects.filter(host__in=names, next_check_at__isnull=False).values("host", "last_outcome").order_by()
    bad = Q(health__in=_BAD)
    counted = rows.annotate(
        watched=Count("pk"), failing=Count("pk", filter=bad),
        lately=Count("pk", filter=bad & Q(last_checked_at__gt=now - WITHIN)),
    )  # fmt: skip
    for row in counted:
        host = hosts[row["host"]]
        host.watched += row["watched"]
        if row["last_outcome"] and _is_of_host(Outcome(row["last_outcome"])):
            host.failing[Outcome(row["last_outcome"])] += row["failing"]
            host.lately[Outcome(row["last_outcome"])] += row["lately"]
    return hosts


def _kept_up(
    standing: list[HostIncident], hosts: dict[str, _Host], seen: dict[str, set[Outcome]], *, now: datetime
) -> list[HostIncident]:
    """Bring open incidents up to date and close those that are over, which are returned."""
    over = []
    for incident in standing:
        host = hosts[incident.host]
        outcome, failing = next(iter(host.failing.most_common(1)), (Outcome(incident.outcome), 0))
        incident.outcome, incident.failing, incident.watched = outcome, failing, host.watched
        if outcome in seen[incident.host]:
            incident.last_seen_at = max(now, incident.opened_at)
        opens = any(each in GOOD for each in seen[incident.host])
        if not host.is_share(failing) or not failing or (opens and incident.last_seen_at <= now - WITHIN):
            incident.closed_at = now
            over.append(incident)
    update_rows(standing, ("outcome", "failing", "watched", "last_seen_at", "closed_at"))
    if over:
        flags = Flag.objects.open().filter(code=FlagCode.HOST_INCIDENT, incident__in=over)
        flags.update(closed_at=now, closing_note="The host's sources open again.")
        _look_again([incident.host for incident in over], now=now)
    return over


def _look_again(hosts: Collection[str], *, now: datetime) -> None:
    """Have what still fails looked at now: it gets a flag of its own, or opens again.

    Rows that another worker is writing are left out: it waits for our incident, so waiting for its rows would be a
    deadlock.
    """
    failing = Source.objects.filter(host__in=hosts, health__in=_BAD, next_check_at__isnull=False)
    free = list(failing.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Source.objects.filter(pk__in=free).update(next_check_at=Least("next_check_at", now))


def _opened(hosts: dict[str, _Host], *, now: datetime) -> set[str]:
    """Open incidents where enough failed alike; the unique index decides between two workers that saw the same."""
    found = {name: alike for name, host in hosts.items() if (alike := host.failed_alike)}
    if not found:
        return set()
    HostIncident.objects.bulk_create(
        [
            HostIncident(host=name, outcome=outcome, failing=count, watched=hosts[name].watched,
                         opened_at=now, last_seen_at=now)
            for name, (outcome, count) in found.items()
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    opened = list(HostIncident.objects.open().filter(host__in=found))
    Flag.objects.bulk_create([_flag(incident, now=now) for incident in opened], ignore_conflicts=True)
    return {incident.host for incident in opened}


def _flag(incident: HostIncident, *, now: datetime) -> Flag:
    detail = {
        "host": incident.host,
        "outcome": incident.outcome,
        "failing": incident.failing,
        "watched": incident.watched,
    }
    return Flag(code=FlagCode.HOST_INCIDENT, incident=incident, detail=detail, opened_at=now)
