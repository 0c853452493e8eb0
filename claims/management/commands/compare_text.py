"""`manage.py compare_text CLAIM FILE|URL`: where a reprint or a later statement differs from a claim."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.drift.difference import Difference
from claims.drift.of_claim import drift_of
from claims.models.claim import Claim
from claims.outbound import configured
from claims.outbound.magic import SNIFF, Kind, kind_of
from claims.outbound.reasons import sentence
from claims.outbound.results import Fetched, FetchFailure, Postponed, Request
from claims.sources.extract import extract
from claims.sources.outcome import judge_status
from claims.uploads import MOST_BYTES

_TYPES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf"}
_FAILED = 2  # 1 says that there are differences


class _Unreadable(Exception):
    """There is no text to compare; carries the sentence."""


class Command(BaseCommand):
    """Exit code 0: no difference; 1: differences, a line each; 2: nothing was compared, with a sentence."""

    help = (
        "Compare a text, HTML or PDF file, or a page, with a claim: currencies, amounts, years, names, titles and "
        "hedges that differ. Exit code 0 without differences, 1 with some, 2 when nothing could be compared."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the claim and the text."""
        parser.add_argument("claim", help="The claim's slug, as in its address.")
        parser.add_argument("text", metavar="FILE|URL", help="A file of this machine, or an http or https address.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line instead of sentences.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read both, compare, tell."""
        claim = Claim.objects.filter(slug=options["claim"]).first()
        if claim is None:
            raise CommandError(
                f"There is no claim “{options['claim']}”: give the last part of its address.", returncode=_FAILED
            )
        try:
            text = asyncio.run(_text(options["text"]))
        except _Unreadable as error:
            raise CommandError(f"{options['text']} was not compared: {error}", returncode=_FAILED) from error
        differences = drift_of(claim, text)
        for each in differences:
            self.stdout.write(_as_json(each) if options["json"] else each.sentence)
        if differences:
            sys.exit(1)
        if not options["json"]:
            self.stdout.write("No difference found in amounts, units, years, names, titles or hedges.")


def _as_json(difference: Difference) -> str:
    return json.dumps(asdict(difference), ensure_ascii=False)


async def _text(place: str) -> str:
    """The readable text of a file or a page. Raises `_Unreadable`."""
    if place.lower().startswith(("http://", "https://")):
        kind, body, content_type = await _from_web(place)
    else:
        kind, body, content_type = _from_file(Path(place))
    if kind in (Kind.UNREAD, Kind.EMPTY):
        raise _Unreadable(_sentence("kind_not_read" if kind is Kind.UNREAD else "empty_page"))
    document = await extract(kind, body, content_type)
    if document.problem:
        raise _Unreadable(_sentence(document.problem))
    text = document.text if document.main.strip() else document.visible
    if not text.strip():
        raise _Unreadable(_sentence("needs_script" if document.has_script_shell else "no_text"))
    return text


def _from_file(path: Path) -> tuple[Kind, bytes, str]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _Unreadable(f"the file is larger than {MOST_BYTES:,} bytes.")
        body = path.read_bytes()
    except OSError as error:
        raise _Unreadable(f"{error.strerror or 'the file cannot be read'}.") from error
    content_type = _TYPES.get(path.suffix.lower(), "")
    return kind_of(body[:SNIFF], content_type), body, content_type


async def _from_web(url: str) -> tuple[Kind, bytes, str]:
    async with configured.client() as client:
        answer = await client.fetch(Request(url))
    if isinstance(answer, Postponed):
        raise _Unreadable(f"{_sentence('host_busy')} Try again in {answer.seconds:.0f} seconds.")
    if isinstance(answer, FetchFailure):
        raise _Unreadable(_sentence(answer.detail))
    return _body(answer)


def _body(answer: Fetched) -> tuple[Kind, bytes, str]:
    if judged := judge_status(answer):
        raise _Unreadable(f"{_sentence(judged.detail)} ({answer.status})")
    return answer.kind, answer.body, answer.content_type


def _sentence(detail: str) -> str:
    return sentence(detail)["en"] or detail
