"""Figure checks with all that a reader needs to judge them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from budgets.quantities.formatting import Lang
from claims.web.presentation.axes import claim_axes
from claims.web.presentation.checks import CheckView, FindingView, check_views, checked_provenances
from claims.web.presentation.claim import claim_page
from claims.web.presentation.figures import figure_view
from tests.claims.web.check_documents import (
    DOUBLED,
    HALF,
    SPENDING_LINE,
    UNLIKE,
    check,
    counted,
    finding,
    imported,
    missing,
    reading,
)
from tests.claims.web.documents import SPENDING_2020, Json, app_claim, both, figure, status

pytestmark = pytest.mark.usefixtures("english")


def viewed(found: Json, lang: Lang = "en", **changes: object) -> CheckView:
    (view,) = check_views([check(found["result"], reading(1, found), **changes)], {}, lang)
    return view


def shown(found: Json, lang: Lang = "en", **changes: object) -> FindingView:
    (part,) = viewed(found, lang, **changes).readings
    assert part.finding is not None
    return part.finding


@pytest.mark.parametrize(
    ("lang", "written", "spread"),
    [
        ("en", "2 billion baht ÷ 965 million baht = 2.07 (+107.25%)", "with rounding from 1.55 to 2.59"),
        ("th", "2,000 ล้านบาท ÷ 965 ล้านบาท = 2.07 (+107.25%)", "เมื่อคำนึงถึงการปัดเศษ ตั้งแต่ 1.55 ถึง 2.59"),
    ],
)
def test_the_sum_is_written_out_and_the_range_of_rounding_stands_behind_it(
    lang: Lang, written: str, spread: str
) -> None:
    found = shown(DOUBLED, lang)
    assert (found.sum, found.spread) == (written, spread)
    assert (found.value, found.tolerance, found.formula_version) == ("2.072539", "10%", 1)


def test_the_range_of_an_edition_is_found_with_and_without_a_comma_before_it() -> None:
    newer = both("1 baht ÷ 2 baht = 0.5 times; with rounding, from 0.4 to 0.6 times", "")
    found = shown({**DOUBLED, "sum": newer})
    assert (found.sum, found.spread) == ("1 baht ÷ 2 baht = 0.5 times", "with rounding, from 0.4 to 0.6 times")
    assert shown(DOUBLED).spread == "with rounding from 1.55 to 2.59"


@pytest.mark.parametrize(("lang", "own"), [("en", "The figure is the speaker's own"), ("th", "ตัวเลขนี้มาจากผู้กล่าวเอง")])
def test_one_figure_is_not_called_all(lang: Lang, own: str) -> None:
    found = shown({**HALF, "notes": [both("The figure is the speaker's own.", "ตัวเลขนี้มาจากผู้กล่าวเอง")]}, lang)
    assert (found.own, found.notes) == (own, ())
    assert shown(HALF, lang).notes == (), "an older edition speaks of all figures"


def test_the_range_and_the_deviation_are_as_exact_as_they_are_stored() -> None:
    found = shown(DOUBLED)
    assert (found.range, found.deviation) == ("over 1.553599 to under 2.592017", "+3.63%")


def test_the_speakers_own_figures_carry_no_tone_and_always_say_whose_they_are() -> None:
    found = shown(DOUBLED)
    assert (found.result_label, found.tone) == ("The numbers agree", "open")
    assert found.own == "All figures are the speaker's own"
    assert found.notes == ("A result within 10% of 2 counts as agreeing: from 1.8 to 2.2.",), "it is not said twice"
    others = [shown({**DOUBLED, "result": result, "own_figures": False}) for result in ("holds", "fails")]
    assert [other.tone for other in others] == ["good", "mixed"]


@pytest.mark.parametrize(
    ("lang", "doubled", "half"),
    [
        ("en", "Within rounding: the claim says “doubled” (2)", "Because a figure is missing: the rental fees."),
        ("th", "เมื่อคำนึงถึงการปัดเศษ คือ คำกล่าวระบุว่า", "เพราะยังขาดตัวเลข คือ ค่าเช่า"),
    ],
)
def test_the_reason_does_not_repeat_the_result_above_it(lang: Lang, doubled: str, half: str) -> None:
    assert shown(DOUBLED, lang).why.startswith(doubled)
    assert shown(HALF, lang).why == half


def test_figures_that_differ_in_several_ways_say_each() -> None:
    found = shown(UNLIKE)
    assert found.why == "Not comparable, because"
    assert found.because == (
        "the phase of one is not stated and of the other “Approved”",
        "one is for 2023 and the other for fiscal year 2022",
    )
    alone = shown({**UNLIKE, "mismatches": UNLIKE["mismatches"][:1]})
    assert alone.because == ()
    assert alone.why == UNLIKE["why"]["en"]


def test_an_imported_figure_leads_to_its_file_and_its_line() -> None:
    found = shown(UNLIKE, "th")
    own, official = found.operands
    assert (own.amount, own.facts) == ("6,610 ล้านบาท", ("ปี 2566 (ไม่ระบุว่าเป็นปีปฏิทินหรือปีงบประมาณ)",))
    assert (own.source, own.url, own.source_line, own.line) == ("", "", "", None)
    assert official.amount == "45,000,097,800 บาท"
    assert official.facts == ("ปีงบประมาณ 2565", "ได้รับอนุมัติ")
    assert official.provenance_label == "เอกสารราชการ"
    assert (official.source, official.source_line) == ("ร่าง พ.ร.บ. งบประมาณรายจ่ายประจำปี 2565", "1432")
    assert official.url == "https://budget.example/2565.csv"
    assert official.line is not None
    assert (official.line.text, official.line.slug) == ("รายจ่าย", "sso-spending")


def test_only_an_address_of_the_web_becomes_a_link() -> None:
    source = {"title": both("A file", "ไฟล์"), "url": "javascript:alert(1)", "line": None}
    found = shown(finding("holds", operands=[imported(90, "1", source=source)]))
    assert (found.operands[0].source, found.operands[0].url, found.operands[0].source_line) == ("A file", "", "")


def test_a_figure_of_the_page_is_linked_where_it_stands() -> None:
    operand = counted(4, "2000000000", 2024, line=SPENDING_LINE)
    anchors = {operand["figure"]["id"]: "figure-figure-4"}
    (view,) = check_views([check("holds", reading(1, finding("holds", operands=[operand])))], anchors, "en")
    found = view.readings[0].finding
    assert found is not None
    assert (found.operands[0].anchor, found.operands[0].facts) == ("figure-figure-4", ("2024",))
    elsewhere = shown(finding("holds", operands=[operand]))
    assert elsewhere.operands[0].line is not None
    assert elsewhere.operands[0].line.slug == "", "no file brought it, so its line may have no page"


def test_a_figure_in_words_shows_what_the_words_allow() -> None:
    span = counted(12, None, low="3", high="4", unit="years", currency=None)
    found = shown(finding("holds", operands=[span]))
    assert found.operands[0].amount == "from 3 years to 4 years"


@pytest.mark.parametrize(
    ("formula", "operands"),
    [
        ("value", [counted(5, "100000000"), missing("an official figure", "ตัวเลขทางการ")]),
        ("share", [missing("the rental fees", "ค่าเช่า"), missing("the whole budget", "งบทั้งหมด")]),
    ],
)
def test_a_sum_that_only_repeats_what_is_missing_is_left_out(formula: str, operands: list[Json]) -> None:
    found = shown({**HALF, "operands": operands}, formula=formula)
    assert found.sum == ""
    assert found.why


def test_each_reading_has_its_words_and_its_own_finding() -> None:
    words = both("Half of the hotline’s 100 million baht", "ครึ่งหนึ่งของ 100 ล้านบาท")
    other = both("Half of the whole budget", "ครึ่งหนึ่งของงบทั้งหมด")
    document = check("undetermined", reading(1, HALF, words), reading(2, None, other), formula="share")
    (view,) = check_views([document], {}, "en")
    assert view.several
    assert view.result_label == "Cannot be determined"
    assert [part.words for part in view.readings] == [
        "Half of the hotline’s 100 million baht",
        "Half of the whole budget",
    ]
    assert view.readings[1].finding is None


@pytest.mark.parametrize(
    ("relation", "low", "high", "said"),
    [
        ("equals", "2", "2", "Equals 2"),
        ("more_than", "0", "0", "More than 0"),
        ("equals", "1.5", "2.5", "from 1.5 to under 2.5"),
        ("equals", None, None, ""),
    ],
)
def test_what_the_words_say_is_written_as_a_number(relation: str, low: str, high: str, said: str) -> None:
    claimed = check("holds")["claimed"] | {"low": low, "high": high, "high_closed": low == high}
    assert viewed(DOUBLED, relation=relation, claimed=claimed).claimed == said


def checked_claim(found: Json) -> Json:
    document = app_claim()
    document["assertions"][0]["checks"] = [check(found["result"], reading(1, found))]
    return document


def test_an_edition_from_before_checks_shows_none() -> None:
    page = claim_page(app_claim(), status(), "en")
    assert [part.checks for part in page.assertions] == [(), (), ()]
    assert page.own_figures_only


def test_a_claim_is_not_called_all_its_own_once_an_official_figure_is_in_a_sum() -> None:
    assert checked_provenances(checked_claim(UNLIKE)["assertions"]) == {"claimant", "official_document"}
    assert claim_page(checked_claim(DOUBLED), status(), "en").own_figures_only
    page = claim_page(checked_claim(UNLIKE), status(findings_undetermined=1), "en")
    assert not page.own_figures_only
    assert (page.axes[2].value, page.axes[2].lines) == ("Cannot be determined: 1", ())


def test_a_page_says_since_when_figures_have_changed_and_an_edition_does_not() -> None:
    due = status(findings_holds=1, recheck_due_since=datetime(2026, 11, 25, 1, 0, tzinfo=UTC))
    page = claim_page(checked_claim(DOUBLED), due, "en")
    assert page.recheck_due is not None
    assert page.recheck_due.text == "25 November 2026"
    assert "Figures have changed since; the findings are those of the edition" in page.axes[2].lines
    assert claim_page(checked_claim(DOUBLED), status(), "en").recheck_due is None
    assert claim_page(checked_claim(DOUBLED), None, "en").recheck_due is None


def test_findings_are_summed_up_by_their_results() -> None:
    axis = claim_axes(status(findings_holds=2, findings_fails=1, findings_undetermined=3), ["claimant"], None, "en")[2]
    assert axis.value == "The numbers agree: 2 · The numbers do not agree: 1 · Cannot be determined: 3"
    assert axis.tone == "open"


def test_a_figure_leads_to_its_line_when_the_edition_knows_it() -> None:
    assert figure_view(SPENDING_2020, "en").line is None
    assert figure_view({**SPENDING_2020, "line": both("Spending", "รายจ่าย")}, "en").line is None, "an older edition"
    line = figure_view({**SPENDING_2020, "line": SPENDING_LINE}, "th").line
    assert line is not None
    assert (line.text, line.slug) == ("รายจ่าย", "sso-spending")


def test_an_imported_figure_is_found_on_the_page_by_its_id() -> None:
    nameless = figure(1, "", both("Spending", "รายจ่าย"), "1") | {"slug": None}
    assert figure_view(nameless, "en").slug == nameless["id"]
