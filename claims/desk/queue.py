"""What a queue is, for whom, and what is read of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import DateTimeField, F, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from claims.desk.deadlines import Deadlines

SHOWN = 5
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom and when a desk is read. `deadlines` are the requests that are due, as the clock counts them."""

    user: int
    roles: frozenset[str]
    now: datetime
    deadlines: Deadlines = field(default_factory=Deadlines)

    @property
    def today(self) -> date:
        """The readers' date."""
        return timezone.localdate(self.now)


@dataclass(frozen=True, slots=True)
class Kind:
    """One queue, as data.

    `rows` returns what waits, annotated by `waiting`. `model` is what one must be allowed to see; no `roles`: that is
    enough. `page` is the admin's page of a line, `full` the page of the whole list with its filter; a queue of claims
    has none and is listed by its own code. `claim` leads from a row to the key of its claim. `offers` are the verbs
    with a button beside each line, `words` makes a person's words of a line's note.
    """

    code: str
    title: str
    empty: str
    model: type[Model]
    rows: Callable[[Viewer], Rows]
    roles: frozenset[str] = frozenset()
    page: str = "claims_claim_review"
    full: tuple[str, str] = ("claims_claim_changelist", "")
    claim: str = ""
    offers: tuple[str, ...] = ()
    words: Callable[[str], str] = str

    @property
    def query(self) -> str:
        """What stands after the question mark in the address of the whole list."""
        return f"waits={self.code}" if self.claim else self.full[1]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits. `key` is its page's; `review` names the revision that a button moves, if there is one."""

    key: int
    text: str
    since: datetime
    note: str
    review: str
    url: str


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: the oldest few, how many in all, and where to see them."""

    kind: Kind
    count: int
    lines: tuple[Line, ...]
    url: str
    offers: tuple[tuple[str, str], ...] = ()  # (verb, label) of the buttons beside each line

    @property
    def title(self) -> str:
        """Its name."""
        return self.kind.title

    @property
    def empty(self) -> str:
        """What to say when nothing waits."""
        return self.kind.empty

    @property
    def oldest(self) -> datetime | None:
        """Since when the first one waits."""
        return self.lines[0].since if self.lines else None


def waiting(rows: Rows, *, key: str = "pk", text: Any, since: Any, note: Any = "", review: Any = "") -> Rows:
    """Annotate rows with what a line shows, in the same types for every queue, so that all are read at once."""
    found: Rows = rows.annotate(
        line_key=F(key),
        line_text=_text(text),
        line_since=Cast(F(since) if isinstance(since, str) else since, DateTimeField()),
        line_note=_text(note) if note else Value("", TextField()),
        line_review=_text(review) if review else Value("", TextField()),
    )
    return found


def _text(what: Any) -> Any:
    return Cast(F(what) if isinstance(what, str) else what, TextField())
