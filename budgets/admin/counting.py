"""Lists of a million rows: counted no further than anybody reads on."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST_COUNTED = 10_000


class CappedPaginator(Paginator):  # type: ignore[type-arg] # not subscriptable at run time
    """Counts up to `MOST_COUNTED` rows; what lies behind is found by a search or a filter."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, or the cap."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_COUNTED].count()) if hasattr(rows, "order_by") else len(rows)
