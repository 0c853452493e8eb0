"""Claims that are here already are found by the words and the amounts of a candidate."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.vocabulary import Unit
from claims.candidates.finding import candidates_in
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.receiving.similar import MOST_CANDIDATES, similar_claims
from claims.vocabulary import AssertionKind
from tests.factories.cast import Cast
from tests.factories.claims import cite, draft_claim, published_claim
from tests.factories.figures import attribute, make_figure, printed
from tests.factories.nouns import PersonFactory

pytestmark = pytest.mark.django_db


def _asserting(claim: Claim, text_en: str, text_th: str = "ส่วนหนึ่ง") -> None:
    Assertion.objects.create(claim=claim, number=9, kind=AssertionKind.FIGURE, text_en=text_en, text_th=text_th)


def _found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """(slug, codes of why) of the claims like the one sentence of `text`."""
    candidates = candidates_in(text)
    assert len(candidates) == 1
    return [(each.slug, tuple(why.code for why in each.whys)) for each in similar_claims(candidates)[0]]


def test_a_claim_with_similar_words_is_found_in_english(cast: Cast) -> None:
    draft_claim(by=cast.contributor, slug="app", heading_en="MP says the app of the office cannot take payments")
    draft_claim(by=cast.contributor, slug="other", heading_en="Minister promises new roads in the north")
    assert _found("The app of the office cannot take payments, the MP says.") == [("app", ("words",))]


def test_a_claim_with_similar_words_is_found_in_thai(cast: Cast) -> None:
    draft_claim(by=cast.contributor, slug="app", heading_th="ส.ส. ระบุแอปของสำนักงานประกันสังคมจ่ายเงินสมทบไม่ได้")
    draft_claim(by=cast.contributor, slug="other", heading_th="รัฐมนตรีให้คำมั่นสร้างถนนสายใหม่ภาคเหนือ")
    assert _found("แอปของสำนักงานประกันสังคมจ่ายเงินสมทบไม่ได้") == [("app", ("words",))]


def test_a_claim_is_found_by_what_it_quotes(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, slug="quoting")
    cite(claim, by=cast.contributor, quote="the training budget had been wasted on foreign language programmes")
    assert _found("The training budget had been wasted on foreign language programmes.") == [("quoting", ("words",))]


def test_the_same_amount_is_found_however_it_is_written(cast: Cast) -> None:
    _asserting(draft_claim(by=cast.contributor, slug="thai"), "Part", "งบรวม 6,610 ล้านบาท")
    _asserting(draft_claim(by=cast.contributor, slug="english"), "In all it is 6.61 billion baht")
    found = _found("Something quite different costs 6,610 million baht")
    assert sorted(found) == [("english", ("amount",)), ("thai", ("amount",))]


def test_an_amount_inside_a_longer_number_is_another_amount(cast: Cast) -> None:
    _asserting(draft_claim(by=cast.contributor), "A bridge took 1276 million baht")
    assert _found("Something quite different costs 276 million baht") == []


def test_another_currency_is_another_amount(cast: Cast) -> None:
    _asserting(draft_claim(by=cast.contributor), "A bridge took 276 million dollars")
    assert _found("Something quite different costs 276 million baht") == []


def test_a_rounded_amount_is_not_every_amount_near_it(cast: Cast) -> None:
    _attributed(draft_claim(by=cast.contributor, slug="near"), cast.contributor, "1600000000", 2)
    _attributed(draft_claim(by=cast.contributor, slug="same"), cast.contributor, "2000000000", 1)
    assert _found("Its budget is two billion baht") == [("same", ("amount",))]


def _attributed(claim: Claim, by: User, value: str, digits: int, **fields: Any) -> None:
    figure = make_figure(value, by=by, **(printed(value, digits) | fields))
    attribute(figure, claim, PersonFactory.create())


def test_a_percentage_is_found_among_the_figures_of_claims(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, slug="share")
    _attributed(claim, cast.contributor, "96", 2, unit=Unit.PERCENT, currency="")
    assert _found("Of all transactions 96% go through banks") == [("share", ("amount",))]


def test_a_claim_with_the_amount_and_the_words_comes_before_one_with_the_words(cast: Cast) -> None:
    heading = "MP says the mobile application of the office cost"
    draft_claim(by=cast.contributor, slug="words", heading_en=f"{heading} too much")
    both = draft_claim(by=cast.contributor, slug="both", heading_en=f"{heading} 276 million baht")
    _asserting(both, "It cost 276 million baht")
    found = _found("The mobile application of the office cost 276 million baht")
    assert found[0] == ("both", ("amount", "words"))
    assert ("words", ("words",)) in found


def test_a_reason_is_said_in_both_languages(cast: Cast) -> None:
    _asserting(draft_claim(by=cast.contributor), "Part", "แอป 276 ล้านบาท")
    [[found]] = similar_claims(candidates_in("Something quite different costs 276 million baht"))
    assert [(why.en, why.th) for why in found.whys] == [
        ("Same amount: 276 million baht", "จำนวนเท่ากัน: 276 million baht")
    ]


def test_published_claims_and_drafts_are_told_apart(cast: Cast) -> None:
    published_claim(cast, slug="public", heading_en="MP says the hotline is always busy in the morning")
    [[found]] = similar_claims(candidates_in("The hotline is always busy in the morning, the MP says"))
    assert (found.slug, found.is_published, found.state) == ("public", True, "published")


def test_many_candidates_cost_as_many_queries_as_one(cast: Cast) -> None:
    for number in range(3):
        _asserting(draft_claim(by=cast.contributor), f"Thing {number} cost {number + 2} million baht")
    few = candidates_in("Thing 1 cost 3 million baht.")
    many = candidates_in("\n".join(f"Thing {number} cost {number + 2} million baht." for number in range(20)))
    with CaptureQueriesContext(
        connection,
    ) as first:
        similar_claims(few)
    with CaptureQueriesContext(connection) as second:
        similar_claims(many)
    assert len(many) == 20
    asked = [[each["sql"] for each in of if "SELECT" in each["sql"]] for of in (first, second)]
    assert [len(of) for of in asked] == [3, 3]


def test_more_candidates_than_a_page_has_are_refused() -> None:
    candidates = candidates_in("The office spent 5 million baht.") * (MOST_CANDIDATES + 1)
    with pytest.raises(ValueError, match="at most 40"):
        similar_claims(candidates)


def test_nothing_is_asked_for_no_candidates() -> None:
    assert similar_claims([]) == []
