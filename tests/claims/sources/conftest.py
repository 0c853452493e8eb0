"""Sources, citations, and a scripted other side: `fetch` is an argument, so a test says what the web answers."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from claims.models.evidence import EvidenceCitation
from claims.models.source import Source
from claims.outbound.magic import kind_of
from claims.outbound.results import Fetched, FetchFailure, Hop, Request, Result
from claims.sources.due import lease
from claims.sources.recheck import recheck
from claims.sources.record import Plan, Recorded
from tests.factories.claims import NOW, cite, draft_claim, make_source

QUOTE = "the office set aside 336 million for public relations in the 2024 fiscal year"
LEASE = timedelta(minutes=5)
TEXT = (
    "The board met on Monday and spoke for three hours about the budget of the coming year.",
    f"She noted that {QUOTE}, which nobody at the table disputed.",
    "The minutes of the meeting will be published before the end of the month, officials said.",
)


def page(*paragraphs: str, title: str = "Board meets") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><title>{title}</title><body><article><h1>{title}</h1>{body}</article></body></html>"


ARTICLE = page(*TEXT)


def answer(
    url: str, body: str = ARTICLE, *, status: int = 200, final_url: str = "", headers: dict[str, str] | None = None
) -> Fetched:
    raw = body.encode()
    return Fetched(
        url=url,
        final_url=final_url or url,
        status=status,
        chain=(Hop(url, status),),
        headers=headers or {},
        kind=kind_of(raw[:1024], "text/html"),
        body=raw,
        body_sha256=sha256(raw).hexdigest() if raw else "",
        content_type="text/html; charset=utf-8",
        address="203.0.113.7",
    )


@dataclass
class Web:
    """The other side. `says` answers a request; by default everything is the article."""

    says: Callable[[Request], Result] = lambda request: answer(request.url)
    asked: list[Request] = field(default_factory=list)

    async def fetch(self, request: Request) -> Result:
        self.asked.append(request)
        return self.says(request)

    def shows(self, *paragraphs: str, title: str = "Board meets") -> None:
        self.says = lambda request: answer(request.url, page(*paragraphs, title=title))

    def fails(self, outcome: str, reason: str) -> None:
        self.says = lambda request: FetchFailure(request.url, outcome, reason, final_url=request.url)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Web"]:
        yield self


@dataclass
class Watch:
    """One watched source with one citation, and a way to look at it."""

    source: Source
    citation: EvidenceCitation
    web: Web
    confirm: timedelta = timedelta(minutes=30)
    local_site: str = ""

    def look(self, now: datetime) -> list[Recorded]:
        """Make it due, lease it, check it."""
        Source.objects.filter(pk=self.source.pk).update(next_check_at=now)
        out: list[Recorded] = []
        for batch in lease(now=now, limit=100, lease_for=LEASE):
            plan = Plan(confirm=self.confirm, local_site=self.local_site)
            out += recheck(batch.ids, token=batch.token, fetcher=self.web.open, plan=plan, now=now)
        self.source.refresh_from_db()
        self.citation.refresh_from_db()
        return out


@pytest.fixture
def media(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def watch(db: None, media: Path, web: Web) -> Watch:
    return make_watch(web)


def make_watch(web: Web) -> Watch:
    by = User.objects.create(username="watcher", is_staff=True)
    source = make_source(by=by)
    claim = draft_claim(by=by)
    citation = cite(claim, by=by, source=source, quote=QUOTE)
    Source.objects.exclude(pk=source.pk).update(next_check_at=None)
    return Watch(source, citation, web)


@pytest.fixture
def hours() -> Callable[[float], datetime]:
    return lambda number: NOW + timedelta(hours=number)
