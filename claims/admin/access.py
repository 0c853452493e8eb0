"""Which roles somebody holds, read once per request."""

from __future__ import annotations

from django.http import HttpRequest

from budgets.admin.base import staff

_ROLES = "tamroi.roles"


def roles_of(request: HttpRequest) -> frozenset[str]:
    """Return the names of the groups of whoever is signed in."""
    if _ROLES not in request.META:
        request.META[_ROLES] = frozenset(staff(request).groups.values_list("name", flat=True))
    roles: frozenset[str] = request.META[_ROLES]
    return roles
