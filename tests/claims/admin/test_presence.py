"""Who else has a claim open is shown on its pages, and told by a beat of two queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.desk import Presence
from claims.presence import STALE_AFTER, NoSuchClaim, note_presence, others_at
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim


def beat(browser: As, role: str, claim: Claim) -> Any:
    return browser(role).post(reverse("admin:claims_claim_presence", args=[claim.pk]))


def test_each_is_told_of_the_other(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    assert beat(browser, "contributor", claim).json() == {"here": []}
    assert [other["name"] for other in beat(browser, "reviewer", claim).json()["here"]] == ["contributor"]
    assert [other["name"] for other in beat(browser, "contributor", claim).json()["here"]] == ["reviewer"]
    for url in (claim_url(claim), reverse("admin:claims_claim_review", args=[claim.pk])):
        page = browser("editor").get(url)  # without JavaScript, as the page was loaded
        here = page.context["panel"].here if "panel" in page.context else page.context["here"]
        assert [other.name for other in here] == ["contributor", "reviewer"]
        assert "Also here:" in page.content.decode()


def test_a_beat_costs_two_queries_and_one_row_per_person(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    for seconds in range(3):
        with CaptureQueriesContext(connection) as queries:
            note_presence(claim=claim.pk, by=cast.contributor, now=NOW + timedelta(seconds=seconds))
        assert len(queries) == 2
    assert [row.seen_at for row in Presence.objects.all()] == [NOW + timedelta(seconds=2)]


def test_a_late_beat_does_not_set_the_time_back(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    for now in (NOW, NOW - timedelta(seconds=30)):
        note_presence(claim=claim.pk, by=cast.contributor, now=now)
    assert Presence.objects.get().seen_at == NOW


def test_who_is_silent_has_gone(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    note_presence(claim=claim.pk, by=cast.contributor, now=NOW)
    assert [other.name for other in others_at(claim.pk, cast.editor, now=NOW + STALE_AFTER)] == ["contributor"]
    assert others_at(claim.pk, cast.editor, now=NOW + STALE_AFTER + timedelta(seconds=1)) == []


def test_a_claim_that_is_not_there_has_nobody(cast: Cast, browser: As) -> None:
    with pytest.raises(NoSuchClaim):
        note_presence(claim=0, by=cast.editor, now=timezone.now())
    assert browser("editor").post(reverse("admin:claims_claim_presence", args=[0])).status_code == 404


def test_only_those_who_may_see_the_claim_are_told(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    assert beat(browser, "operations", claim).status_code == 403
    assert browser("editor").get(reverse("admin:claims_claim_presence", args=[claim.pk])).status_code == 405
    assert Client().post(reverse("admin:claims_claim_presence", args=[claim.pk])).status_code == 302
    assert not Presence.objects.exists()
