"""Changes of a claim and of an account, a page at a time, for somebody who may not see everything."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.contrib.auth.models import User
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from claims.history.causes import Cause, causes_of
from claims.history.differences import Comparing, Difference
from claims.history.naming import Names, name_of, names_of, rows_in
from claims.history.tracking import Tracked, by_table
from claims.models.change import Change, ChangeCause
from claims.models.claim import Claim
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.models.review import ClaimReview
from claims.review.blinding import HIDDEN_FIELDS, hidden_reviews

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show of a history; empty parts leave nothing out. `until` is the last day. Days are local ones."""

    by: int | None = None
    outside: bool = False
    table: str = ""
    column: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that came, changed or went. `subjects` are the pages it is part of: table, key and name."""

    change: Change
    tracked: Tracked | None
    name: str
    subjects: tuple[tuple[str, int, str], ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What one cause did in one transaction, newest first. No cause: done outside the application."""

    at: datetime
    cause: Cause | None
    role: str
    program: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Groups, newest first, and the change below which the next page begins."""

    groups: tuple[Group, ...]
    older: int | None


def hidden_fields(reviews: Collection[int], viewer: User) -> Mapping[int, frozenset[str]]:
    """By review (keys): the columns of it whose values `viewer` may not see. Two queries, for a whole page."""
    rows = ClaimReview.objects.filter(pk__in=reviews)
    return dict.fromkeys(hidden_reviews(rows, viewer), frozenset(HIDDEN_FIELDS))


def changes_of_claim(claim: Claim) -> QuerySet[Change]:
    """All that was ever part of the claim's page, and of the statements that ever covered it. One query before."""
    own, statements = f"{Claim._meta.db_table}:{claim.pk}", f"{OfficialResponse._meta.db_table}:"
    covering = ResponseCoverage.objects.filter(claim=claim).order_by()
    covered = Change.objects.filter(table_name=ResponseCoverage._meta.db_table, subjects__contains=[own]).order_by()
    now = covering.values_list(Concat(Value(statements, TextField()), Cast("response_id", TextField())))
    once = covered.values_list(Func(F("subjects"), function="unnest", output_field=TextField()))
    keys = {own, *(key for (key,) in now.union(once) if key.startswith(statements))}
    return Change.objects.filter(subjects__overlap=sorted(keys))


def changes_by(user: User) -> QuerySet[Change]:
    """All that an account changed, wherever it stands."""
    return Change.objects.filter(Exists(_causes().filter(user=user)))


def people_in(changes: QuerySet[Change]) -> QuerySet[User]:
    """The accounts that made some of the changes."""
    causes = ChangeCause.objects.filter(tx__in=changes.order_by().values("tx"), user__isnull=False)
    return User.objects.filter(pk__in=causes.values("user")).order_by("username")


def wanted_of(changes: QuerySet[Change], wanted: Wanted) -> QuerySet[Change]:
    """Leave out what was not asked for."""
    if wanted.by is not None:
        changes = changes.filter(Exists(_causes().filter(user=wanted.by)))
    if wanted.outside:
        changes = changes.filter(~Exists(_causes()))
    if wanted.table:
        changes = changes.filter(table_name=wanted.table)
    if wanted.column:
        changes = changes.filter(Q(before__has_key=wanted.column) | Q(after__has_key=wanted.column))
    if wanted.since is not None:
        changes = changes.filter(at__gte=_midnight(wanted.since))
    if wanted.until is not None:
        changes = changes.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return changes


def page_of(changes: QuerySet[Change], *, viewer: User, before: int | None = None, size: int = PER_PAGE) -> Page:
    """A page below the change `before`: three queries, and two when reviews are on it, however much there is."""
    if before is not None:
        changes = changes.filter(pk__lt=before)
    rows = list(changes.order_by("-pk")[: size + 1])
    shown = rows[:size]
    names, causes = names_of(rows_in(shown)), causes_of(shown)
    reviews = {row.row_id for row in shown if row.table_name == ClaimReview._meta.db_table}
    hidden = hidden_fields(reviews, viewer) if reviews else {}
    comparing = Comparing(names)
    entries = [_entry(row, names, comparing, hidden) for row in shown]
    return Page(_groups(entries, causes), shown[-1].pk if len(rows) > size else None)


def _causes() -> QuerySet[ChangeCause]:
    return ChangeCause.objects.filter(tx=OuterRef("tx"), first__lte=OuterRef("pk"), last__gte=OuterRef("pk"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _entry(change: Change, names: Names, comparing: Comparing, hidden: Mapping[int, frozenset[str]]) -> Entry:
    is_review = change.table_name == ClaimReview._meta.db_table
    secret = hidden.get(change.row_id, frozenset()) if is_review else frozenset()
    return Entry(
        change=change,
        tracked=by_table().get(change.table_name),
        name=name_of(change, names),
        subjects=tuple(_subject(subject, names) for subject in change.subjects),
        differences=comparing.differences(change, secret),
    )


def _subject(subject: str, names: Names) -> tuple[str, int, str]:
    table, _, key = subject.partition(":")
    tracked = by_table().get(table)
    return table, int(key), names.get((tracked.label, int(key)), "") if tracked else ""


def _groups(entries: Sequence[Entry], causes: Mapping[int, Cause]) -> tuple[Group, ...]:
    def together(entry: Entry) -> tuple[int, str, Cause | None]:
        return entry.change.tx, entry.change.role, causes.get(entry.change.pk)

    groups = []
    for (_, role, cause), found in groupby(entries, key=together):
        rows = tuple(found)
        newest = rows[0].change
        groups.append(Group(newest.at, cause, role, newest.program, rows))
    return tuple(groups)
