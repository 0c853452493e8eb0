"""Reading a desk: every queue that somebody has, in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, TextField, Value, Window
from django.urls import reverse

from claims.desk.deadlines import read_deadlines
from claims.desk.of_claims import AFTERWARDS, DRAFTING, JUDGING
from claims.desk.of_machines import EVIDENCE, FAILED
from claims.desk.of_replies import REPLIES
from claims.desk.queue import SHOWN, Kind, Line, Queue, Rows, Viewer
from claims.review.transitions import BY_VERB

# In the order of the work: what others wait for first, what machines saw last.
KINDS: tuple[Kind, ...] = (*REPLIES, *JUDGING, *DRAFTING, *AFTERWARDS, *EVIDENCE, *FAILED)
BY_CODE = {kind.code: kind for kind in KINDS}
_COLUMNS = ("line_key", "line_text", "line_since", "line_note", "line_review")


def kinds_for(user: User, roles: frozenset[str]) -> list[Kind]:
    """Return the queues that somebody in `roles` has: of what they may see, and may move on."""
    return [kind for kind in KINDS if (not kind.roles or kind.roles & roles) and _is_open_to(kind, user)]


def read_desk(user: User, roles: frozenset[str], *, now: datetime) -> list[Queue]:
    """Return somebody's queues in three queries, however much waits; each with its five oldest lines."""
    kinds = kinds_for(user, roles)
    if not kinds:
        return []
    viewer = viewer_of(user, roles, kinds, now=now)
    found = _read([(kind, kind.rows(viewer)) for kind in kinds])
    return [_queue(kind, found[kind.code], roles) for kind in kinds]


def viewer_of(user: User, roles: frozenset[str], kinds: Iterable[Kind], *, now: datetime) -> Viewer:
    """Return for whom and when to read; the clock is asked only when a queue needs it."""
    viewer = Viewer(user.pk, roles, now)
    if not any(kind in REPLIES for kind in kinds):
        return viewer
    return Viewer(user.pk, roles, now, read_deadlines(viewer.today))


def claims_waiting(code: str, viewer: Viewer) -> Rows | None:
    """Return a query for the keys of the claims in a queue of claims; None when there is no such queue for them."""
    kind = BY_CODE.get(code)
    if kind is None or not kind.claim or not (kind.roles & viewer.roles):
        return None
    return kind.rows(viewer).order_by().values(kind.claim)


def _is_open_to(kind: Kind, user: User) -> bool:
    options = kind.model._meta
    may_see = user.has_perm(f"{options.app_label}.view_{options.model_name}")
    # A queue of claims leads to the page of a claim, whatever its rows are.
    return may_see and (bool(kind.claim) or admin.site.is_registered(kind.model))


def _read(parts: Sequence[tuple[Kind, Rows]]) -> dict[str, list[Any]]:
    """The five oldest rows of each queue, each with the number of all of its queue (last column)."""
    branches = [
        rows.annotate(line_queue=Value(kind.code, TextField()), line_total=Window(Count("pk")))
        .order_by("line_since", "pk")
        .values_list("line_queue", *_COLUMNS, "line_total")[:SHOWN]
        for kind, rows in parts
    ]
    found: dict[str, list[Any]] = defaultdict(list)
    for code, *row in branches[0].union(*branches[1:], all=True):
        found[code].append(row)
    return found


def _queue(kind: Kind, rows: list[Any], roles: frozenset[str]) -> Queue:
    lines = [
        Line(key, text, since, kind.words(note), review, reverse(f"admin:{kind.page}", args=[key]))
        for key, text, since, note, review, _ in sorted(rows, key=lambda row: (row[2], row[0]))
    ]
    page = reverse(f"admin:{kind.full[0]}")
    return Queue(
        kind=kind,
        count=rows[0][-1] if rows else 0,
        lines=tuple(lines),
        url=f"{page}?{kind.query}" if kind.query else page,
        offers=tuple((verb, BY_VERB[verb].label) for verb in kind.offers if BY_VERB[verb].roles & roles),
    )
