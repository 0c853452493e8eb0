"""The claims of the first case against their own words, and against reprints that got one thing wrong."""

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.drift.difference import Kind
from claims.drift.of_claim import drift_of, text_of
from claims.drift.passages import Lang
from claims.models.claim import Claim
from claims.outbound.policy import Policy
from claims.seeding.demo import FIRST_CASE
from claims.seeding.loading.run import load
from claims.seeding.reading import read_dossier
from tests.factories.cast import Cast
from tests.factories.claims import NOW


@pytest.fixture
def first_case(cast: Cast) -> list[Claim]:
    load(read_dossier(FIRST_CASE), policy=Policy(), by=cast.contributor, now=NOW, dry_run=False)
    return list(Claim.objects.order_by("slug"))


def test_no_claim_differs_from_itself_in_either_language(first_case: list[Claim]) -> None:
    assert len(first_case) == 8
    for claim in first_case:
        for lang in ("en", "th"):
            assert drift_of(claim, text_of(claim, lang)) == [], claim.slug


REPRINTS: list[tuple[str, Lang, str, str, Kind]] = [
    ("sso-plus-app", "en", "million baht", "million ringgit", Kind.UNIT),
    ("sso-plus-app", "th", "ล้านบาท", "ล้านริงกิต", Kind.UNIT),
    ("sso-plus-app", "en", "276 million", "276 billion", Kind.MAGNITUDE),
    ("sso-plus-app", "th", "276 ล้าน", "276 พันล้าน", Kind.MAGNITUDE),
    ("sso-plus-app", "en", "reportedly", "", Kind.HEDGE),
    ("sso-plus-app", "th", "มีรายงานว่า", "", Kind.HEDGE),
    ("sso-plus-app", "th", "สส.", "สว.", Kind.ROLE),
    ("web-app-development", "en", "2023", "2024", Kind.PERIOD),
    ("web-app-development", "th", "2566", "2567", Kind.PERIOD),
    ("public-relations", "en", "336 million", "363 million", Kind.MAGNITUDE),
    ("hotline-1506", "en", "100 million", "100 billion", Kind.MAGNITUDE),
    ("sso-spending-growth", "en", "Ratchanok Srinok", "Ratchanok Sirinok", Kind.NAME),
]


def test_one_thing_that_a_reprint_got_wrong_is_found_and_nothing_else(first_case: list[Claim]) -> None:
    claims = {claim.slug: claim for claim in first_case}
    for slug, lang, was, now, kind in REPRINTS:
        text = text_of(claims[slug], lang)
        assert was in text, (slug, was)
        found = {each.kind for each in drift_of(claims[slug], text.replace(was, now))}
        assert found == {kind}, (slug, was, now)


def test_the_spelling_that_the_same_paper_also_uses_is_no_difference(first_case: list[Claim]) -> None:
    for claim in first_case:
        text = text_of(claim, "en").replace("Ratchanok Srinok", "Rukchanok Srinork")
        assert drift_of(claim, text) == [], claim.slug


def test_the_length_of_a_text_costs_no_queries(
    first_case: list[Claim], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        drift_of(first_case[0], "The office spent 12 million baht on 40 buses. " * 50)
