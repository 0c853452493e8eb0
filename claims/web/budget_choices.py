"""What the explorer's filters offer, kept until another import is published: finding it reads every figure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress

from django.core.cache import cache
from django.db import connection
from redis.exceptions import RedisError

from budgets.models.budget_import import BudgetImport
from budgets.web import explorer
from budgets.web.explorer import Choices

KEPT_SECONDS = 3_600


def remembered(imports: Iterable[BudgetImport]) -> Choices:
    """The choices among the figures of the published imports; without the cache they are found anew each time."""
    key = _key(imports)
    with suppress(RedisError, OSError):
        if isinstance(found := cache.get(key), Choices):
            return found
    found = explorer.choices()
    with suppress(RedisError, OSError):
        cache.set(key, found, timeout=KEPT_SECONDS)
    return found


def _key(imports: Iterable[BudgetImport]) -> str:
    published = [f"{made.public_id} {made.published_at}" for made in imports]
    told = "\n".join([str(connection.settings_dict["NAME"]), *published])
    return f"budget-choices:{hashlib.sha256(told.encode()).hexdigest()}"
