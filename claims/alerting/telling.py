"""From the ledger to messages: who is told of what has happened. A follower, so nothing calls it and nothing is missed.

Mail is read elsewhere too: a message says what happened, to which claim and where the desk shows it. It repeats no word
of a reply or a quote, and the heading of a claim only when readers see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse

from claims.asking.sending import mail_problem
from claims.models.asking import ReceivedReply
from claims.models.desk import Alert, AlertPreference
from claims.models.evidence import EvidenceCitation
from claims.vocabulary import AlertKind, PublicState
from ledger.following import follow
from ledger.models import Entry, EntryContent

FOLLOWER = "alerts"
MOST_APART = 5  # more of one kind at once, and one message counts them
TOLD_WITHIN = timedelta(days=7)  # older than that, somebody has seen it at the desk
NAMED = 5
_LIMIT = 2_000
_PUBLIC = "status__heading_en", "status__state"


@dataclass(frozen=True, slots=True)
class News:
    """What one message says; `key` keeps it from being made twice."""

    key: str
    subject: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class _Topic:
    kind: AlertKind
    wish: str  # field of the preferences
    permission: str
    write: Callable[[Sequence[Entry]], list[News]]


def tell(*, now: datetime, limit: int = _LIMIT) -> None:
    """Make a row per person, channel and message of what has happened since the last time; another worker sends them.

    Reads the log in pieces of `limit` entries, each with its rows in one transaction.
    """

    def handle(entries: Sequence[Entry]) -> None:
        for verb, topic in _TOPICS.items():
            fresh = [entry for entry in entries if entry.verb == verb and entry.recorded_at > now - TOLD_WITHIN]
            if news := topic.write(fresh) if fresh else []:
                rows = list(_rows(topic, news, now))
                Alert.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)

    while follow(FOLLOWER, _TOPICS, handle, limit=limit) == limit:
        pass


def listeners(*, wish: str, permission: str) -> list[User]:
    """Return the active staff who may see it and want it: who has chosen nothing wants what the page would show."""
    wanted = Q(alert_preference__isnull=True) | Q(**{f"alert_preference__{wish}": True})
    staff = User.objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return list(staff.filter(wanted, is_staff=True).select_related("alert_preference").order_by("pk"))


def _rows(topic: _Topic, news: Sequence[News], now: datetime) -> Iterator[Alert]:
    for person in listeners(wish=topic.wish, permission=topic.permission):
        for by_webhook in _channels(person):
            for each in news:
                yield Alert(
                    user=person, kind=topic.kind, by_webhook=by_webhook, key=each.key, subject=each.subject,
                    text=each.text, path=each.path, made_at=now, due_at=now,
                )  # fmt: skip


def _channels(person: User) -> Iterator[bool]:
    """By webhook or not. Where e-mail is not set up none is queued, or all would go out on the day that it is."""
    wish: AlertPreference | None = getattr(person, "alert_preference", None)
    if person.email and not mail_problem():
        yield False
    if wish is not None and wish.webhook_url:
        yield True


def _of_replies(entries: Sequence[Entry]) -> list[News]:
    path = reverse("admin:claims_receivedreply_changelist")
    contents = _contents(entries)
    if len(contents) > MOST_APART:
        said = f"{len(contents):,} replies came in"
        return [_together(contents, said, f"{said} through links that we sent.", path)]
    shown = [f"request__claim__{name}" for name in _PUBLIC]
    replies = ReceivedReply.objects.filter(public_id__in=[content["reply"] for content in contents.values()])
    rows = replies.values_list("public_id", "pk", "only_acknowledges", "request__claim_id", *shown)
    index_of = {content["reply"]: index for index, content in contents.items()}
    out = []
    for public_id, pk, only_acknowledges, *claim in rows.order_by("pk"):
        what = "An acknowledgement" if only_acknowledges else "A reply"
        text = f"{what} came in through a link that we sent.\n\n{_claim(*claim)}"
        where = reverse("admin:claims_receivedreply_change", args=[pk])
        out.append(_news(str(index_of[str(public_id)]), f"{what.lower()} came in", text, where))
    return out


def _of_losses(entries: Sequence[Entry]) -> list[News]:
    path = reverse("admin:claims_flag_quotes")
    contents = _contents(entries)
    lost = {index: list(content["citations"]) for index, content in contents.items()}
    count = sum(map(len, lost.values()))
    if len(lost) > MOST_APART:
        said = f"{count:,} quotes were lost"
        return [_together(contents, said, f"{count:,} quotes are no longer on {len(lost):,} pages.", path)]
    shown = [f"claim__{name}" for name in _PUBLIC]
    cited = EvidenceCitation.objects.filter(public_id__in=[key for keys in lost.values() for key in keys])
    rows = cited.filter(claim__isnull=False).values_list("public_id", "claim_id", *shown)
    claims = {str(public_id): _claim(*claim) for public_id, *claim in rows}
    out = []
    for index, keys in lost.items():
        said = "a quote was" if len(keys) == 1 else f"{len(keys):,} quotes were"
        lines = list(dict.fromkeys(claims[key] for key in keys if key in claims))
        more = [f"and {len(lines) - NAMED:,} more"] if len(lines) > NAMED else []
        about = "\n".join([*lines[:NAMED], *more]) or "No claim rests on it."
        text = f"{said.capitalize()} not found any more on the page that we took it from.\n\n{about}"
        out.append(_news(str(index), f"{said} lost", text, path))
    return out


def _contents(entries: Sequence[Entry]) -> dict[int, Mapping[str, Any]]:
    """What the entries say, by index; content that was erased has nothing to tell."""
    rows = EntryContent.objects.filter(entry__in=entries).order_by("entry")
    return dict(rows.values_list("entry_id", "content"))


def _claim(pk: int, heading: str | None, state: str | None) -> str:
    if heading and state != PublicState.HIDDEN:
        return f"The claim: “{heading}”"
    return f"The claim, which readers do not see: {_url(reverse('admin:claims_claim_change', args=[pk]))}"


def _together(contents: Mapping[int, object], said: str, text: str, path: str) -> News:
    return _news(f"{min(contents)}-{max(contents)}", said, text, path)


def _news(key: str, said: str, text: str, path: str) -> News:
    mine = _url(reverse("admin:claims_alertpreference_mine"))
    whole = f"{text}\n\nAt the desk: {_url(path)}\n\nTo change what you are told of: {mine}\n"
    return News(key=key, subject=f"The desk: {said}", text=whole, path=path)


def _url(path: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}{path}"


_TOPICS = {
    "reply.received": _Topic(AlertKind.NEW_REPLY, "new_replies", "claims.view_receivedreply", _of_replies),
    "source.lost": _Topic(AlertKind.QUOTE_LOST, "lost_quotes", "claims.view_flag", _of_losses),
}
