"""What a check needs to know of a source, read for a whole batch in four queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from claims.models.evidence import EvidenceCitation
from claims.models.source import Source, SourceCheck
from claims.sources.quote import Quote
from claims.vocabulary import QuoteState

LOOKS = 8  # rows of the past that thresholds and confirmations may need


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a source."""

    id: int
    public_id: str
    quote: Quote
    state: QuoteState
    found: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The version that a person, or a quiet check, has accepted."""

    snapshot: int
    body_sha256: str
    text: str
    extractor: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A source with its citations, its accepted version and its last checks, newest first."""

    id: int
    public_id: str
    url: str
    checks_made: int = 0
    last_final_url: str = ""
    etag: str = ""
    last_modified: str = ""
    citations: tuple[Cited, ...] = ()
    accepted: Accepted | None = None
    past: tuple[SourceCheck, ...] = field(default=(), compare=False)
    restless: tuple[list[str], ...] = ()  # marks of the lines that differed, per look, newest first

    @property
    def is_settled(self) -> bool:
        """Every quote was intact in the accepted version, so an unchanged body needs no reading."""
        return self.accepted is not None and all(cited.state is QuoteState.INTACT for cited in self.citations)


def load(ids: Sequence[int], token: UUID) -> list[Watched]:
    """The leased sources of a batch that are still under `token`."""
    sources = list(Source.objects.filter(pk__in=ids, lease_token=token).select_related("accepted_snapshot"))
    found = [source.pk for source in sources]
    citations: dict[int, list[Cited]] = defaultdict(list)
    for row in EvidenceCitation.objects.filter(source__in=found).order_by("pk"):
        quote = Quote(row.quote_exact, row.quote_prefix, row.quote_suffix)
        cited = Cited(row.pk, str(row.public_id), quote, QuoteState(row.quote_state), row.quote_found)
        citations[row.source_id or 0].append(cited)
    past: dict[int, list[SourceCheck]] = defaultdict(list)
    unread = ("url_chain", "headers", "address", "duration_ms")
    ranked = (
        SourceCheck.objects.filter(source__in=found)
        .defer(*unread)
        .annotate(rank=Window(RowNumber(), partition_by=[F("source")], order_by=F("id").desc()))
    )
    for check in ranked.filter(rank__lte=LOOKS).order_by("source", "-id"):
        past[check.source_id].append(check)
    return [_watched(source, tuple(citations[source.pk]), tuple(past[source.pk])) for source in sources]


def _watched(source: Source, citations: tuple[Cited, ...], past: tuple[SourceCheck, ...]) -> Watched:
    kept = source.accepted_snapshot
    return Watched(
        id=source.pk,
        public_id=str(source.public_id),
        url=source.url,
        checks_made=source.checks_made,
        last_final_url=source.last_final_url,
        etag=source.etag,
        last_modified=source.last_modified,
        citations=citations,
        accepted=Accepted(kept.pk, kept.sha256, kept.text, kept.extractor) if kept else None,
        past=past,
        restless=tuple(source.restless),
    )
