"""Figures that change run what rests on them again: flags for people, nothing published moves."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.figures import retract_figure, supersede_figure
from budgets.models.budget_import import BudgetImport
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.models.mapping import ColumnMapping
from budgets.vocabulary import Formula, ImportState, Phase, Provenance
from claims import tasks
from claims.documents.bundle import build
from claims.figure_checks.following import FOLLOWER, follow_figures
from claims.figure_checks.verbs import write_check
from claims.flags import close_flag
from claims.models.claim import Claim
from claims.models.edition import Edition, EditionText
from claims.models.figure_check import FigureCheck, Finding
from claims.models.flag import Flag
from claims.models.public_status import PublicStatus
from claims.publication.status import refresh_due
from claims.publication.verbs import publish
from claims.review.verbs import NotAllowed, approve, submit
from claims.vocabulary import FlagCode
from ledger.models import Cursor, Entry
from ledger.recording import record
from tests.factories.cast import Cast
from tests.factories.claims import NOW, begin_correction, draft_claim, open_review, publish_claim
from tests.factories.figures import Lacking, amount, make_check, make_figure, make_line, waiting

LATER = NOW + timedelta(days=1)
STILL_LATER = NOW + timedelta(days=2)


@pytest.fixture
def line(db: None) -> BudgetLine:
    return make_line()


@pytest.fixture
def pair(cast: Cast, line: BudgetLine) -> tuple[Figure, Figure]:
    return (
        make_figure(12, line=line, by=cast.contributor),
        make_figure(6, line=line, year=2023, by=cast.contributor),
    )


@pytest.fixture
def claim(cast: Cast, pair: tuple[Figure, Figure]) -> Claim:
    """A public claim whose check holds, and whose figures have been heard of."""
    claim = draft_claim(by=cast.contributor)
    make_check(claim, pair, by=cast.contributor)
    publish_claim(claim, cast)
    follow_figures(now=NOW)
    assert not Flag.objects.exists()
    return claim


def supersede(figure: Figure, cast: Cast, value: int) -> Figure:
    changes = amount(value, line=figure.line, year=figure.period_year)
    return supersede_figure(figure=figure, by=cast.contributor, now=LATER, **changes)


def shown() -> dict[str, object]:
    status: dict[str, object] = json.loads(PublicStatus.objects.get().body)["findings"]
    return status


def test_a_superseded_figure_raises_a_flag_and_nothing_published_changes(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    before = list(EditionText.objects.order_by("pk").values_list("body", flat=True)), Edition.objects.count()
    supersede(pair[0], cast, 18)
    assert follow_figures(now=LATER) > 0
    flag = Flag.objects.get()
    assert (flag.code, flag.claim, flag.opened_at) == (FlagCode.FINDING_CHANGED, claim, LATER)
    (change,) = flag.detail["changes"]
    assert (change["assertion"], change["number"], change["reading"]) == (1, 1, 1)
    assert (change["was"], change["now"]) == ("holds", "fails")
    assert change["sum"] == Finding.objects.latest("pk").body["sum"]["en"]
    entry = Entry.objects.latest("index")
    assert (entry.verb, entry.subject_id) == ("claim.findings_changed", str(claim.public_id))
    assert before == (list(EditionText.objects.order_by("pk").values_list("body", flat=True)), Edition.objects.count())


def test_the_status_says_that_a_re_check_is_due_and_keeps_the_findings_of_the_edition(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    assert shown() == {"holds": 1, "fails": 0, "undetermined": 0, "recheck_due_since": None}
    before = PublicStatus.objects.get()
    supersede(pair[0], cast, 18)
    follow_figures(now=LATER)
    assert refresh_due(now=LATER) == 1
    after = PublicStatus.objects.get()
    assert shown() == {"holds": 1, "fails": 0, "undetermined": 0, "recheck_due_since": "2026-03-03T03:00:00Z"}
    assert (after.version, after.content_change_no) == (before.version, before.content_change_no)
    assert after.change_no > before.change_no


def test_publishing_closes_the_flag_and_shows_what_comes_out_now(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    supersede(pair[0], cast, 18)
    follow_figures(now=LATER)
    review = begin_correction(claim, cast, now=STILL_LATER)
    review = submit(review=review, by=cast.contributor, now=STILL_LATER)
    review = approve(review=review, by=cast.reviewer, now=STILL_LATER)
    edition = publish(review=review, by=cast.editor, now=STILL_LATER)
    flag = Flag.objects.get()
    assert (flag.closed_at, flag.closed_by) == (STILL_LATER, None)
    assert "Edition 2" in flag.closing_note
    assert json.loads(edition.text.body)["assertions"][0]["checks"][0]["result"] == "fails"
    assert shown() == {"holds": 0, "fails": 1, "undetermined": 0, "recheck_due_since": None}


def test_closing_the_flag_by_hand_does_not_make_the_edition_newer(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    supersede(pair[0], cast, 18)
    follow_figures(now=LATER)
    close_flag(flag=Flag.objects.get(), note="Seen.", by=cast.editor, now=STILL_LATER)
    refresh_due(now=STILL_LATER)
    assert shown()["recheck_due_since"] == "2026-03-03T03:00:00Z"


def test_a_check_that_is_only_drafted_anew_leaves_the_status_alone(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    check = FigureCheck.objects.get()
    check.claimed_low = check.claimed_high = Decimal(5)
    write_check(check=check, by=cast.contributor, now=LATER)
    PublicStatus.objects.update(status_due_at=LATER)
    refresh_due(now=LATER)
    assert shown()["recheck_due_since"] is None


def test_a_text_that_was_approved_with_other_findings_is_not_published(cast: Cast, pair: tuple[Figure, Figure]) -> None:
    claim = draft_claim(by=cast.contributor)
    make_check(claim, pair, by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    review = approve(review=review, by=cast.reviewer, now=NOW)
    supersede(pair[0], cast, 18)
    follow_figures(now=LATER)
    assert build(review).content_hash != review.content_hash
    with pytest.raises(NotAllowed, match="changed"):
        publish(review=review, by=cast.editor, now=LATER)


CHANGES: dict[str, tuple[Callable[[Cast, BudgetLine, tuple[Figure, Figure]], object], str]] = {
    "a retracted figure": (
        lambda cast, _line, pair: retract_figure(figure=pair[1], reason="A misprint.", by=cast.editor, now=LATER),
        "missing_figure",
    ),
    "a figure beside one of them": (lambda cast, line, _pair: make_figure(13, line=line, by=cast.editor), ""),
    "the figure that is waited for": (
        lambda cast, line, _pair: make_figure(24, line=line, year=2025, by=cast.editor),
        "",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_way_of_resting_on_a_figure_is_followed(
    cast: Cast, line: BudgetLine, pair: tuple[Figure, Figure], change: str
) -> None:
    claim = draft_claim(by=cast.contributor)
    make_check(claim, pair, [waiting(line, 2025), pair[0]], by=cast.contributor)
    follow_figures(now=NOW)
    CHANGES[change][0](cast, line, pair)
    follow_figures(now=LATER)
    assert Flag.objects.get().claim == claim


def test_what_rests_on_other_figures_is_left_alone(cast: Cast, claim: Claim, line: BudgetLine) -> None:
    other = draft_claim(by=cast.contributor)
    alone = [make_figure(value, line=make_line(), by=cast.contributor) for value in (1, 2)]
    make_check(other, [alone[0], Lacking()], by=cast.contributor, formula=Formula.VALUE)
    before = Finding.objects.count()
    supersede(alone[1], cast, 3)
    make_figure(13, line=line, phase=Phase.APPROVED, by=cast.contributor)
    make_figure(12, line=line, provenance=Provenance.MEDIA, by=cast.contributor)  # beside, and says the same
    follow_figures(now=LATER)
    assert (Flag.objects.count(), Finding.objects.count()) == (0, before)
    supersede(alone[0], cast, 3)
    follow_figures(now=LATER)
    assert Flag.objects.get().claim == other


def test_every_entry_is_handled_once(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    supersede(pair[0], cast, 18)
    follow_figures(now=LATER)
    findings, entries = Finding.objects.count(), Entry.objects.count()
    assert Cursor.objects.get(name=FOLLOWER).next_index == entries - 1  # its own entry is still to be read
    assert follow_figures(now=STILL_LATER) == 1
    assert follow_figures(now=STILL_LATER) == 0
    assert (Finding.objects.count(), Entry.objects.count(), Flag.objects.count()) == (findings, entries, 1)


def test_a_second_change_leaves_the_flag_with_its_day(cast: Cast, claim: Claim, pair: tuple[Figure, Figure]) -> None:
    newer = supersede(pair[0], cast, 18)
    follow_figures(now=LATER)
    supersede(newer, cast, 24)
    follow_figures(now=STILL_LATER)
    assert Flag.objects.get().opened_at == LATER
    assert Finding.objects.count() == 3


def test_a_failure_leaves_the_cursor_and_everything_else_as_it_was(
    cast: Cast, claim: Claim, pair: tuple[Figure, Figure]
) -> None:
    supersede(pair[0], cast, 18)
    record("figure.recorded", subject_kind="figure", subject_id="no id at all")
    cursor = Cursor.objects.get(name=FOLLOWER)
    with pytest.raises(ValueError, match="badly formed"):
        follow_figures(now=LATER)
    assert Cursor.objects.get(name=FOLLOWER).next_index == cursor.next_index
    assert not Flag.objects.exists()


def test_a_draft_is_flagged_too_and_has_no_status(cast: Cast, pair: tuple[Figure, Figure]) -> None:
    claim = draft_claim(by=cast.contributor)
    make_check(claim, pair, by=cast.contributor)
    follow_figures(now=NOW)
    supersede(pair[0], cast, 18)
    tasks.follow_figures()
    assert Flag.objects.get().claim == claim
    assert not PublicStatus.objects.exists()


def imported(cast: Cast, line: BudgetLine) -> BudgetImport:
    """An import as its verbs would leave it, with its entry in the log."""
    mapping = ColumnMapping.objects.create(
        name="budget",
        title_en="Budget",
        title_th="งบประมาณ",
        jurisdiction=line.agency.jurisdiction,
        provenance=Provenance.OFFICIAL_DOCUMENT,
        spec={},
        changed_at=LATER,
    )
    return BudgetImport.objects.create(
        mapping=mapping,
        spec={},
        dataset="budget",
        title_en="Budget",
        title_th="งบประมาณ",
        provenance=Provenance.OFFICIAL_DOCUMENT,
        file_name="budget.csv",
        file_digest="0" * 64,
        file_size=1,
        state=ImportState.DONE,
        imported_by=cast.contributor,
        requested_at=LATER,
    )


def test_an_import_counts_from_its_publication(cast: Cast, claim: Claim, line: BudgetLine) -> None:
    brought = imported(cast, line)
    brought.refresh_from_db(fields=["public_id"])
    figure = Figure(recorded_at=LATER, budget_import=brought, source_line=7, **amount(13, line=line) | {"slug": None})
    figure.full_clean()
    figure.save()
    other = make_line()
    Figure(recorded_at=LATER, budget_import=brought, **amount(13, line=other) | {"slug": None}).save()
    record("budget.imported", subject_kind="import", subject_id=brought.public_id)
    follow_figures(now=LATER)
    assert not Flag.objects.exists()
    BudgetImport.objects.update(published_by=cast.editor, published_at=LATER)
    record("import.published", subject_kind="import", subject_id=brought.public_id)
    follow_figures(now=LATER)
    assert Flag.objects.get().claim == claim
    note = Finding.objects.latest("pk").body["notes"][-1]["en"]
    assert "13 baht (Official document)" in note


def test_a_figure_is_replaced_once_readers_can_see_what_replaces_it(
    cast: Cast, claim: Claim, line: BudgetLine, pair: tuple[Figure, Figure]
) -> None:
    brought = imported(cast, line)
    brought.refresh_from_db(fields=["public_id"])
    newer = Figure(recorded_at=LATER, budget_import=brought, source_line=7, **amount(18, line=line) | {"slug": None})
    newer.save()
    Figure.objects.filter(pk=pair[0].pk).update(superseded_by=newer)
    record("budget.imported", subject_kind="import", subject_id=brought.public_id)
    follow_figures(now=LATER)
    assert not Flag.objects.exists()
    BudgetImport.objects.update(published_by=cast.editor, published_at=LATER)
    record("import.published", subject_kind="import", subject_id=brought.public_id)
    follow_figures(now=LATER)
    assert Flag.objects.get().claim == claim


def test_twenty_readings_of_a_claim_are_followed_at_the_cost_of_one(
    cast: Cast, line: BudgetLine, pair: tuple[Figure, Figure]
) -> None:
    costs = []
    for count in (1, 20):
        figure = make_figure(12, line=make_line(), by=cast.contributor)
        claim = draft_claim(by=cast.contributor)
        make_check(claim, *[(figure, pair[1])] * count, by=cast.contributor)
        follow_figures(now=NOW)
        supersede(figure, cast, 18)
        with CaptureQueriesContext(connection) as queries:
            follow_figures(now=LATER)
        assert len(Flag.objects.get(claim=claim).detail["changes"]) == count
        costs.append(len(queries))
    assert costs[0] == costs[1] < 40
