"""The day's work as an e-mail: how much waits in each of somebody's queues, once per working day, for who wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils.timesince import timesince

from claims.asking.sending import mail_problem
from claims.clock.calendar import Calendar
from claims.desk.deadlines import calendar_rows
from claims.desk.queue import Queue
from claims.desk.reading import read_desk
from claims.models.desk import Alert, AlertPreference
from claims.vocabulary import AlertKind

OFFICE_ZONE = ZoneInfo("Asia/Bangkok")


def make_digests(*, now: datetime) -> int:
    """Make the digests of today that are due and not made yet; return how many rows there are to be sent.

    Called every few minutes: before the hour, on a day that is no working day, and a second time it does nothing. Each
    person has a transaction of their own; two workers at once make one row.
    """
    local = now.astimezone(OFFICE_ZONE)
    today = local.date()
    if local.hour < settings.DIGEST_HOUR or not is_working_day(today):
        return 0
    waiting = AlertPreference.objects.filter(digest=True, user__is_active=True).exclude(digest_sent_on=today)
    return sum(_make(key, today, now) for key in list(waiting.order_by("pk").values_list("pk", flat=True)))


def is_working_day(day: date) -> bool:
    """Whether offices in Thailand are open, as the clock of the right of reply counts."""
    return Calendar(calendar_rows()).is_working_day(day)


def _make(key: int, today: date, now: datetime) -> int:
    with transaction.atomic():
        due = AlertPreference.objects.select_for_update(of=("self",), skip_locked=True).select_related("user")
        wish = due.filter(pk=key, digest=True).exclude(digest_sent_on=today).first()
        if wish is None:
            return 0
        wish.digest_sent_on = today
        wish.save(update_fields=["digest_sent_on"])
        queues = [queue for queue in _desk_of(wish.user, now) if queue.count]
        if not queues or not wish.user.email or mail_problem():
            return 0
        Alert.objects.create(
            user=wish.user,
            kind=AlertKind.DIGEST,
            key=today.isoformat(),
            subject=subject_of(queues),
            text=text_of(queues, now),
            path=reverse("admin:index"),
            made_at=now,
            due_at=now,
        )
    return 1


def _desk_of(user: User, now: datetime) -> list[Queue]:
    roles = frozenset(user.groups.values_list("name", flat=True))
    return read_desk(user, roles, now=now)


def subject_of(queues: Sequence[Queue]) -> str:
    """Say how much waits."""
    waiting = sum(queue.count for queue in queues)
    return f"The desk: {waiting:,} {'thing waits' if waiting == 1 else 'things wait'} for you"


def text_of(queues: Sequence[Queue], now: datetime) -> str:
    """A line and an address per queue; no word of any claim, for mail is read elsewhere too."""
    lines = []
    for queue in queues:
        age = timesince(queue.oldest, now) if queue.oldest else ""
        lines += [f"{queue.title}: {queue.count:,}, oldest {age}", f"  {settings.PUBLIC_ORIGIN}{queue.url}", ""]
    where = f"{settings.PUBLIC_ORIGIN}{reverse('admin:claims_alertpreference_mine')}"
    return "\n".join([*lines, f"You chose to be told once per working day. To change that: {where}", ""])
