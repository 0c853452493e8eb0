"""Two claims that are one, one that is two, and numbers in another order: nothing is lost on the way."""

import pytest
from django.db import connection

from claims.authorship import Frozen
from claims.candidates.unwritten import UNWRITTEN
from claims.merging import merge, renumber, replace, split
from claims.models.appearance import Appearance
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.desk import ReviewComment
from claims.models.evidence import EvidenceCitation
from claims.models.response import ResponseCoverage
from claims.review.moving import NotAllowed
from claims.review.verbs import submit
from claims.vocabulary import AssertionKind, Coverage, DeclineReason, EditionKind, ReviewState, RevisionReason
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import NOW, cite, draft_claim, make_source, open_review, published_claim, respond
from tests.factories.nouns import AgencyFactory, DossierFactory

pytestmark = pytest.mark.django_db
TWO = (AssertionKind.FACT, AssertionKind.FACT)
NOTE = ("The other page has more.", "อีกหน้าหนึ่งมีข้อมูลมากกว่า")


def _quote(claim: Claim, cast: Cast, assertion: Assertion) -> EvidenceCitation:
    citation = cite(claim, by=cast.contributor, source=make_source(by=cast.contributor))
    EvidenceCitation.objects.filter(pk=citation.pk).update(assertion=assertion)
    return citation


def _new(slug: str = "second") -> Claim:
    texts = {f"{field}_{lang}": UNWRITTEN[lang] for field in ("heading", "summary") for lang in ("en", "th")}
    return Claim(slug=slug, **texts)


def _words(claim: Claim) -> list[tuple[int, str]]:
    return list(claim.assertions.order_by("number").values_list("number", "text_en"))


def test_a_merged_claim_gives_all_that_it_holds_and_is_declined_as_a_duplicate(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, kinds=TWO)
    into = draft_claim(by=cast.contributor)
    first = claim.assertions.get(number=1)
    quote = _quote(claim, cast, first)
    statement = respond({claim: Coverage.PARTLY}, by=cast.contributor)
    ReviewComment.objects.create(claim=claim, assertion=first, text="Look again.", by=cast.reviewer, at=NOW)
    people = {claimant.person for each in (claim, into) for claimant in each.claimants.all()}

    merge(claim=claim, into=into, by=cast.editor, now=NOW)

    assert _words(into) == [(1, "Part 1"), (2, "Part 1"), (3, "Part 2")]
    first.refresh_from_db()
    quote.refresh_from_db()
    assert (first.claim, quote.claim, quote.assertion) == (into, into, first)
    assert ReviewComment.objects.get().claim == into
    assert into.coverage.get().response == statement
    assert into.citations.count() == 3
    assert [each.is_first for each in into.appearances.order_by("pk")] == [False, True]
    assert {claimant.person for claimant in into.claimants.all()} == people
    review = claim.reviews.get()
    assert (review.state, claim.declined.code) == (ReviewState.DECLINED, DeclineReason.DUPLICATE)
    assert "another claim that we are looking at" in claim.declined.reason_en
    assert into.heading_en not in claim.declined.reason_en


def test_readers_are_told_into_which_public_claim_it_was_merged(cast: Cast) -> None:
    into = published_claim(cast, heading_en="MP says the app is slow", heading_th="ส.ส. ว่าแอปช้า")
    claim = draft_claim(by=cast.contributor)
    merge(claim=claim, into=into, by=cast.editor, now=NOW)
    assert claim.declined.reason_en == "Merged into “MP says the app is slow”."
    assert claim.declined.reason_th == "รวมกับรายการ “ส.ส. ว่าแอปช้า” แล้ว"
    assert open_review(into).state == ReviewState.UNDER_REVISION


def test_an_answer_that_both_have_is_kept_once(cast: Cast) -> None:
    claim, into = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    respond({claim: Coverage.PARTLY, into: Coverage.ANSWERED}, by=cast.contributor)
    merge(claim=claim, into=into, by=cast.editor, now=NOW)
    assert into.coverage.get().coverage == Coverage.ANSWERED
    assert ResponseCoverage.objects.count() == 2


def test_nobody_merges_away_what_they_wrote(cast: Cast) -> None:
    claim, into = draft_claim(by=cast.editor), draft_claim(by=cast.contributor)
    with pytest.raises(NotAllowed, match="wrote part of it"):
        merge(claim=claim, into=into, by=cast.editor, now=NOW)
    with pytest.raises(NotAllowed, match="needs the role"):
        merge(claim=into, into=claim, by=cast.contributor, now=NOW)
    assert _words(into) == [(1, "Part 1")]


def test_a_public_claim_is_replaced_and_not_merged(cast: Cast) -> None:
    claim, into = published_claim(cast), draft_claim(by=cast.contributor)
    with pytest.raises(NotAllowed, match="is public"):
        merge(claim=claim, into=into, by=cast.editor, now=NOW)
    with pytest.raises(NotAllowed, match="another claim than this one"):
        merge(claim=into, into=into, by=cast.editor, now=NOW)


def test_nothing_is_merged_into_what_others_judge(cast: Cast) -> None:
    claim, into = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    submit(review=open_review(into), by=cast.contributor, now=NOW)
    with pytest.raises(Frozen):
        merge(claim=claim, into=into, by=cast.editor, now=NOW)
    assert claim.assertions.count() == 1
    assert open_review(claim).state == ReviewState.DRAFTED


def test_a_public_claim_is_replaced_by_a_revision_that_names_the_other(cast: Cast) -> None:
    claim, other = published_claim(cast), published_claim(cast)
    review = replace(claim=claim, by_claim=other, note=NOTE, by=cast.contributor, now=NOW)
    review.refresh_from_db()
    assert (review.kind, review.superseded_by, review.state) == (
        EditionKind.SUPERSESSION, other, ReviewState.UNDER_REVISION,
    )  # fmt: skip
    assert (review.reason_code, review.note_en, review.note_th) == (RevisionReason.MERGED, *NOTE)


def test_a_revision_that_is_open_already_becomes_the_replacement(cast: Cast) -> None:
    claim, other = published_claim(cast), published_claim(cast)
    first = replace(claim=claim, by_claim=other, note=NOTE, by=cast.contributor, now=NOW)
    again = replace(claim=claim, by_claim=other, note=("Newer.", "ใหม่กว่า"), by=cast.contributor, now=NOW)
    assert (again.pk, again.note_en) == (first.pk, "Newer.")


@pytest.mark.parametrize("note", [("", ""), ("Why.", " ")])
def test_a_replacement_says_why_in_both_languages(cast: Cast, note: tuple[str, str]) -> None:
    claim, other = published_claim(cast), published_claim(cast)
    with pytest.raises(NotAllowed, match="both languages"):
        replace(claim=claim, by_claim=other, note=note, by=cast.contributor, now=NOW)
    assert claim.reviews.count() == 1


def test_a_draft_replaces_no_public_claim(cast: Cast) -> None:
    claim, draft = published_claim(cast), draft_claim(by=cast.contributor)
    with pytest.raises(NotAllowed, match="is not public"):
        replace(claim=claim, by_claim=draft, note=NOTE, by=cast.contributor, now=NOW)


def test_a_split_moves_assertions_with_their_quotes_and_copies_what_is_around_them(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, kinds=TWO)
    agency = AgencyFactory.create()
    claim.agencies.add(agency)
    second = claim.assertions.get(number=2)
    quote = _quote(claim, cast, second)
    new = split(claim=claim, assertions=[second], new=_new(), by=cast.contributor, now=NOW)
    quote.refresh_from_db()
    assert (_words(claim), _words(new)) == ([(1, "Part 1")], [(1, "Part 2")])
    assert (quote.claim, list(new.agencies.all())) == (new, [agency])
    assert [each.person for each in new.claimants.all()] == [each.person for each in claim.claimants.all()]
    assert [each.where_en for each in Appearance.objects.filter(claim=new)] == ["A post"]
    assert open_review(new).state == ReviewState.DRAFTED
    last = Entry.objects.latest("index")
    assert (last.verb, last.refs) == ("claim.split", {"into": str(new.public_id)})


def test_a_split_of_a_public_claim_opens_its_next_revision(cast: Cast) -> None:
    claim = published_claim(cast, kinds=TWO)
    split(claim=claim, assertions=[claim.assertions.get(number=1)], new=_new(), by=cast.contributor, now=NOW)
    assert open_review(claim).state == ReviewState.UNDER_REVISION
    assert _words(claim) == [(2, "Part 2")]


def test_a_split_takes_some_of_the_claims_own_assertions_and_leaves_one(cast: Cast) -> None:
    claim, other = draft_claim(by=cast.contributor, kinds=TWO), draft_claim(by=cast.contributor)
    for chosen in ([], list(other.assertions.all()), list(claim.assertions.all())):
        with pytest.raises(NotAllowed):
            split(claim=claim, assertions=chosen, new=_new(), by=cast.contributor, now=NOW)
    assert not Claim.objects.filter(slug="second").exists()


def test_claims_swap_their_numbers_at_once(cast: Cast) -> None:
    dossier = DossierFactory.create()
    one, two, three = (draft_claim(by=cast.contributor, dossier=dossier, number=n) for n in (1, 2, 3))
    changed = renumber(dossier=dossier, numbers={one: 2, two: 1, three: 3}, by=cast.editor, now=NOW)
    connection.check_constraints()
    assert changed == [one, two]
    assert list(dossier.claims.order_by("number").values_list("slug", flat=True)) == [two.slug, one.slug, three.slug]
    assert Entry.objects.latest("index").verb == "dossier.renumbered"


def test_a_public_claim_gets_a_revision_when_its_number_changes(cast: Cast) -> None:
    dossier = DossierFactory.create()
    claim = published_claim(cast, dossier=dossier, number=1)
    renumber(dossier=dossier, numbers={claim: None}, by=cast.editor, now=NOW)
    claim.refresh_from_db()
    assert (claim.number, open_review(claim).state) == (None, ReviewState.UNDER_REVISION)


def test_nothing_happens_when_the_numbers_stay(cast: Cast) -> None:
    dossier = DossierFactory.create()
    claim = published_claim(cast, dossier=dossier, number=1)
    before = Entry.objects.count()
    assert renumber(dossier=dossier, numbers={claim: 1}, by=cast.editor, now=NOW) == []
    assert (Entry.objects.count(), claim.reviews.count()) == (before, 1)


def test_two_claims_with_one_number_or_of_another_dossier_are_refused(cast: Cast) -> None:
    dossier = DossierFactory.create()
    one, two = (draft_claim(by=cast.contributor, dossier=dossier, number=n) for n in (1, 2))
    stranger = draft_claim(by=cast.contributor)
    for numbers in ({one: 2}, {one: 0}, {stranger: 3}, {one: 5, two: 5}):
        with pytest.raises(NotAllowed):
            renumber(dossier=dossier, numbers=numbers, by=cast.editor, now=NOW)
