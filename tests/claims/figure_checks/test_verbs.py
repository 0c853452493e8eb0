"""A check is written by one person, judged by another, and refused with a sentence when it cannot be computed."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group

from budgets.models.figure import Figure
from budgets.vocabulary import Formula, Relation, Unit
from claims.authorship import Frozen, authors_since_edition, subject_of
from claims.figure_checks.verbs import CheckRefused, remove_check, write_check
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.figure_check import FigureCheck, Finding, Operand, Reading
from claims.publication.verbs import publish
from claims.review.transitions import Role
from claims.review.verbs import NotAllowed, approve, submit
from claims.vocabulary import FindingCause
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import NOW, begin_correction, draft_claim, open_review, publish_claim, published_claim
from tests.factories.figures import (
    Lacking,
    attribute,
    make_check,
    make_figure,
    make_line,
    save_readings,
    unsaved_check,
)

LATER = NOW + timedelta(days=1)


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return draft_claim(by=cast.contributor)


@pytest.fixture
def pair(cast: Cast) -> tuple[Figure, Figure]:
    """Twelve in 2024 and six in 2023, of one line."""
    line = make_line()
    return (
        make_figure(12, line=line, by=cast.contributor),
        make_figure(6, line=line, year=2023, by=cast.contributor),
    )


def test_a_check_is_stored_with_its_readings_and_computed(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    check = make_check(claim, pair, by=cast.contributor)
    finding = Finding.objects.get()
    assert (finding.result, finding.cause, finding.computed_at) == ("holds", FindingCause.EDIT, NOW)
    assert (finding.body["value"], finding.body["operands"][0]["figure"]["slug"]) == ("2", pair[0].slug)
    assert len(finding.digest) == 64
    entry = Entry.objects.latest("index")
    assert (entry.verb, entry.subject_id) == ("figure_check.written", str(check.public_id))
    assert entry.refs == {"claim": str(claim.public_id)}


def test_writing_again_computes_again_and_keeps_what_came_out_before(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    check = make_check(claim, pair, by=cast.contributor)
    write_check(check=check, by=cast.contributor, now=LATER)
    assert Finding.objects.count() == 1  # nothing else came out
    check.claimed_low = check.claimed_high = Decimal(3)
    write_check(check=check, by=cast.contributor, now=LATER)
    results = list(Finding.objects.order_by("pk").values_list("result", "computed_at"))
    assert results == [("holds", NOW), ("fails", LATER)]


def test_a_check_goes_with_its_readings_and_findings(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    check = make_check(claim, pair, by=cast.contributor)
    remove_check(check=check, by=cast.contributor, now=LATER)
    counts = [model.objects.count() for model in (FigureCheck, Reading, Operand, Finding)]
    assert counts == [0, 0, 0, 0]
    assert Entry.objects.latest("index").verb == "figure_check.removed"


def test_figures_of_the_claims_own_speaker_are_said_to_be_so(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    person = claim.claimants.get().person
    for figure in pair:
        attribute(figure, claim, person)
    make_check(claim, pair, by=cast.contributor)
    body = Finding.objects.get().body
    assert (body["own_figures"], body["mixed"]) == (True, False)
    assert any("speaker" in note["en"] for note in body["notes"])


Readings = list[list[Figure | Lacking]]
# What is wrong, the formula, other fields of the check, its readings made of a pair of figures, part of the sentence.
REFUSED: list[tuple[str, Formula, dict[str, Any], Callable[[Figure, Figure], Readings], str]] = [
    ("no reading", Formula.RATIO, {}, lambda _one, _two: [], "Add a reading"),
    ("a figure too few", Formula.RATIO, {}, lambda one, _two: [[one]], "Reading 1: “Ratio” takes 2 figures"),
    ("a figure too many", Formula.SHARE, {}, lambda one, two: [[one, two, Lacking()]], "takes 2 figures .*, not 3"),
    ("a sum of one", Formula.SUM, {}, lambda one, _two: [[one]], "“Sum” takes 2 to 20 figures"),
    ("a value of three", Formula.VALUE, {}, lambda one, two: [[one, two, Lacking()]], "“Value” takes 1 to 2 figures"),
    ("the second reading", Formula.RATIO, {}, lambda one, two: [[one, two], [one]], "Reading 2: “Ratio” takes"),
    ("a value of nothing", Formula.VALUE, {}, lambda one, _two: [[Lacking(), one]], "Name the figure of the assertion"),
    (
        "a value with a number of its own",
        Formula.VALUE,
        {"claimed_low": Decimal(5), "claimed_high": Decimal(5)},
        lambda one, _two: [[one]],
        "leave both ends of what is claimed empty",
    ),
    (
        "nothing claimed",
        Formula.RATIO,
        {"claimed_low": None, "claimed_high": None},
        lambda one, two: [[one, two]],
        "only a value is compared with its own figure",
    ),
    ("half a claim", Formula.RATIO, {"claimed_low": None}, lambda one, two: [[one, two]], "Give both ends"),
    (
        "ends the wrong way",
        Formula.RATIO,
        {"claimed_low": Decimal(3)},
        lambda one, two: [[one, two]],
        "the lower first",
    ),
    ("the number 0", Formula.RATIO, {"number": 0}, lambda one, two: [[one, two]], "Number the checks from 1."),
    (
        "money without a currency",
        Formula.DIFFERENCE,
        {"claimed_unit": Unit.MONEY},
        lambda one, two: [[one, two]],
        "three capital letters",
    ),
    (
        "a currency in small letters",
        Formula.DIFFERENCE,
        {"claimed_unit": Unit.MONEY, "claimed_currency": "thb"},
        lambda one, two: [[one, two]],
        "three capital letters",
    ),
    (
        "a currency of a ratio",
        Formula.RATIO,
        {"claimed_currency": "THB"},
        lambda one, two: [[one, two]],
        "Only money has a currency",
    ),
    ("a figure twice", Formula.RATIO, {}, lambda one, _two: [[one, one]], "Reading 1: Choose different figures."),
    (
        "percent of a difference of money",
        Formula.DIFFERENCE,
        {"claimed_unit": Unit.PERCENT},
        lambda one, two: [[one, two]],
        "“Difference” of these figures gives “Money”, not “Percent”",
    ),
    (
        "money of a growth",
        Formula.GROWTH,
        {"claimed_unit": Unit.MONEY, "claimed_currency": "THB"},
        lambda one, two: [[one, two]],
        "gives “Percent” or “Ratio”, not “Money”",
    ),
    ("no words", Formula.RATIO, {"claimed_words_th": ""}, lambda one, two: [[one, two]], "claimed_words_th"),
    ("an unknown relation", Formula.RATIO, {"relation": "nearly"}, lambda one, two: [[one, two]], "relation"),
]


@pytest.mark.parametrize(
    ("formula", "fields", "readings", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_check_that_cannot_be_computed_is_refused_and_nothing_is_left(
    cast: Cast,
    claim: Claim,
    pair: tuple[Figure, Figure],
    formula: Formula,
    fields: dict[str, Any],
    readings: Callable[[Figure, Figure], Readings],
    sentence: str,
) -> None:
    before = Entry.objects.count()
    with pytest.raises(CheckRefused, match=sentence):
        make_check(claim, *readings(*pair), by=cast.contributor, formula=formula, **fields)
    assert not FigureCheck.objects.exists()
    assert not Finding.objects.exists()
    assert Entry.objects.count() == before


def test_several_readings_need_words(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    check = unsaved_check(claim.assertions.get(), Formula.RATIO)

    def save() -> None:
        save_readings(check, [pair, pair])
        Reading.objects.filter(number=2).update(words_en="", words_th="")

    with pytest.raises(CheckRefused, match="each needs words"):
        write_check(check=check, save_parts=save, by=cast.contributor, now=NOW)


def test_all_faults_of_the_readings_are_told_at_once(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    with pytest.raises(CheckRefused) as refused:
        make_check(claim, [pair[0]], [pair[1]], by=cast.contributor)
    assert [reason[:9] for reason in refused.value.reasons] == ["Reading 1", "Reading 2"]


def test_nobody_writes_in_a_claim_that_others_judge(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    check = make_check(claim, pair, by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    before = Entry.objects.count()
    with pytest.raises(Frozen, match="take it back to draft"):
        write_check(check=check, by=cast.contributor, now=LATER)
    with pytest.raises(Frozen, match="take it back to draft"):
        remove_check(check=check, by=cast.contributor, now=LATER)
    assert (FigureCheck.objects.count(), Entry.objects.count()) == (1, before)


def test_who_wrote_a_check_cannot_approve_its_claim(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    cast.reviewer.groups.add(Group.objects.get(name=Role.CONTRIBUTOR))
    make_check(claim, pair, by=cast.reviewer)
    assert authors_since_edition([subject_of(claim)]) == {cast.contributor.pk, cast.reviewer.pk}
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="reviewer wrote part"):
        approve(review=review, by=cast.reviewer, now=NOW)


def test_an_edition_shows_the_findings_and_keeps_them_when_the_check_goes(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    check = make_check(claim, pair, [Lacking(), pair[1]], by=cast.contributor)
    edition = publish_claim(claim, cast)
    (shown,) = json.loads(edition.text.body)["assertions"][0]["checks"]
    assert (shown["id"], shown["formula"], shown["result"]) == (str(check.public_id), "ratio", "undetermined")
    assert [reading["finding"]["result"] for reading in shown["readings"]] == ["holds", "undetermined"]
    assert [reading["words"]["en"] for reading in shown["readings"]] == ["Way 1", "Way 2"]
    before = edition.text.body
    begin_correction(claim, cast)
    remove_check(check=check, by=cast.contributor, now=LATER)
    assert Edition.objects.get(pk=edition.pk).text.body == before


def test_a_check_in_a_published_claim_opens_its_next_revision(cast: Cast, pair: tuple[Figure, Figure]) -> None:
    claim = published_claim(cast)
    before = Edition.objects.get(subject_id=claim.public_id).digest
    make_check(claim, pair, by=cast.contributor)
    assert open_review(claim).number == 2
    assert Edition.objects.get(subject_id=claim.public_id).digest == before
    with pytest.raises(NotAllowed):
        publish(review=open_review(claim), by=cast.editor, now=LATER)


def test_a_relation_and_a_unit_reach_the_sum(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    risen: dict[str, Any] = {"claimed_low": Decimal(0), "claimed_high": Decimal(0), "claimed_unit": Unit.PERCENT}
    make_check(claim, pair, by=cast.contributor, formula=Formula.GROWTH, relation=Relation.MORE_THAN, **risen)
    body = Finding.objects.get().body
    assert (body["result"], body["value"], body["unit"]) == ("holds", "100", "percent")
    assert body["thresholds"] == {"tolerance": "0.10"}
    assert body["formula_version"] == 1
