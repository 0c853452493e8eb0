"""A finding is computed from the figures that stand today, and says what stands beside them or is missing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from budgets.figures import retract_figure, supersede_figure
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.vocabulary import Formula, PeriodBasis, Phase, Provenance, Unit
from claims.figure_checks.computing import compute
from claims.models.claim import Claim
from claims.models.figure_check import FigureCheck, Finding, Reading
from claims.vocabulary import FindingCause
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim
from tests.factories.figures import Lacking, amount, attribute, make_check, make_figure, make_line, waiting
from tests.factories.nouns import PersonFactory

LATER = NOW + timedelta(days=1)


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return draft_claim(by=cast.contributor)


@pytest.fixture
def line(db: None) -> BudgetLine:
    return make_line()


@pytest.fixture
def pair(cast: Cast, line: BudgetLine) -> tuple[Figure, Figure]:
    """Twelve in 2024 and six in 2023, of one line."""
    return (
        make_figure(12, line=line, by=cast.contributor),
        make_figure(6, line=line, year=2023, by=cast.contributor),
    )


def again(check: FigureCheck) -> list[Finding]:
    return compute(list(check.readings.all()), cause=FindingCause.FIGURES, now=LATER)


def body(check: FigureCheck) -> dict[str, Any]:
    """The newest finding of a check's only reading."""
    newest: dict[str, Any] = Finding.objects.filter(reading__figure_check=check).current().get().body
    return newest


def test_nothing_is_stored_when_nothing_else_comes_out(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    check = make_check(claim, pair, by=cast.contributor)
    assert again(check) == []
    assert Finding.objects.count() == 1


def test_the_database_refuses_to_change_a_finding(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    make_check(claim, pair, by=cast.contributor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.update(result="fails")


def test_a_check_computes_with_what_has_superseded_its_figures_to_the_end_of_the_chain(
    cast: Cast, claim: Claim, line: BudgetLine, pair: tuple[Figure, Figure]
) -> None:
    check = make_check(claim, pair, by=cast.contributor)
    better = supersede_figure(figure=pair[0], by=cast.contributor, now=NOW, **amount(18, line=line))
    best = supersede_figure(figure=better, by=cast.contributor, now=NOW, **amount(24, line=line))
    (finding,) = again(check)
    assert (finding.result, finding.cause, finding.body["value"]) == ("fails", FindingCause.FIGURES, "4")
    assert finding.body["operands"][0]["figure"]["id"] == str(best.public_id)
    assert check.readings.get().operands.get(position=1).figure == pair[0]  # nobody edited the check


def test_a_retracted_figure_is_missing_and_its_reason_is_said(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    check = make_check(claim, pair, by=cast.contributor)
    retract_figure(figure=pair[0], reason="Read from the wrong column.", by=cast.contributor, now=NOW)
    again(check)
    found = body(check)
    assert (found["result"], found["reason"]) == ("undetermined", "missing_figure")
    assert found["operands"][0] == {
        "figure": None,
        "missing": {"en": "“Money”, which was taken back", "th": "“เงิน” ซึ่งถอนแล้ว"},
    }
    assert "Read from the wrong column" not in str(found)


def test_another_figure_for_the_same_key_is_said_beside_the_finding(
    cast: Cast, claim: Claim, line: BudgetLine, pair: tuple[Figure, Figure]
) -> None:
    check = make_check(claim, pair, by=cast.contributor)
    make_figure(13, line=line, provenance=Provenance.MEDIA, by=cast.contributor)
    make_figure(12, line=line, provenance=Provenance.MEDIA, by=cast.contributor)  # says the same
    make_figure(14, line=line, phase=Phase.APPROVED, by=cast.contributor)  # answers another question
    again(check)
    found = body(check)
    assert found["value"] == "2"
    notes = [note for note in found["notes"] if "says otherwise" in note["en"]]
    assert notes == [
        {
            "en": "Another figure for the same line, period and phase says otherwise: 13 baht (News report).",
            "th": "มีตัวเลขอื่นของรายการ งวด และขั้นเดียวกันที่ไม่ตรงกัน: 13 บาท (รายงานข่าว)",
        }
    ]


def test_figures_without_a_line_stand_beside_nothing(cast: Cast, claim: Claim) -> None:
    figures = [make_figure(value, by=cast.contributor) for value in (12, 13)]
    check = make_check(claim, [figures[0], Lacking()], by=cast.contributor, formula=Formula.VALUE)
    assert not [note for note in body(check)["notes"] if "says otherwise" in note["en"]]


def test_an_operand_takes_the_official_figure_in_that_it_waits_for(
    cast: Cast, claim: Claim, line: BudgetLine, pair: tuple[Figure, Figure]
) -> None:
    check = make_check(claim, [waiting(line, 2025), pair[1]], by=cast.contributor)
    assert body(check)["reason"] == "missing_figure"
    make_figure(30, line=line, year=2025, provenance=Provenance.CLAIMANT, by=cast.contributor)
    make_figure(30, line=line, year=2025, phase=Phase.APPROVED, by=cast.contributor)
    make_figure(30, line=line, year=2025, period_basis=PeriodBasis.CALENDAR_YEAR, by=cast.contributor)
    make_figure(30, line=make_line(line), year=2025, by=cast.contributor)
    assert again(check) == []
    official = make_figure(12, line=line, year=2025, provenance=Provenance.OFFICIAL_STATEMENT, by=cast.contributor)
    again(check)
    found = body(check)
    assert (found["result"], found["operands"][0]["figure"]["id"]) == ("holds", str(official.public_id))
    assert any("says otherwise: 30 baht (Speaker" in note["en"] for note in found["notes"])


def test_official_figures_that_differ_are_not_chosen_from(
    cast: Cast, claim: Claim, line: BudgetLine, pair: tuple[Figure, Figure]
) -> None:
    check = make_check(claim, [waiting(line, 2025), pair[1]], by=cast.contributor)
    first, second = (make_figure(value, line=line, year=2025, by=cast.contributor) for value in (12, 15))
    again(check)
    found = body(check)
    assert found["operands"][0]["missing"] == {
        "en": "the accounts: official figures differ",
        "th": "บัญชี: ตัวเลขทางการไม่ตรงกัน",
    }
    assert any("12 baht" in note["en"] and "15 baht" in note["en"] for note in found["notes"])
    retract_figure(figure=second, reason="A misprint.", by=cast.contributor, now=NOW)
    again(check)
    assert body(check)["operands"][0]["figure"]["id"] == str(first.public_id)


def test_equal_official_figures_are_one_answer(
    cast: Cast, claim: Claim, line: BudgetLine, pair: tuple[Figure, Figure]
) -> None:
    check = make_check(claim, [waiting(line, 2025), pair[1]], by=cast.contributor)
    first = make_figure(12, line=line, year=2025, by=cast.contributor)
    again(check)
    make_figure(12, line=line, year=2025, by=cast.contributor)
    assert again(check) == []
    assert body(check)["operands"][0]["figure"]["id"] == str(first.public_id)


def test_a_line_below_another_is_its_part(cast: Cast, claim: Claim, line: BudgetLine) -> None:
    part, whole = make_line(make_line(line)), line
    figures = make_figure(5, line=part, by=cast.contributor), make_figure(10, line=whole, by=cast.contributor)
    halved: dict[str, Any] = {"claimed_low": "0.5", "claimed_high": "0.5"}
    check = make_check(claim, figures, by=cast.contributor, formula=Formula.SHARE, **halved)
    assert (body(check)["result"], body(check)["value"]) == ("holds", "0.5")
    baht: dict[str, Any] = {"claimed_unit": Unit.MONEY, "claimed_currency": "THB"}
    added = make_check(claim, figures, by=cast.contributor, formula=Formula.SUM, **baht)
    assert (body(added)["reason"], body(added)["value"]) == ("may_overlap", None)


def test_a_corrected_figure_of_a_speaker_stays_the_speakers(cast: Cast, claim: Claim, line: BudgetLine) -> None:
    own: dict[str, Any] = {"provenance": Provenance.CLAIMANT}
    figures = [make_figure(value, line=line, year=2020 + value, by=cast.contributor, **own) for value in (4, 2)]
    for figure in figures:
        attribute(figure, claim, claim.claimants.get().person)
    check = make_check(claim, figures, by=cast.contributor)
    assert body(check)["own_figures"]
    supersede_figure(figure=figures[0], by=cast.contributor, now=NOW, **amount(8, line=line, year=2024, **own))
    again(check)
    assert body(check)["own_figures"]


def test_a_figure_that_another_person_gave_is_not_the_speakers_own(cast: Cast, claim: Claim, line: BudgetLine) -> None:
    figures = [make_figure(value, line=line, year=2020 + value, by=cast.contributor) for value in (4, 2)]
    attribute(figures[0], claim, claim.claimants.get().person)
    attribute(figures[1], claim, PersonFactory.create())
    check = make_check(claim, figures, by=cast.contributor)
    assert not body(check)["own_figures"]


def test_twenty_readings_cost_as_many_queries_as_one(
    cast: Cast, claim: Claim, line: BudgetLine, pair: tuple[Figure, Figure]
) -> None:
    readings = [(pair[0], waiting(make_line(line), year)) for year in range(2001, 2021)]
    one = make_check(claim, readings[0], by=cast.contributor)
    many = make_check(claim, *readings, by=cast.contributor)
    for year in range(2001, 2021):
        make_figure(year, line=line, year=year, by=cast.contributor)
    Finding.objects.all().delete()
    costs = []
    for check, count in ((one, 1), (many, 20)):
        rows = list(Reading.objects.filter(figure_check=check))
        with CaptureQueriesContext(connection) as queries:
            assert len(compute(rows, cause=FindingCause.EDIT, now=LATER)) == count
        costs.append(len(queries))
    assert costs[0] == costs[1] < 20
