"""Lists with their filters that a person keeps under a name: a convenience of one's own, so not in the ledger."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from claims.models.desk import SavedFilter

MOST = 30
_LONGEST_NAME, _LONGEST_QUERY = 80, 1_000
# Where one was in a list, and that it stood in a window of its own, is not part of what it is.
_NOT_KEPT = frozenset({"p", "e", "all", "_popup", "_to_field", "_facets"})


class ListRefused(Exception):
    """A list cannot be kept; carries one sentence."""


def keep_list(*, page: str, query: str, name: str, by: User) -> SavedFilter:
    """Keep a list; one of the same name on the same page is replaced. `page` names an admin page that exists."""
    label = " ".join(name.split())
    if not label:
        raise ListRefused("Give the list a name.")
    if len(label) > _LONGEST_NAME:
        raise ListRefused(f"A name has at most {_LONGEST_NAME} characters.")
    asked = urlencode([pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in _NOT_KEPT])
    if len(asked) > _LONGEST_QUERY:
        raise ListRefused("These filters are too long to be kept.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two windows of one person cannot pass the limit together
        others = SavedFilter.objects.filter(user=by).exclude(page=page, name=label)
        if others.count() >= MOST:
            raise ListRefused(f"You keep {MOST} lists already: delete one first.")
        last = others.aggregate(last=Max("position"))["last"] or 0
        kept, _ = SavedFilter.objects.update_or_create(
            user=by,
            page=page,
            name=label,
            defaults={"query": asked},
            create_defaults={"query": asked, "position": last + 1},
        )
    return kept


def forget_list(*, key: int, by: User) -> bool:
    """Delete one of one's own lists; return whether there was one."""
    return bool(SavedFilter.objects.filter(pk=key, user=by).delete()[0])
