"""Take a list of addresses under watch, a batch at a time. The same list again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from django.db import connection, transaction

from claims.models.evidence import EvidenceCitation
from claims.models.source import Source
from claims.models.watch import WatchEntry
from claims.outbound.policy import Policy, Refused, judge_url
from claims.sources.quote import Quote
from claims.sources.watchlist import Wanted
from claims.vocabulary import Language, QuoteState
from ledger.recording import record

BATCH = 1_000
_MAX_URL, _MAX_HOST = 2_000, 255  # characters that a source's columns hold
_ONE_LIST_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('tamroi.watch_list'))"
_QUOTE_FIELDS = (
    "source", "quote_exact", "quote_prefix", "quote_suffix", "quote_lang", "quote_state", "quote_state_at",
    "quote_found",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What became of the lines so far. An entry is counted once, as added, changed or the same."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0  # of all of them, those whose address cannot be watched
    sources: int = 0  # pages nobody had watched before

    @property
    def entries(self) -> int:
        """Lines taken."""
        return self.added + self.changed + self.same

    def __iadd__(self, other: Tally) -> Tally:
        for name, count in asdict(other).items():
            setattr(self, name, getattr(self, name) + count)
        return self


@dataclass(frozen=True, slots=True)
class _Judged:
    """A line whose address was judged: `url` as the policy writes it, or the reason code why not."""

    wanted: Wanted
    url: str = ""
    refused: str = ""

    @property
    def quote(self) -> Quote | None:
        """What is looked for; nothing where nobody looks."""
        return None if self.refused else self.wanted.quote


def watch(wanted: Iterable[Wanted], *, policy: Policy, clock: Callable[[], datetime]) -> Iterator[Tally]:
    """Store a list and yield the tally after each batch of `BATCH` lines, each a transaction with fixed statements.

    A new page is due at once, one with a new or changed quote again. The ledger gets one entry for the run, if
    anything changed; also when the reader of this iterator stops early.
    """
    total = Tally()
    lines = iter(wanted)
    try:
        while batch := list(islice(lines, BATCH)):
            total += _watch_batch(batch, policy=policy, now=clock())
            yield total
    finally:
        if total.added or total.changed:
            with transaction.atomic():
                record(
                    "sources.watched",
                    subject_kind="watch_list",
                    subject_id=clock().isoformat(timespec="microseconds"),
                    content={name: str(count) for name, count in asdict(total).items()},
                )


def _watch_batch(batch: Sequence[Wanted], *, policy: Policy, now: datetime) -> Tally:
    judged = {line.id: _judge(line, policy) for line in batch}  # of two lines with one id the last one counts
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_LIST_AT_A_TIME)
        standing = _standing(judged)
        asked = [line for line in judged.values() if standing.differs(line)]
        added = sum(line.wanted.id not in standing.entries for line in asked)
        made = _write(asked, standing, now=now) if asked else 0
    refused = sum(bool(line.refused) for line in judged.values())
    return Tally(added, len(asked) - added, len(judged) - len(asked), refused, made)


def _write(asked: list[_Judged], standing: _Standing, *, now: datetime) -> int:
    """Store what a batch changes and return how many pages are new.

    Sources are locked before citations, as a check does that records its findings.
    """
    sources, made = _make_sources(asked, now=now)
    list(Source.objects.select_for_update().filter(pk__in=sources.values()).order_by("pk").values_list("pk"))
    _write_entries(asked, standing, sources, now)
    _write_quotes(asked, standing)
    Source.objects.filter(pk__in=sources.values()).update(next_check_at=now)
    return made


def _judge(wanted: Wanted, policy: Policy) -> _Judged:
    try:
        url = judge_url(wanted.url, policy).url
    except Refused as refusal:
        return _Judged(wanted, refused=refusal.code)
    if len(url) > _MAX_URL or len(urlsplit(url).netloc) > _MAX_HOST:
        return _Judged(wanted, refused="too_long_to_watch")
    return _Judged(wanted, url)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the list said before, for the ids of a batch."""

    entries: dict[str, WatchEntry]
    citations: dict[int, EvidenceCitation]  # by entry

    def differs(self, line: _Judged) -> bool:
        """Whether the line is new or asks for something else."""
        entry = self.entries.get(line.wanted.id)
        if entry is None:
            return True
        place = entry.source.url if entry.source else ""
        if (entry.url, entry.refused, place) != (line.wanted.shown_url, line.refused, line.url):
            return True
        return _quote_of(self.citations.get(entry.pk)) != line.quote


def _standing(keys: Iterable[str]) -> _Standing:
    found = WatchEntry.objects.filter(key__in=list(keys)).select_related("source")
    entries = {entry.key: entry for entry in found}
    cited = EvidenceCitation.objects.filter(watch__in=[entry.pk for entry in entries.values()])
    return _Standing(entries, {row.watch_id or 0: row for row in cited})


def _make_sources(lines: Iterable[_Judged], *, now: datetime) -> tuple[dict[str, int], int]:
    """The pages that the lines name, by address, made where nobody watched them; and how many are new."""
    named = {line.url: line for line in lines if line.url}
    standing = Source.objects.filter(url__in=list(named))
    found = dict(standing.values_list("url", "pk"))
    missing = [_source(line, now) for url, line in named.items() if url not in found]
    if missing:
        # somebody may add the same page at this moment
        Source.objects.bulk_create(missing, ignore_conflicts=True)
        found = dict(standing.all().values_list("url", "pk"))
    return found, len(missing)


def _write_entries(lines: list[_Judged], standing: _Standing, sources: dict[str, int], now: datetime) -> None:
    fresh: list[WatchEntry] = []
    moved: list[WatchEntry] = []
    for line in lines:
        before = standing.entries.get(line.wanted.id)
        entry = before or WatchEntry(key=line.wanted.id, added_at=now)
        (moved if before else fresh).append(entry)
        entry.url, entry.refused = line.wanted.shown_url, line.refused
        entry.source_id = sources[line.url] if line.url else None
    WatchEntry.objects.bulk_update(moved, ["url", "refused", "source"])
    standing.entries.update({entry.key: entry for entry in WatchEntry.objects.bulk_create(fresh)})


def _write_quotes(lines: list[_Judged], standing: _Standing) -> None:
    """Store what the lines quote; a quote that is new, changed or elsewhere has not been looked for yet."""
    added: list[EvidenceCitation] = []
    edited: list[EvidenceCitation] = []
    gone: list[int] = []
    for line in lines:
        entry = standing.entries[line.wanted.id]
        before = standing.citations.get(entry.pk)
        if line.quote is None:
            gone += [before.pk] if before else []
        elif before is None or (_quote_of(before), before.source_id) != (line.quote, entry.source_id):
            citation = before or EvidenceCitation(watch=entry)
            _put(citation, line.quote, entry)
            (edited if before else added).append(citation)
    EvidenceCitation.objects.bulk_create(added)
    EvidenceCitation.objects.bulk_update(edited, _QUOTE_FIELDS)
    EvidenceCitation.objects.filter(pk__in=gone).delete()


def _source(line: _Judged, now: datetime) -> Source:
    """A list names no title: the site's name stands in for it."""
    host = urlsplit(line.url).netloc
    return Source(
        url=line.url, host=host, title=host, title_lang=Language.EN, publisher_en=host[:200], publisher_th=host[:200],
        lang=_lang(line.wanted.quote.exact if line.wanted.quote else ""), added_at=now, next_check_at=now,
    )  # fmt: skip


def _put(citation: EvidenceCitation, quote: Quote, entry: WatchEntry) -> None:
    """A new or changed quote, which nobody has looked for yet."""
    citation.source_id = entry.source_id
    citation.quote_exact, citation.quote_prefix, citation.quote_suffix = quote.exact, quote.prefix, quote.suffix
    citation.quote_lang = _lang(quote.exact)
    citation.quote_state, citation.quote_state_at, citation.quote_found = QuoteState.UNCHECKED, None, ""


def _quote_of(citation: EvidenceCitation | None) -> Quote | None:
    if citation is None:
        return None
    return Quote(citation.quote_exact, citation.quote_prefix, citation.quote_suffix)


def _lang(text: str) -> Language:
    return Language.TH if any("\u0e01" <= char <= "\u0e4e" for char in text) else Language.EN
