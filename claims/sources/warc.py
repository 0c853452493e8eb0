"""The stored sources of a claim as a WARC 1.1 file, built from rows on demand: the same rows, the same bytes.

A member of the gzip file per record. A body stands once, as the response that brought it; whoever saw it again is a
revisit. What we know and HTTP does not (our ids, the quotes, the chain of addresses) stands in a metadata record.
Redirects are told there too: their own answers were not kept, and none is made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q, QuerySet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceCheck
from claims.sources.bodies import verified

_VERSION = "WARC/1.1"
_NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
# the body is stored as it was after decoding, so what describes its way here would be untrue
_OF_THE_WAY = frozenset({"content-length", "content-encoding", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds: how many sources, bodies, repeated sightings, and versions whose look is not on record."""

    sources: int
    responses: int
    revisits: int
    resources: int


@dataclass(frozen=True, slots=True)
class _First:
    """Where a body stands in the file."""

    record_id: str
    url: str
    date: str


class _File:
    """A WARC file that is being written."""

    def __init__(self, out: IO[bytes]) -> None:
        self.writer = WARCWriter(out, gzip=True, warc_version="1.1")
        self.first: dict[str, _First] = {}
        self.responses = self.revisits = self.resources = 0

    def put(
        self, kind: str, headers: dict[str, str], payload: IO[bytes], length: int, http: StatusAndHeaders | None = None
    ) -> None:
        """Write one record; `headers` without the length."""
        record = self.writer.create_warc_record(
            headers.get("WARC-Target-URI", ""),
            kind,
            payload=payload,
            length=length,
            warc_headers=StatusAndHeaders("", [("WARC-Type", kind), *headers.items()], protocol=_VERSION),
            http_headers=http,
        )
        self.writer.write_record(record)

    def put_json(self, kind: str, headers: dict[str, str], content: dict[str, Any], content_type: str) -> None:
        """Write a record of ours."""
        body = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()
        self.put(kind, headers | {"Content-Type": content_type}, BytesIO(body), len(body))


def write_warc(claim: Claim, out: IO[bytes], *, software: str = "Tamroi") -> Written:
    """Write the sources of a claim and of the statements that answer it, oldest sighting first, to `out`.

    Bodies go through a temporary file each, so memory stays flat. Raises `BodyUnreadable` when a stored body is gone
    or damaged: a file that lacks one would look whole.
    """
    file = _File(out)
    sources = list(sources_of(claim))
    _put_info(file, claim, sources, software)
    for source in sources:
        _put_source(file, claim, source)
    return Written(len(sources), file.responses, file.revisits, file.resources)


def sources_of(claim: Claim) -> QuerySet[Source]:
    """The sources that a claim or a statement about it cites, in the order in which they were added."""
    cited = EvidenceCitation.objects.filter(_about(claim), source__isnull=False)
    return Source.objects.filter(pk__in=cited.values("source")).order_by("pk")


def _about(claim: Claim) -> Q:
    return Q(claim=claim) | Q(response__coverage__claim=claim)


def _put_info(file: _File, claim: Claim, sources: list[Source], software: str) -> None:
    looked = [source.last_checked_at or source.added_at for source in sources]
    content = (
        f"software: {software}\r\nformat: WARC File Format 1.1\r\n"
        f"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        f"isPartOf: claim {claim.public_id}\r\ndescription: Sources cited for the claim {claim.slug}\r\n"
    ).encode()
    headers = {
        "WARC-Record-ID": _id("warcinfo", claim.public_id),
        "WARC-Date": _date(max(looked, default=claim.registered_at)),
        "Content-Type": "application/warc-fields",
    }
    file.put("warcinfo", headers, BytesIO(content), len(content))


def _put_source(file: _File, claim: Claim, source: Source) -> None:
    snapshots = {row.pk: row for row in source.snapshots.defer("text").order_by("taken_at", "pk")}
    checks = source.checks.filter(Q(snapshot__isnull=False) | ~Q(body_sha256="")).order_by("pk")
    by_digest = {snapshot.sha256: snapshot for snapshot in snapshots.values()}
    told: set[str] = set()
    for check in checks.iterator():
        snapshot = by_digest.get(check.body_sha256)
        if snapshot is not None:
            told.add(snapshot.sha256)
            _put_look(file, source, check, snapshot)
        elif check.http_status == HTTPStatus.NOT_MODIFIED and check.snapshot_id in snapshots:
            _put_not_modified(file, source, check, snapshots[check.snapshot_id])
    for snapshot in snapshots.values():
        if snapshot.sha256 not in told:
            _put_resource(file, source, snapshot)
    _put_metadata(file, claim, source, snapshots)


def _put_look(file: _File, source: Source, check: SourceCheck, snapshot: Snapshot) -> None:
    """The body where it stands first in the file, a revisit wherever else it was seen."""
    first = file.first.get(snapshot.sha256)
    kind = "revisit" if first else "response"
    url = check.final_url or source.url
    headers = _headers(kind, url, check.checked_at, source.public_id, check.pk, address=check.address)
    headers["WARC-Payload-Digest"] = f"sha256:{snapshot.sha256}"
    http = _http(check, snapshot)
    if first:
        file.put("revisit", headers | _refers(first, _SAME_PROFILE), BytesIO(), 0, http)
        file.revisits += 1
        return
    with verified(snapshot.storage_name, sha256=snapshot.sha256, size=snapshot.size) as body:
        file.put("response", headers, body, snapshot.size, http)
    file.first[snapshot.sha256] = _First(headers["WARC-Record-ID"], url, headers["WARC-Date"])
    file.responses += 1


def _put_not_modified(file: _File, source: Source, check: SourceCheck, snapshot: Snapshot) -> None:
    """The server said that the version we hold still stands. Without that version in the file it says nothing."""
    if not (first := file.first.get(snapshot.sha256)):
        return
    url = check.final_url or source.url
    headers = _headers("revisit", url, check.checked_at, source.public_id, check.pk, address=check.address)
    headers |= _refers(first, _NOT_MODIFIED_PROFILE)
    file.put("revisit", headers, BytesIO(), 0, _http(check, None))
    file.revisits += 1


def _put_resource(file: _File, source: Source, snapshot: Snapshot) -> None:
    """A version whose own look is not on record (its text was the one before): the body alone, no answer made up."""
    first = file.first.get(snapshot.sha256)
    kind = "revisit" if first else "resource"
    headers = _headers(kind, source.url, snapshot.taken_at, source.public_id, snapshot.sha256)
    headers["WARC-Payload-Digest"] = f"sha256:{snapshot.sha256}"
    if first:
        file.put("revisit", headers | _refers(first, _SAME_PROFILE), BytesIO(), 0)
        file.revisits += 1
        return
    headers["Content-Type"] = _one_line(snapshot.content_type) or "application/octet-stream"
    with verified(snapshot.storage_name, sha256=snapshot.sha256, size=snapshot.size) as body:
        file.put("resource", headers, body, snapshot.size)
    file.first[snapshot.sha256] = _First(headers["WARC-Record-ID"], source.url, headers["WARC-Date"])
    file.resources += 1


def _put_metadata(file: _File, claim: Claim, source: Source, snapshots: dict[int, Snapshot]) -> None:
    # under the page's own address, players would take it for the newest version of the page
    about, at = f"urn:uuid:{source.public_id}", source.last_checked_at or source.added_at
    headers = _headers("metadata", about, at, claim.public_id, source.pk)
    content = {
        "claim": {"id": str(claim.public_id), "slug": claim.slug},
        "source": {"id": str(source.public_id), "url": source.url, "title": source.title},
        "accepted": next((s.sha256 for s in snapshots.values() if s.pk == source.accepted_snapshot_id), None),
        "looks": list(_looks(source)),
        "quotes": list(_quotes(claim, source)),
    }
    file.put_json("metadata", headers, content, "application/json")


def _looks(source: Source) -> Iterator[dict[str, Any]]:
    for check in source.checks.order_by("pk").iterator():
        yield {
            "outcome": check.outcome,
            "status": check.http_status,
            "chain": check.url_chain,
            "first_seen": _date(check.checked_at),
            "last_seen": _date(check.last_seen_at),
            "times_seen": check.times_seen,
            "body_sha256": check.body_sha256 or None,
            "text_sha256": check.text_sha256 or None,
            "extractor": check.extractor or None,
        }


def _quotes(claim: Claim, source: Source) -> Iterator[dict[str, Any]]:
    for citation in EvidenceCitation.objects.filter(_about(claim), source=source).order_by("pk").distinct():
        yield {
            "id": str(citation.public_id),
            "exact": citation.quote_exact,
            "prefix": citation.quote_prefix,
            "suffix": citation.quote_suffix,
            "state": citation.quote_state,
        }


def _headers(kind: str, url: str, at: datetime, *key: object, address: str = "") -> dict[str, str]:
    made = {"WARC-Record-ID": _id(kind, *key), "WARC-Date": _date(at), "WARC-Target-URI": _one_line(url)}
    return made | ({"WARC-IP-Address": address} if address else {})


def _refers(first: _First, profile: str) -> dict[str, str]:
    return {
        "WARC-Profile": profile,
        "WARC-Refers-To": first.record_id,
        "WARC-Refers-To-Target-URI": first.url,
        "WARC-Refers-To-Date": first.date,
    }


def _http(check: SourceCheck, snapshot: Snapshot | None) -> StatusAndHeaders:
    """The status and the headers that were kept; the length is that of the body as stored."""
    status = check.http_status or HTTPStatus.OK
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    kept = [
        (_one_line(name), _one_line(str(value)))
        for name, value in sorted(check.headers.items())
        if name.lower() not in _OF_THE_WAY
    ]
    if snapshot is not None:
        if snapshot.content_type and "content-type" not in {name.lower() for name, _ in kept}:
            kept.append(("content-type", _one_line(snapshot.content_type)))
        kept.append(("content-length", str(snapshot.size)))
    return StatusAndHeaders(f"{status} {phrase}".strip(), kept, protocol="HTTP/1.1")


def _id(kind: str, *key: object) -> str:
    """The same row has the same id in every file."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('tamroi', kind, *map(str, key))))}>"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _one_line(text: str) -> str:
    """A header ends where its line ends."""
    return " ".join(text.split())
