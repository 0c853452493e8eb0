"""Entries after a cursor: how one app hears of another without either calling the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from django.db import transaction

from ledger.models import Cursor, Entry

Handler = Callable[[Sequence[Entry]], None]


def follow(name: str, verbs: Collection[str], handle: Handler, *, limit: int = 500) -> int:
    """Give the next entries of some verbs to `handle` and move the cursor, in one transaction; return how many.

    Entries become visible in the order of their indices, because each is written under the head's lock: none can
    appear behind the cursor. When `handle` raises, the cursor stays and the same entries come again. While another
    follower of this name is at work there is nothing to do: 0.
    """
    Cursor.objects.get_or_create(name=name)
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update(skip_locked=True).filter(name=name).first()
        if cursor is None:
            return 0
        entries = list(Entry.objects.filter(index__gte=cursor.next_index).order_by("index")[:limit])
        if not entries:
            return 0
        wanted = [entry for entry in entries if entry.verb in verbs]
        if wanted:
            handle(wanted)
        Cursor.objects.filter(name=name).update(next_index=entries[-1].index + 1)
    return len(entries)
