"""A figure check is written on one page and computed at once; a refusal loses nothing that was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.models.figure import Figure
from claims.models.assertion import Assertion
from claims.models.figure_check import FigureCheck, Finding, Operand
from claims.review.verbs import submit
from claims.vocabulary import AssertionKind
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import new_row, shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review
from tests.factories.figures import make_figure, make_line, printed

ADD = "/admin/claims/figurecheck/add/"
FORM = "figurecheck_form"


def an_assertion(cast: Cast) -> Assertion:
    return draft_claim(by=cast.contributor, kinds=(AssertionKind.FIGURE,)).assertions.get()


def typed(assertion: Assertion, later: Figure, earlier: Figure) -> dict[str, Any]:
    """“Doubled”, as a contributor types it."""
    check = {"assertion": assertion.pk, "number": 1, "formula": "ratio", "relation": "equals"}
    claimed = {"claimed_words_en": "doubled", "claimed_words_th": "เพิ่มขึ้นเท่าตัว", "claimed_low": "2"}
    unit = {"claimed_high": "2", "claimed_high_closed": "on", "claimed_unit": "ratio"}
    reading = {"number": 1, "operand_1_figure": later.pk, "operand_2_figure": earlier.pk}
    return {**check, **claimed, **unit, **new_row("readings", 0, reading), "readings-INITIAL_FORMS": "0"}


@pytest.fixture
def figures(cast: Cast) -> tuple[Figure, Figure]:
    line, by = make_line(), cast.contributor
    return (
        make_figure("2000000000", year=2024, line=line, by=by, **printed("2000000000", 1)),
        make_figure("965000000", year=2020, line=line, by=by, **printed("965000000", 3)),
    )


def test_a_check_is_stored_with_its_operands_and_computed(cast: Cast, browser: As, figures: Any) -> None:
    answer = browser("contributor").post(ADD, typed(an_assertion(cast), *figures))
    assert answer.status_code == 302, answer.context["errors"]
    finding = Finding.objects.get()
    assert finding.result == "holds"
    assert finding.body["value"].startswith("2.0725")
    page = browser("contributor").get(reverse("admin:claims_figurecheck_change", args=[FigureCheck.objects.get().pk]))
    assert "2.07" in page.content.decode()


def test_what_is_missing_is_typed_instead_of_a_figure(cast: Cast, browser: As, figures: Any) -> None:
    missing = {"readings-0-operand_2_figure": "", "readings-0-operand_2_missing_en": "spending in 2020"}
    missing |= {"readings-0-operand_2_missing_th": "รายจ่ายปี 2563"}
    answer = browser("contributor").post(ADD, typed(an_assertion(cast), *figures) | missing)
    assert answer.status_code == 302, answer.context["errors"]
    assert Finding.objects.get().body["reason"] == "missing_figure"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"readings-0-operand_2_figure": ""}, "takes 2 figures"),
        ({"readings-0-operand_2_missing_en": "also missing"}, "Choose a figure, or say in both languages"),
        ({"claimed_low": ""}, "Give both ends"),
        ({"number": "0"}, "Number the checks from 1."),
        ({"claimed_unit": "money", "formula": "difference"}, "three capital letters"),
        ({"claimed_unit": "percent", "formula": "difference"}, "gives “Money”, not “Percent”"),
        ({"claimed_low": "", "claimed_high": ""}, "Say what the assertion claims"),
        ({"readings-TOTAL_FORMS": "0"}, "Add a reading"),
        ({"readings-0-words_en": "only in English"}, "Say the reading in both languages"),
    ],
)
def test_a_fault_is_said_and_what_was_typed_stays(
    wrong: dict[str, str], said: str, cast: Cast, browser: As, figures: Any
) -> None:
    answer = browser("contributor").post(ADD, typed(an_assertion(cast), *figures) | wrong)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert shown(answer, FORM)["claimed_words_th"] == "เพิ่มขึ้นเท่าตัว"
    assert not FigureCheck.objects.exists()


def test_the_next_check_of_an_assertion_is_numbered_and_the_ends_are_named(
    cast: Cast, browser: As, figures: Any
) -> None:
    assertion, who = an_assertion(cast), browser("contributor")
    who.post(ADD, typed(assertion, *figures))
    page = who.get(f"{ADD}?assertion={assertion.pk}")
    assert shown(page, FORM)["number"] == "2"
    assert shown(who.get(f"{ADD}?assertion=nonsense"), FORM)["number"] == "1"
    for label in ("Lowest", "Highest", "Including the highest"):
        assert f"{label}:</label>" in page.content.decode() or f"{label}</label>" in page.content.decode()


def test_changing_an_operand_computes_again_and_keeps_the_older_finding(cast: Cast, browser: As, figures: Any) -> None:
    who = browser("contributor")
    who.post(ADD, typed(an_assertion(cast), *figures))
    url = reverse("admin:claims_figurecheck_change", args=[FigureCheck.objects.get().pk])
    better = make_figure("1965000000", year=2020, line=figures[0].line, by=cast.contributor)
    answer = who.post(url, shown(who.get(url), FORM) | {"readings-0-operand_2_figure": better.pk})
    assert answer.status_code == 302, answer.context["errors"]
    assert list(Finding.objects.values_list("result", flat=True)) == ["fails", "holds"]
    assert Operand.objects.count() == 2


def test_saving_an_untouched_page_changes_nothing(cast: Cast, browser: As, figures: Any) -> None:
    who = browser("contributor")
    who.post(ADD, typed(an_assertion(cast), *figures))
    url = reverse("admin:claims_figurecheck_change", args=[FigureCheck.objects.get().pk])
    assert who.post(url, shown(who.get(url), FORM)).status_code == 302
    assert Finding.objects.count() == 1


def test_a_check_is_taken_out_unless_its_claim_is_being_judged(cast: Cast, browser: As, figures: Any) -> None:
    assertion, who = an_assertion(cast), browser("contributor")
    who.post(ADD, typed(assertion, *figures))
    url = reverse("admin:claims_figurecheck_delete", args=[FigureCheck.objects.get().pk])
    submit(review=open_review(assertion.claim), by=cast.contributor, now=NOW)
    answer = who.post(url, {"post": "yes"}, follow=True)
    assert "take it back to draft" in answer.content.decode()
    assert FigureCheck.objects.exists()


def test_the_list_costs_the_same_for_one_check_and_for_many(cast: Cast, browser: As, figures: Any) -> None:
    who, counts = browser("contributor"), []
    for _ in range(2):
        for _ in range(4):
            who.post(ADD, typed(an_assertion(cast), *figures))
        with CaptureQueriesContext(connection) as queries:
            page = who.get("/admin/claims/figurecheck/")
        assert page.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_auditor_reads_and_writes_nothing(cast: Cast, browser: As, figures: Any) -> None:
    assertion = an_assertion(cast)
    browser("contributor").post(ADD, typed(assertion, *figures))
    url = reverse("admin:claims_figurecheck_change", args=[FigureCheck.objects.get().pk])
    assert browser("auditor").get(url).status_code == 200
    assert browser("auditor").post(ADD, typed(assertion, *figures)).status_code == 403
