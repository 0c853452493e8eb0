"""Readers see a quote with what stood around it in the version that we keep, and nothing of it can harm a page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertNumQueries

from claims.models.claim import Claim
from claims.models.public_status import PublicStatus
from claims.models.snapshot import Snapshot
from claims.models.source import Source
from claims.publication.status import refresh_all
from tests.factories.cast import Cast
from tests.factories.claims import NOW, cite, draft_claim, publish_claim

LATER = NOW + timedelta(days=1)
QUOTE = "the office set aside 336 million for public relations"


def claim_with(cast: Cast, quote: str = QUOTE) -> Claim:
    """A published claim that cites `quote` from the newest source."""
    claim = draft_claim(by=cast.contributor)
    claim.citations.all().delete()
    cite(claim, by=cast.contributor, quote=quote)
    publish_claim(claim, cast)
    return claim


def keep(claim: Claim, text: str, *, digest: str = "a", extractor: str = "html/1") -> Snapshot:
    """Play the recorder: `text` is the accepted version of the claim's source."""
    source = Source.objects.get(citations__claim=claim)
    made = Snapshot.objects.create(
        source=source, sha256=digest * 64, size=9, storage_name="x", text=text, extractor=extractor, taken_at=NOW
    )
    Source.objects.filter(pk=source.pk).update(accepted_snapshot=made, last_outcome="ok", last_checked_at=NOW)
    return made


def archived(claim: Claim) -> Any:
    refresh_all(now=LATER)
    (panel,) = PublicStatus.objects.get(claim=claim).sources
    return panel["archived"]


def test_the_words_stand_with_300_characters_on_either_side_at_most(cast: Cast) -> None:
    claim = claim_with(cast)
    keep(claim, f"Title\n{'b' * 400} {QUOTE}, {'c' * 400}")
    found = archived(claim)
    assert (found["quote"], found["taken_at"], found["sha256"]) == (QUOTE, "2026-03-02T03:00:00+00:00", "a" * 64)
    assert found["before"] == "b" * 299 + " "
    assert found["after"] == ", " + "c" * 298


def test_lines_become_spaces_and_the_spaces_beside_the_quote_stay(cast: Cast) -> None:
    claim = claim_with(cast)
    keep(claim, f"Title\nShe noted:\n\n{QUOTE}.\nThe end.")
    found = archived(claim)
    assert (found["before"], found["after"]) == ("Title She noted: ", ". The end.")


def test_words_that_are_written_a_little_otherwise_are_shown_as_they_stand(cast: Cast) -> None:
    claim = claim_with(cast, "“the office set aside  336 million for public relations”")
    keep(claim, 'Title\nShe noted that "the office set aside 336 million\nfor public relations" twice.')
    found = archived(claim)
    assert found["quote"] == '"the office set aside 336 million for public relations"'
    assert (found["before"], found["after"]) == ("Title She noted that ", " twice.")


def test_thai_words_are_found_and_no_mark_stands_alone_at_the_start(cast: Cast) -> None:
    quote = "สำนักงานตั้งงบประชาสัมพันธ์ไว้ 336 ล้านบาทในปีงบประมาณ 2567"
    claim = claim_with(cast, quote)
    keep(claim, f"ชื่อ\n{'ที่' * 120}{quote}ค่ะ")
    found = archived(claim)
    assert found["quote"] == quote
    assert found["before"].startswith("ที่")
    assert found["after"] == "ค่ะ"


def test_an_edited_quote_is_not_shown_as_if_it_were_the_archived_one(cast: Cast) -> None:
    claim = claim_with(cast)
    keep(claim, f"Title\nShe noted that {QUOTE.replace('336', '633')}.")
    assert archived(claim) | {"taken_at": ""} == {
        "before": "", "quote": "", "after": "", "taken_at": "", "sha256": "a" * 64,
    }  # fmt: skip


def test_what_could_disguise_the_page_is_left_out(cast: Cast) -> None:
    claim = claim_with(cast)
    keep(claim, f"T\n<script>alert(1)</script>\u202eevil\u2066\U000e0041 {QUOTE}\u200b\u202c\ufeff!")
    found = archived(claim)
    assert found["before"] == "T <script>alert(1)</script> evil "
    assert found["after"] == " !"


def test_without_a_kept_version_there_is_nothing_to_show(cast: Cast) -> None:
    assert archived(claim_with(cast)) is None


def test_a_new_version_is_read_once_and_an_old_one_not_again(cast: Cast) -> None:
    claim = claim_with(cast)
    keep(claim, f"Title\nShe noted that {QUOTE}.")
    first = archived(claim)
    with CaptureQueriesContext(connection) as queries:
        assert archived(claim) == first
    assert not [query for query in queries if "strpos" in query["sql"] or '"text"' in query["sql"]]
    keep(claim, f"Title\nNow: {QUOTE}.", digest="b")
    assert archived(claim)["before"] == "Title Now: "


@pytest.mark.parametrize("text", [f"T\n{QUOTE}.", f"T\n{QUOTE.replace(' ', '  ')}."])
def test_many_claims_cost_as_many_queries_as_few(cast: Cast, text: str) -> None:
    for number in range(3):
        keep(claim_with(cast), text, digest=str(number))
    with CaptureQueriesContext(connection) as few:
        refresh_all(now=LATER)
    for number in range(3, 9):
        keep(claim_with(cast), text, digest=str(number))
    with assertNumQueries(len(few)):
        refresh_all(now=LATER)


def test_a_text_of_ten_megabytes_is_not_carried_over(cast: Cast) -> None:
    claim = claim_with(cast)
    keep(claim, f"T\n{'some words ' * 900_000}{QUOTE} at the end")
    with CaptureQueriesContext(connection) as queries:
        found = archived(claim)
    assert found["after"] == " at the end"
    assert not [query for query in queries if 'claims_snapshot"."text"' in query["sql"]]
