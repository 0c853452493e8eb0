"""Pages that somebody asked for, fetched by a worker: leased, read outside any transaction, stored under the lease."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q

from claims.candidates.candidate import MOST_CHARACTERS, TextTooLong
from claims.drift.passages import language_of
from claims.models.intake_text import IntakeText
from claims.outbound import reasons
from claims.outbound.magic import Kind
from claims.outbound.results import Fetch, Fetched, FetchFailure, Postponed, Request, Result
from claims.receiving.texts import stored
from claims.sources.extract import extract
from claims.sources.outcome import judge_status
from claims.sources.recheck import OpenFetcher
from claims.sources.signals import is_challenge, is_login_wall, needs_script
from claims.vocabulary import IntakeState, Outcome

PER_TICK = 8
MOST_ATTEMPTS = 5
LEASE = timedelta(minutes=3)  # longer than a fetch and its PDF together can take
_RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
_WAITS_AT_MOST = timedelta(days=1)  # for hosts that ask for one pause after the other
_MAY_PASS = frozenset({Outcome.TIMEOUT, Outcome.UNAVAILABLE, Outcome.DNS_ERROR, Outcome.TLS_ERROR})
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """What was read at an address: its title and text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing was read; `said` is the outcome's code and its sentence in both languages."""

    said: dict[str, str] = field(hash=False)
    may_pass: bool = False


Read = Page | Failure | Postponed


def fetch_due(*, fetcher: OpenFetcher, now: datetime) -> int:
    """Fetch the pages that are due, some at once, and store what was read; return how many were looked at.

    A worker that dies costs the time of the lease; five leases that came to nothing are given up with a sentence.
    """
    bury(now=now)
    token, leased = lease(now=now)
    if not leased:
        return 0
    results = asyncio.run(_read_all([text.url for text in leased], fetcher))
    for text, result in zip(leased, results, strict=True):
        store(text, result, token=token, now=now)
    return len(leased)


def lease(*, now: datetime, limit: int = PER_TICK) -> tuple[UUID, list[IntakeText]]:
    """Take the texts that wait longest under a new token, so that no other worker does. Two statements."""
    token = uuid4()
    with transaction.atomic():
        due = IntakeText.objects.filter(_due(now), attempts__lt=MOST_ATTEMPTS).order_by("fetch_due_at", "pk")
        leased = list(due.select_for_update(skip_locked=True)[:limit])
        until = now + LEASE
        IntakeText.objects.filter(pk__in=[text.pk for text in leased]).update(
            lease_token=token, lease_until=until, fetch_due_at=until, attempts=F("attempts") + 1
        )
    for text in leased:
        text.attempts += 1
    return token, leased


def bury(*, now: datetime) -> int:
    """Give up what was leased five times and never finished; return how many."""
    said = _said(Outcome.UNAVAILABLE, "checker_failed")
    return IntakeText.objects.filter(_due(now), attempts__gte=MOST_ATTEMPTS).update(**_failed(said))


def _due(now: datetime) -> Q:
    return Q(fetch_due_at__lte=now) & (Q(lease_until__isnull=True) | Q(lease_until__lte=now))


async def _read_all(urls: Iterable[str], fetcher: OpenFetcher) -> list[Read]:
    async with fetcher() as client:
        return await asyncio.gather(*(_read_or_fail(url, client.fetch) for url in urls))


async def _read_or_fail(url: str, fetch: Fetch) -> Read:
    """A fault of ours on one page must not take the others' results with it."""
    try:
        return await read_page(url, await fetch(Request(url)))
    except Exception:
        _logger.exception("A page that somebody took in could not be read.")
        return Failure(_said(Outcome.UNAVAILABLE, "checker_failed"), may_pass=True)


async def read_page(url: str, answer: Result) -> Read:
    """Judge an answer and take the text out of it. No database, no network."""
    if isinstance(answer, Postponed):
        return answer
    if isinstance(answer, FetchFailure):
        outcome = Outcome(answer.outcome)
        return Failure(_said(outcome, answer.detail), may_pass=outcome in _MAY_PASS and not answer.permanent)
    if judged := judge_status(answer):
        return Failure(_said(judged.outcome, judged.detail), may_pass=judged.outcome in _MAY_PASS)
    if answer.kind in (Kind.UNREAD, Kind.EMPTY) or answer.not_modified:
        code = "empty_page" if answer.kind is not Kind.UNREAD else "kind_not_read"
        return Failure(_said(Outcome.UNVERIFIABLE if code == "empty_page" else Outcome.UNSUPPORTED, code))
    return await _read_body(url, answer)


async def _read_body(url: str, answer: Fetched) -> Read:
    document = await extract(answer.kind, answer.body, answer.content_type)
    if document.problem:
        return Failure(_said(Outcome.UNVERIFIABLE, document.problem))
    if is_challenge(document, answer.body):
        return Failure(_said(Outcome.BLOCKED, "challenge"))
    if is_login_wall(document, url, answer.final_url):
        return Failure(_said(Outcome.BLOCKED, "login_wall"))
    text = stored(document.main if document.main.strip() else document.visible).strip()
    if not text:
        return Failure(_said(Outcome.UNVERIFIABLE, "needs_script" if needs_script(document) else "empty_page"))
    if len(text) > MOST_CHARACTERS:
        return Failure({"outcome": Outcome.TOO_LARGE.value, **TextTooLong(len(text)).sentence})
    return Page(stored(document.title).strip()[:300], text)


def store(text: IntakeText, result: Read, *, token: UUID, now: datetime) -> None:
    """Write what was read, unless somebody else has the text by now."""
    mine = IntakeText.objects.filter(pk=text.pk, lease_token=token, state=IntakeState.WAITING)
    mine.update(**_changes(text, result, now))


def _changes(text: IntakeText, result: Read, now: datetime) -> dict[str, Any]:
    if isinstance(result, Page):
        read = {"state": IntakeState.READ, "failure": {}, "title": result.title, "text": result.text}
        return {**_free(None), **read, "lang": language_of(result.text)}
    if isinstance(result, Postponed):
        if now - text.received_at > _WAITS_AT_MOST:
            return _failed(_said(Outcome.UNAVAILABLE, "host_busy"))
        return {**_free(now + timedelta(seconds=result.seconds)), "attempts": F("attempts") - 1}
    if result.may_pass and text.attempts < MOST_ATTEMPTS:
        return {**_free(now + _RETRY_AFTER[text.attempts - 1]), "failure": result.said}
    return _failed(result.said)


def _free(due: datetime | None) -> dict[str, Any]:
    return {"lease_token": None, "lease_until": None, "fetch_due_at": due}


def _failed(said: dict[str, str]) -> dict[str, Any]:
    return {**_free(None), "state": IntakeState.FAILED, "failure": said}


def _said(outcome: Outcome, detail: str) -> dict[str, str]:
    """The outcome's code, and a sentence in both languages."""
    why = reasons.sentence(detail)
    return {
        "outcome": outcome.value,
        **{lang: f"{label}: {why[lang]}" if why[lang] else label for lang, label in outcome.both.items()},
    }
