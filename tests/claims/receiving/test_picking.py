"""Drafts are made of what somebody picked: attributed, in the words of the text, and with nothing invented."""

import pytest
from django.contrib.auth.models import User

from claims.authorship import Frozen
from claims.candidates.finding import candidates_in
from claims.candidates.unwritten import UNWRITTEN, is_unwritten
from claims.models.claim import Claim
from claims.models.intake_text import IntakeText
from claims.models.source import Source
from claims.outbound.policy import Policy
from claims.receiving.picking import Picked, Span, pick
from claims.receiving.texts import NotReceived, receive_text, receive_url
from claims.review.verbs import submit
from claims.vocabulary import AppearanceKind, AssertionKind, CitationStance, IntakeState, ReviewState
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, make_source, open_review
from tests.factories.nouns import PersonFactory

pytestmark = pytest.mark.django_db
URL = "https://news.example.org/water"
REPORT = """Malee Suksai, a Chonburi MP, said the meter app reportedly cost 120 million baht.
According to the MP, the app has 1.5 stars.
Its hotline cost 80 million baht. There are rumours of bribes, she said."""
THAI = "นางสาวมาลี สุขใส กล่าวว่า แอปมิเตอร์ราคา 120 ล้านบาท"


def _text(by: User, text: str = REPORT, url: str = URL) -> IntakeText:
    return receive_text(text=text, url=url, title="Water story" if url else "", policy=Policy(), by=by, now=NOW)


def _spans(text: IntakeText) -> list[Span]:
    return [(each.start, each.end) for each in candidates_in(text.text)]


def _pick(text: IntakeText, by: User, groups: list[list[Span]], **more: object) -> Picked:
    return pick(text=text, groups=groups, policy=Policy(), by=by, now=NOW, **more)  # type: ignore[arg-type]


def test_one_draft_holds_an_assertion_and_a_quote_per_sentence(cast: Cast) -> None:
    person = PersonFactory.create(name_en="Malee Suksai")
    text = _text(cast.contributor)
    [claim] = _pick(text, cast.contributor, [_spans(text)[:2]]).made
    assert claim.heading_en.startswith("Malee Suksai says: Malee Suksai, a Chonburi MP, said the meter app")
    assert claim.heading_th == UNWRITTEN["th"]
    assert [each.person for each in claim.claimants.all()] == [person]
    first, second = claim.assertions.all()
    assert (first.kind, first.text_en, first.hedge_en) == (
        AssertionKind.FIGURE, REPORT.splitlines()[0], "reportedly",
    )  # fmt: skip
    assert (second.text_en, second.text_th) == ("According to the MP, the app has 1.5 stars.", UNWRITTEN["th"])
    quotes = claim.citations.select_related("source")
    assert [(each.quote_exact, each.assertion, each.stance) for each in quotes] == [
        (first.text_en, first, CitationStance.ATTESTS),
        (second.text_en, second, CitationStance.ATTESTS),
    ]
    assert {(each.source.url, each.source.title) for each in quotes if each.source} == {(URL, "Water story")}
    [appearance] = claim.appearances.all()
    assert (appearance.kind, appearance.where_en, appearance.is_first) == (
        AppearanceKind.NEWS_REPORT,
        "Water story",
        False,
    )


def test_a_draft_that_was_picked_stands_at_intake(cast: Cast) -> None:
    text = _text(cast.contributor)
    [claim] = _pick(text, cast.contributor, [_spans(text)[:1]]).made
    review = open_review(claim)
    assert (review.number, review.state) == (1, ReviewState.INTAKE)


def test_a_draft_of_each_has_an_address_of_its_own(cast: Cast) -> None:
    text = _text(cast.contributor, "The office spent 5 million baht.\nThe office spent 5 million baht again.")
    first, second = _spans(text)
    made = _pick(text, cast.contributor, [[first], [second]]).made
    assert [claim.slug for claim in made] == [
        "the-office-spent-5-million-baht", "the-office-spent-5-million-baht-again",
    ]  # fmt: skip
    again = _text(cast.contributor, "The office spent 5 million baht.")
    [claim] = _pick(again, cast.contributor, [_spans(again)]).made
    assert claim.slug == "the-office-spent-5-million-baht-2"


def test_a_rumour_never_stands_in_a_heading(cast: Cast) -> None:
    text = _text(cast.contributor)
    [claim] = _pick(text, cast.contributor, [_spans(text)[-1:]]).made
    assert claim.assertions.get().kind == AssertionKind.RUMOUR
    assert claim.heading_en == f"Malee Suksai says: {UNWRITTEN['en']}"


def test_a_thai_sentence_makes_a_thai_draft(cast: Cast) -> None:
    person = PersonFactory.create(name_th="มาลี สุขใส")
    text = _text(cast.contributor, THAI)
    [claim] = _pick(text, cast.contributor, [_spans(text)]).made
    assert claim.heading_th.startswith("นางสาวมาลี สุขใส กล่าวว่า")
    assert (claim.heading_en, claim.slug) == (UNWRITTEN["en"], "120")
    assert claim.claimants.get().person == person
    assert claim.citations.get().quote_lang == "th"


def test_a_text_without_an_address_cites_nothing_and_says_where_it_came_from(cast: Cast) -> None:
    text = _text(cast.contributor, url="")
    [claim] = _pick(text, cast.contributor, [_spans(text)[:1]]).made
    assert not claim.citations.exists()
    assert claim.appearances.get().where_en == "[To be written] (from a text that was pasted on 2026-03-02)"
    assert not Source.objects.exists()


def test_a_page_that_is_watched_already_is_cited_and_looked_at_again(cast: Cast) -> None:
    source = make_source(by=cast.editor, url=URL)
    Source.objects.update(next_check_at=None)
    text = _text(cast.contributor)
    [claim] = _pick(text, cast.contributor, [_spans(text)[:1]]).made
    source.refresh_from_db()
    assert (claim.citations.get().source, source.next_check_at) == (source, NOW)


def test_what_is_already_here_gets_an_appearance_and_the_quote(cast: Cast) -> None:
    claim = draft_claim(by=cast.editor)
    text = _text(cast.contributor)
    span = _spans(text)[0]
    picked = _pick(text, cast.contributor, [], additions={claim: [span]})
    assert (picked.made, picked.added_to) == ([], [claim])
    assert claim.appearances.count() == 2
    assert claim.citations.order_by("-position").first().quote_exact == REPORT.splitlines()[0]  # type: ignore[union-attr]
    assert list(text.claims.all()) == [claim]


def test_nothing_is_added_to_a_claim_that_others_judge(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    text = _text(cast.contributor)
    first, second = _spans(text)[:2]
    with pytest.raises(Frozen):
        _pick(text, cast.contributor, [[second]], additions={claim: [first]})
    text.refresh_from_db()
    assert (text.state, Claim.objects.count()) == (IntakeState.READ, 1)


def test_a_text_is_done_when_it_was_picked_from_unless_somebody_goes_on(cast: Cast) -> None:
    text = _text(cast.contributor)
    first, second = _spans(text)[:2]
    _pick(text, cast.contributor, [[first]], is_done=False)
    text.refresh_from_db()
    assert text.state == IntakeState.READ
    _pick(text, cast.contributor, [[second]])
    text.refresh_from_db()
    assert (text.state, text.done_by, text.claims.count()) == (IntakeState.DONE, cast.contributor, 2)
    with pytest.raises(NotReceived, match="This text is done: contributor"):
        _pick(text, cast.reviewer, [[first]])


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        ([], "Choose at least one"),
        ([[]], "Choose at least one"),
        ([[(0, 3)]], "cut otherwise"),
        (None, "one place for it"),
    ],
)
def test_a_choice_that_cannot_be_followed_is_refused(
    cast: Cast, groups: list[list[Span]] | None, sentence: str
) -> None:
    text = _text(cast.contributor)
    span = _spans(text)[0]
    with pytest.raises(NotReceived, match=sentence):
        _pick(text, cast.contributor, [[span], [span]] if groups is None else groups)
    assert not Claim.objects.exists()


def test_nothing_is_picked_before_a_page_is_read(cast: Cast) -> None:
    text = receive_url(url=URL, policy=Policy(), by=cast.contributor, now=NOW)
    with pytest.raises(NotReceived, match="before the page is read"):
        _pick(text, cast.contributor, [[(0, 5)]])


def test_a_character_that_readers_cannot_see_stands_in_no_draft(cast: Cast) -> None:
    text = _text(cast.contributor, "The office \u202espent\u200b 5 million baht.")
    [claim] = _pick(text, cast.contributor, [_spans(text)]).made
    assert claim.assertions.get().text_en == claim.citations.get().quote_exact == "The office spent 5 million baht."


def test_the_ledger_says_which_claims_were_picked(cast: Cast) -> None:
    text = _text(cast.contributor)
    [claim] = _pick(text, cast.contributor, [_spans(text)[:1]]).made
    last = Entry.objects.select_related("content").latest("index")
    assert (last.verb, last.subject_id) == ("intake.picked", str(text.public_id))
    assert last.content.content["claims"] == [str(claim.public_id)]


@pytest.mark.parametrize(
    ("text", "unwritten"), [("MP says it", False), (f"MP says: {UNWRITTEN['en']}", True), (UNWRITTEN["th"], True)]
)
def test_the_mark_of_what_is_to_be_written_is_recognised(text: str, unwritten: bool) -> None:
    assert is_unwritten(text) is unwritten
