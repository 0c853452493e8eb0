"""The sources of a claim as a WARC file: read back, verified, and the same whenever it is built."""

import gzip
import json
import zlib
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from warcio.archiveiterator import ArchiveIterator

from claims.models.claim import Claim
from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceCheck
from claims.sources.bodies import BodyUnreadable, keep, verified
from claims.sources.warc import Written, write_warc
from claims.vocabulary import Outcome
from tests.claims.sources.conftest import ARTICLE, TEXT, Watch, answer
from tests.factories.claims import NOW, cite, make_source

LATER = NOW + timedelta(days=1)


def claim_of(watch: Watch) -> Claim:
    claim = watch.citation.claim
    assert claim is not None
    return claim


def built(claim: Claim) -> tuple[bytes, Written]:
    out = BytesIO()
    written = write_warc(claim, out)
    return out.getvalue(), written


def records(raw: bytes) -> list[tuple[str, Any, bytes, bool | None]]:
    """(type, record, payload, whether the digests were right), every record read to its end."""
    found = []
    for record in ArchiveIterator(BytesIO(raw), check_digests="raise"):
        payload = record.content_stream().read()
        found.append((record.rec_type, record, payload, record.digest_checker.passed))
    return found


def of_kind(raw: bytes, kind: str) -> list[tuple[Any, bytes]]:
    return [(record, payload) for name, record, payload, _ in records(raw) if name == kind]


def test_the_body_comes_back_as_it_was_received_with_its_digest(watch: Watch) -> None:
    watch.web.says = lambda request: answer(
        request.url, headers={"etag": '"1"', "content-encoding": "gzip", "content-length": "12"}
    )
    watch.look(NOW)
    raw, written = built(claim_of(watch))
    assert (written.responses, written.revisits, written.resources) == (1, 0, 0)
    ((record, payload),) = of_kind(raw, "response")
    assert payload == ARTICLE.encode()
    head = record.rec_headers
    assert head.get_header("WARC-Payload-Digest") == f"sha256:{sha256(payload).hexdigest()}"
    assert head.get_header("WARC-Target-URI") == watch.source.url
    assert head.get_header("WARC-Date") == "2026-03-02T03:00:00.000000Z"
    assert head.get_header("WARC-IP-Address") == "203.0.113.7"
    assert record.http_headers.get_statuscode() == "200"
    assert record.http_headers.get_header("etag") == '"1"'
    assert record.http_headers.get_header("content-type") == "text/html; charset=utf-8"
    assert record.http_headers.get_header("content-encoding") is None
    assert record.http_headers.get_header("content-length") == str(len(payload))


def test_every_record_is_verified_and_a_member_of_its_own(watch: Watch) -> None:
    watch.look(NOW)
    raw, _ = built(claim_of(watch))
    found = records(raw)
    assert [name for name, *_ in found] == ["warcinfo", "response", "metadata", "metadata"]
    assert [passed for _, _, _, passed in found] == [True] * len(found)
    members, rest = 0, raw
    while rest:
        one = zlib.decompressobj(zlib.MAX_WBITS + 16)
        assert one.decompress(rest).startswith(b"WARC/1.1\r\n")
        rest, members = one.unused_data, members + 1
    assert members == len(found)


def test_the_same_rows_are_the_same_bytes(watch: Watch) -> None:
    watch.look(NOW)
    watch.web.shows(TEXT[0], TEXT[1], "A new last sentence stands here.")
    watch.look(LATER)
    assert built(claim_of(watch))[0] == built(claim_of(watch))[0]


def test_each_version_stands_in_it_oldest_first(watch: Watch) -> None:
    watch.look(NOW)
    watch.web.shows(TEXT[0], TEXT[1], "A new last sentence stands here.")
    watch.look(LATER)
    first, second = (payload for _, payload in of_kind(built(claim_of(watch))[0], "response"))
    assert first == ARTICLE.encode()
    assert b"A new last sentence" in second


def test_a_body_that_another_address_has_too_is_a_revisit_of_the_first(watch: Watch) -> None:
    watch.look(NOW)
    other = make_source(by=_anybody())
    cite(claim_of(watch), by=_anybody(), source=other, quote=watch.citation.quote_exact)
    Watch(other, watch.citation, watch.web).look(LATER)
    raw, written = built(claim_of(watch))
    assert (written.responses, written.revisits) == (1, 1)
    ((response, _),) = of_kind(raw, "response")
    ((revisit, payload),) = of_kind(raw, "revisit")
    head = revisit.rec_headers
    assert head.get_header("WARC-Refers-To") == response.rec_headers.get_header("WARC-Record-ID")
    assert head.get_header("WARC-Refers-To-Target-URI") == watch.source.url
    assert head.get_header("WARC-Payload-Digest") == response.rec_headers.get_header("WARC-Payload-Digest")
    assert payload == b""


def _anybody() -> Any:
    from django.contrib.auth.models import User

    return User.objects.get(username="watcher")


def test_a_version_without_its_own_look_is_a_resource_without_a_made_up_answer(watch: Watch) -> None:
    body = b"<p>another body with the same text</p>"
    name = keep(sha256(body).hexdigest(), body)
    Snapshot.objects.create(
        source=watch.source, sha256=sha256(body).hexdigest(), size=len(body), storage_name=name,
        content_type="text/html\r\nX-Evil: 1", taken_at=NOW,
    )  # fmt: skip
    raw, written = built(claim_of(watch))
    assert written.resources == 1
    ((record, payload),) = of_kind(raw, "resource")
    assert payload == body
    assert record.rec_headers.get_header("Content-Type") == "text/html X-Evil: 1"
    assert record.rec_headers.get_header("X-Evil") is None


def test_an_unchanged_answer_is_a_revisit_of_what_stands_in_the_file(watch: Watch) -> None:
    watch.look(NOW)
    kept = Snapshot.objects.get(source=watch.source)
    SourceCheck.objects.create(
        source=watch.source, outcome=Outcome.OK, http_status=304, snapshot=kept, checked_at=LATER, last_seen_at=LATER
    )
    ((record, _),) = of_kind(built(claim_of(watch))[0], "revisit")
    assert record.rec_headers.get_header("WARC-Profile").endswith("/server-not-modified")
    assert record.http_headers.get_statuscode() == "304"


def test_the_metadata_names_our_ids_quotes_and_every_look(watch: Watch) -> None:
    watch.look(NOW)
    watch.web.fails("dns_error", "no_such_host")
    watch.look(LATER)
    raw, _ = built(claim_of(watch))
    content = next(
        found for _, payload in of_kind(raw, "metadata")
        if (found := json.loads(payload))["source"]["id"] == str(watch.source.public_id)
    )  # fmt: skip
    assert {record.rec_headers.get_header("WARC-Target-URI") for record, _ in of_kind(raw, "metadata")} == {
        f"urn:uuid:{source}" for source in Source.objects.values_list("public_id", flat=True)
    }, "under the page's address a player would show them as the page"
    assert content["claim"]["slug"] == claim_of(watch).slug
    assert [look["outcome"] for look in content["looks"]] == ["ok", "dns_error"]
    assert content["looks"][0]["chain"] == [[watch.source.url, 200]]
    assert [quote["exact"] for quote in content["quotes"]] == [watch.citation.quote_exact]
    assert content["accepted"] == sha256(ARTICLE.encode()).hexdigest()


def test_a_claim_whose_sources_nobody_has_opened_has_a_file_without_bodies(watch: Watch) -> None:
    raw, written = built(claim_of(watch))
    assert (written.responses, written.resources) == (0, 0)
    assert [name for name, *_ in records(raw)] == ["warcinfo"] + ["metadata"] * written.sources


def test_a_body_that_was_tampered_with_is_never_exported(watch: Watch, media: Path) -> None:
    watch.look(NOW)
    kept = Snapshot.objects.get(source=watch.source)
    (media / kept.storage_name).write_bytes(gzip.compress(b"x" * kept.size))
    with pytest.raises(BodyUnreadable, match="is not what was received"):
        built(claim_of(watch))
    (media / kept.storage_name).write_bytes(b"no gzip")
    with pytest.raises(BodyUnreadable, match="cannot be read"):
        built(claim_of(watch))
    default_storage.delete(kept.storage_name)
    with pytest.raises(BodyUnreadable, match="is not in the storage"):
        built(claim_of(watch))


def test_a_stored_bomb_is_not_blown_up(media: Path) -> None:
    name = keep("a" * 64, b"0" * 50_000_000)
    with pytest.raises(BodyUnreadable):
        verified(name, sha256="a" * 64, size=10)


def test_the_command_writes_the_file_or_says_why_not(
    watch: Watch, media: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    watch.look(NOW)
    path = tmp_path / "sources.warc.gz"
    call_command("export_warc", claim_of(watch).slug, "--out", str(path))
    assert capsys.readouterr().out == f"{path}: 2 sources, 1 bodies, 0 seen again\n"
    assert len(of_kind(path.read_bytes(), "response")) == 1
    with pytest.raises(CommandError, match="There is no claim “nothing”"):
        call_command("export_warc", "nothing")
    with pytest.raises(CommandError, match="was not written"):
        call_command("export_warc", claim_of(watch).slug, "--out", str(tmp_path / "no" / "folder.gz"))
    default_storage.delete(Snapshot.objects.get(source=watch.source).storage_name)
    with pytest.raises(CommandError, match="is not in the storage"):
        call_command("export_warc", claim_of(watch).slug, "--out", str(path))
    assert len(of_kind(path.read_bytes(), "response")) == 1, "the file that stood there still stands"
    assert list(tmp_path.glob(".warc-*")) == []
    assert Source.objects.count() == 2
