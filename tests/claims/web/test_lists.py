"""Paging by cursor and the filters of the list of claims, without a database."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode

import pytest
from django.http import QueryDict
from pytest_django import Settings

from claims.models.public_status import PublicStatus
from claims.web import caching, filters, paging

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    "query",
    [
        "rating=splendid",
        "response=silent",
        "dossier=../etc",
        "speaker=A%20B",
        "agency=%00",
        "sort=best",
        "q=%00",
        "q=" + "x" * 101,
    ],
)
def test_a_value_that_cannot_be_meant_is_left_out_and_named(query: str) -> None:
    chosen = filters.read_filters(QueryDict(query))
    assert len(chosen.refusals) == 1
    assert not chosen.chosen
    assert chosen.sort == "newest"
    assert all(character.isprintable() for character in chosen.refusals[0])


def test_every_filter_that_is_understood_is_kept() -> None:
    chosen = filters.read_filters(
        QueryDict("rating=not_yet_rated&response=none&dossier=a-b&speaker=x&agency=y&q=%E0%B8%81&sort=number")
    )
    assert chosen == filters.Filters("a-b", "not_yet_rated", "none", "x", "y", "ก", "number")
    assert chosen.chosen


def test_choices_are_in_the_language_of_the_page() -> None:
    assert ("partly", "ตอบบางส่วน") in filters.response_choices("th")
    assert ("not_yet_rated", "Not yet rated") in filters.rating_choices("en")


def cursor(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    ["!", "ก", "AAAA", cursor({}), cursor(["2026-01-01"]), cursor([None, None]), cursor(["a\x00", "b"]),
     cursor(["not a time", "not an id"]), cursor(["9" * 40, "x"]), urlsafe_b64encode(b"[" * 2000).decode()],
)  # fmt: skip
@pytest.mark.parametrize("key", ["after", "before"])
def test_a_foreign_cursor_is_refused_before_any_query(text: str, key: str) -> None:
    query = QueryDict(mutable=True)
    query[key] = text
    with pytest.raises(paging.BadCursor):
        paging.page(PublicStatus.objects.all(), filters.ORDERS["newest"], query)


def test_the_order_and_its_reverse_name_every_column() -> None:
    order = paging.Order((("published_at", True), ("claim_public_id", True)))
    assert order.terms() == ["-published_at", "-claim_public_id"]
    assert order.terms(backwards=True) == ["published_at", "claim_public_id"]


def test_a_deployment_changes_every_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    before = caching.version_etag("a", 1)
    assert before == caching.version_etag("a", 1)
    assert before != caching.version_etag("a", 2)
    monkeypatch.setattr(caching, "deployed_version", lambda: "another")
    assert caching.version_etag("a", 1) != before


def test_the_deployed_version_is_read_anew_while_developing(settings: Settings) -> None:
    settings.DEBUG = True
    assert caching.deployed_version() == caching._digest_once()
