"""The desk as the admin shows it: queues with their buttons, and lists of claims by what waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from budgets.admin.base import staff
from claims.admin.access import roles_of
from claims.admin.kept_lists import Kept, kept_by
from claims.desk.queue import Queue
from claims.desk.reading import BY_CODE, claims_waiting, kinds_for, read_desk, viewer_of
from claims.review.transitions import ASSIGN, Role

# A contributor takes work for themselves only; the verb says so as well.
ASSIGNERS = frozenset({Role.REVIEWER.value, Role.EDITOR.value})


@dataclass(frozen=True, slots=True)
class Desk:
    """All of somebody's queues; those where nothing waits stand apart, in a line each."""

    queues: list[Queue] = field(default_factory=list)
    lists: list[Kept] = field(default_factory=list)
    people: list[tuple[int, str]] = field(default_factory=list)  # to whom work can be given

    @property
    def waiting(self) -> list[Queue]:
        """Where something waits."""
        return [queue for queue in self.queues if queue.count]

    @property
    def quiet(self) -> list[Queue]:
        """Where nothing does."""
        return [queue for queue in self.queues if not queue.count]


def desk_of(request: HttpRequest) -> Desk:
    """Read the desk of whoever is signed in."""
    user, roles = staff(request), roles_of(request)
    queues = read_desk(user, roles, now=timezone.now())
    assigns = bool(ASSIGNERS & roles) and any(
        queue.count and (ASSIGN.verb, ASSIGN.label) in queue.offers for queue in queues
    )
    return Desk(
        queues=queues,
        lists=kept_by(user),
        people=drafters() if assigns else [],
    )


def drafters() -> list[tuple[int, str]]:
    """Return (key, name) of everybody who may be given a draft."""
    found = User.objects.filter(is_active=True, groups__name__in=ASSIGN.roles).distinct().order_by("username")
    return list(found.values_list("pk", "username"))


class WaitsFilter(admin.SimpleListFilter):
    """Claims by the queue of the desk in which they wait for whoever looks."""

    title = "waits on the desk"
    parameter_name = "waits"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        """Know for whom."""
        self.roles = roles_of(request)
        self.user = staff(request)
        super().__init__(request, *args)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The person's own queues of claims."""
        return [(kind.code, kind.title) for kind in kinds_for(self.user, self.roles) if kind.claim]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What the desk counts, and nothing else."""
        kind = BY_CODE.get(self.value() or "")
        if kind is None:
            return queryset
        viewer = viewer_of(self.user, self.roles, [kind], now=timezone.now())
        keys = claims_waiting(kind.code, viewer)
        return queryset.none() if keys is None else queryset.filter(pk__in=keys)
