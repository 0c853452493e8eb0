"""Changes are told in people's words: labels, names, Bangkok time, and long texts word by word."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.history.causes import Cause, cause_among
from claims.history.differences import Comparing, shown
from claims.history.reading import Entry, Page, changes_by, changes_of_claim, page_of
from claims.history.tracking import TRACKED, name_path
from claims.models.change import Change, ChangeCause
from claims.models.claim import Claim
from claims.models.figure_check import FigureCheck
from claims.models.people import Person
from claims.models.review import ClaimReview
from claims.review.verbs import describe_revision
from claims.sources.differing import Kind
from claims.vocabulary import AssertionKind, Coverage, EditionKind, Rating
from ledger import models as ledger
from tests.claims.admin.world import fill
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, respond
from tests.factories.nouns import PersonFactory


def change(table: str, before: dict[str, Any] | None, after: dict[str, Any] | None, **more: Any) -> Change:
    return Change(table_name=table, row_id=1, subjects=more.pop("subjects", []), before=before, after=after, **more)


def told(row: Change, **names: str) -> dict[str, tuple[str, str]]:
    known = {(label.replace("_", "."), 5): name for label, name in names.items()}
    return {each.column: (each.before, each.after) for each in Comparing(known).differences(row)}


def describe(claim: Claim, reason: str, *, by: User) -> ClaimReview:
    return describe_revision(
        claim=claim,
        kind=EditionKind.INITIAL,
        rating=Rating.NOT_YET_RATED,
        reasons=(reason, "ดังนั้น"),
        by=by,
        now=NOW,
    )


def entries_of(page: Page) -> list[Entry]:
    return [each for group in page.groups for each in group.entries]


def test_codes_are_labels_keys_are_names_and_nothing_is_empty() -> None:
    row = change("claims_claimant", {"person_id": 5, "office_id": None}, {"person_id": 6, "office_id": 5})
    assert told(row, claims_Person="Ratchanok", claims_Office="MP") == {
        "person_id": ("Ratchanok", "no. 6"),
        "office_id": ("", "MP"),
    }
    row = change("claims_assertion", {"kind": "fact"}, {"kind": "allegation"})
    assert told(row) == {"kind": (str(AssertionKind.FACT.label), str(AssertionKind.ALLEGATION.label))}
    assert told(change("claims_assertion", {"kind": "fact"}, {"kind": "a code that is gone"}))["kind"][1] == (
        "a code that is gone"
    )


@pytest.mark.parametrize(
    ("model", "field", "value", "words"),
    [
        (ClaimReview, "opened_at", "2026-03-01T20:30:00+00:00", "2026-03-02 03:30"),
        (FigureCheck, "claimed_low", Decimal("336000000.120000"), "336,000,000.12"),
        (FigureCheck, "claimed_low", 4000000, "4,000,000"),
        (FigureCheck, "claimed_low", 0, "0"),
        (FigureCheck, "claimed_high_closed", False, "no"),
        (ClaimReview, "digests", {"ก": [1]}, '{\n  "ก": [\n    1\n  ]\n}'),
        (Claim, "number", 0, "0"),
        (Claim, "heading_en", "", ""),
        (Claim, "heading_en", None, ""),
    ],
)
def test_values_read_as_people_write_them(model: Any, field: str, value: Any, words: str) -> None:
    assert shown(model._meta.get_field(field), value, {}) == words


def test_texts_are_compared_word_by_word_in_thai_too() -> None:
    row = change("claims_claim", {"known_th": "คณะกรรมการประชุมวันจันทร์"}, {"known_th": "คณะกรรมการประชุมวันอังคาร"})
    (found,) = Comparing({}).differences(row)
    kinds = [piece.kind for piece in found.pieces]
    assert kinds == [Kind.SAME, Kind.REMOVED, Kind.ADDED]
    assert found.pieces[0].text.startswith("คณะกรรมการประชุม")


def test_a_page_compares_only_so_much_and_then_shows_both_texts() -> None:
    comparing = Comparing({}, most=20)
    row = change("claims_claim", {"known_en": "ten letter"}, {"known_en": "ten others"})
    first, second = comparing.differences(row)[0], comparing.differences(row)[0]
    assert first.pieces
    assert (second.pieces, second.before, second.after) == ((), "ten letter", "ten others")


def test_a_column_or_a_table_that_is_gone_is_still_told() -> None:
    assert told(change("claims_claim", {"motto": "a"}, {"motto": "b"})) == {"motto": ("a", "b")}
    assert told(change("claims_gone", None, {"motto": "b"})) == {"motto": ("", "b")}


def test_a_new_part_does_not_tell_again_whose_it_is() -> None:
    row = change("claims_assertion", None, {"claim_id": 5, "text_en": "x"}, subjects=["claims_claim:5"])
    assert told(row) == {"text_en": ("", "x")}
    row = change("claims_assertion", {"claim_id": 5}, {"claim_id": 6}, subjects=["claims_claim:5", "claims_claim:6"])
    assert set(told(row)) == {"claim_id"}


def test_every_tracked_noun_has_rows_with_names(db: None) -> None:
    for tracked in TRACKED:
        list(tracked.model._default_manager.values_list(name_path(tracked.label))[:1])


def test_a_verb_that_called_another_is_named_beside_it() -> None:
    user = User(pk=1)

    def row(first: int, last: int, verb: str, who: User | None = user) -> ChangeCause:
        return ChangeCause(first=first, last=last, entry=ledger.Entry(verb=verb), user=who)

    rows = [row(1, 4, "a"), row(5, 4, "b"), row(5, 9, "c"), row(10, 9, "d", None)]
    assert cause_among(rows, 3) == Cause(user, ("a", "b"))
    assert cause_among(rows, 9) == Cause(user, ("c",))
    assert cause_among(rows, 10) is None


def test_a_claims_history_holds_its_parts_and_the_statements_that_ever_covered_it(cast: Cast) -> None:
    claim, other = fill(cast, 1)[0], draft_claim(by=cast.contributor)
    tables = set(changes_of_claim(claim).values_list("table_name", flat=True))
    assert tables == {
        *("claims_claim", "claims_claimant", "claims_appearance", "claims_assertion", "claims_evidencecitation"),
        *("claims_figureattribution", "claims_figurecheck", "claims_reading", "claims_operand", "claims_event"),
        *("claims_officialresponse", "claims_responsecoverage", "claims_responserequest", "claims_statementsearch"),
        "claims_claimreview",
    }
    response = respond({other: Coverage.PARTLY}, by=cast.contributor)
    response.coverage.all().delete()
    assert set(changes_of_claim(other).values_list("row_id", "table_name")) >= {
        (response.pk, "claims_officialresponse")
    }
    assert not set(changes_of_claim(claim).values_list("pk")) & set(changes_of_claim(other).values_list("pk"))


def test_what_a_removed_row_was_called_is_still_known(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, person=PersonFactory.create(name_en="Ratchanok"))
    claim.citations.all().delete()
    claim.assertions.all().delete()
    claim.claimants.all().delete()
    page = page_of(changes_of_claim(claim), viewer=cast.auditor)
    gone = {
        each.change.table_name: each.name
        for group in page.groups
        for each in group.entries
        if each.change.after is None
    }
    assert gone["claims_assertion"] == "Part 1"
    assert gone["claims_claimant"] == "Ratchanok"
    Person.objects.filter(name_en="Ratchanok").update(name_en="Renamed")
    assert "Renamed" in {each.name for each in entries_of(page_of(changes_of_claim(claim), viewer=cast.auditor))}


def test_an_account_has_what_its_verbs_changed_and_nothing_of_others(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    describe_revision(
        claim=claim,
        kind=EditionKind.INITIAL,
        rating=Rating.NOT_YET_RATED,
        reasons=("So.", "ดังนั้น"),
        by=cast.editor,
        now=NOW,
    )
    Claim.objects.update(known_en="outside")
    found = page_of(changes_by(cast.editor), viewer=cast.auditor)
    assert [(group.cause, [set(each.change.after or {}) for each in group.entries]) for group in found.groups] == [
        (Cause(cast.editor, ("review.described",)), [{"reasons_en", "reasons_th"}])
    ]


def test_a_draft_rating_is_told_to_nobody_who_may_not_see_it(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    describe(claim, "Secret", by=cast.editor)
    for changes in (changes_of_claim(claim), changes_by(cast.editor)):
        told = [each.differences for each in entries_of(page_of(changes, viewer=cast.reviewer))]
        assert "Secret" not in repr(told)
        assert {each.column for row in told for each in row if each.is_hidden} >= {"reasons_en", "reasons_th"}
        for viewer in (cast.editor, cast.auditor):
            assert "Secret" in repr([each.differences for each in entries_of(page_of(changes, viewer=viewer))])


def test_amounts_keep_every_digit(cast: Cast) -> None:
    fill(cast, 1)
    exact = Decimal("123456789012345678.123456")
    FigureCheck.objects.update(claimed_low=exact, claimed_high=exact)
    (row,) = Change.objects.filter(table_name="claims_figurecheck", before__isnull=False)
    assert (row.after or {})["claimed_low"] == exact
