"""What comes out of the first case's figures, worked out by hand; nothing in it is rated and nothing is added up."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from budgets.models.figure import Figure
from budgets.vocabulary import Formula, Unit
from claims.figure_checks.verbs import write_check
from claims.models.assertion import Assertion
from claims.models.figure_check import FigureCheck, Finding, Operand
from claims.models.review import ClaimReview
from claims.seeding.demo import FIRST_CASE
from tests.claims.seeding.bringing import bringer
from tests.claims.seeding.folders import NOW, Folder
from tests.claims.seeding.numbers import numbers_in
from tests.conftest import connected_to
from tests.databases import cloned_database
from tests.factories.cast import Cast, make_cast
from tests.factories.figures import save_readings

MILLION = 10**6


@dataclass(frozen=True)
class Missing:
    """A figure is missing; what it would have to be, when that can be said."""

    low: str | None = None
    high: str | None = None


OPEN = Missing()
# By claim and assertion: each reading's figures, and its value with what rounding leaves, or what is missing.
FOUND: dict[tuple[str, int], list[tuple[list[str | None], tuple[str, str, str, str] | Missing]]] = {
    ("sso-spending-growth", 1): [(["sso-spending-2020", None], Missing("3500000000", "4500000000"))],
    ("sso-spending-growth", 2): [(["sso-spending-2023", None], Missing("6605000000", "6615000000"))],
    # 6.61 / 4.00 = 1.6525; from 6.605 / 4.5 to 6.615 / 3.5
    ("sso-spending-growth", 3): [
        (["sso-spending-2023", "sso-spending-2020"], ("holds", "65.25", "46.777777", "89")),
    ],
    ("sso-spending-growth", 4): [(["sso-strategic-budget-2020", None], Missing("964500000", "965500000"))],
    ("sso-spending-growth", 5): [(["sso-strategic-budget-2024", None], Missing("1500000000", "2500000000"))],
    # 2,000 / 965 = 2.0725…; from 1,500 / 965.5 to 2,500 / 964.5
    ("sso-spending-growth", 6): [
        (["sso-strategic-budget-2024", "sso-strategic-budget-2020"], ("holds", "2.072539", "1.553599", "2.592017")),
    ],
    ("hotline-1506", 1): [(["sso-hotline-allocated", None], Missing("50000000", "150000000"))],
    ("hotline-1506", 2): [
        ([None, "sso-hotline-allocated"], Missing("25000000", "75000000")),
        ([None, None], OPEN),
        ([None, None], OPEN),
        ([None, None], OPEN),
    ],
    ("web-app-development", 1): [(["sso-app-development-2023", None], Missing("545000000", "555000000"))],
    ("sso-plus-app", 1): [(["sso-plus-app-cost", None], Missing("275500000", "276500000"))],
    ("sso-plus-app", 3): [(["sso-plus-app-rating", None], Missing("1.45", "1.55"))],
    ("public-relations", 1): [(["sso-public-relations-2024", None], Missing("335500000", "336500000"))],
    ("sso-e-banking-share", 2): [(["sso-e-banking-transactions", None], Missing("95.5", "96.5"))],
}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with cloned_database("findings") as name, django_db_blocker.unblock(), connected_to(name):
        cast = make_cast()
        bringer(Folder(FIRST_CASE), cast)()
        yield cast


def bodies(slug: str, number: int) -> list[dict[str, Any]]:
    check = FigureCheck.objects.get(assertion__claim__slug=slug, assertion__number=number)
    return [reading.findings.get().body for reading in check.readings.all()]


@pytest.mark.parametrize(("slug", "number"), FOUND, ids=[f"{slug}-{number}" for slug, number in FOUND])
def test_every_reading_comes_to_what_was_worked_out_by_hand(loaded: Cast, slug: str, number: int) -> None:
    for body, (figures, wanted) in zip(bodies(slug, number), FOUND[slug, number], strict=True):
        assert [part["figure"] and part["figure"]["slug"] for part in body["operands"]] == figures
        if isinstance(wanted, Missing):
            assert (body["result"], body["reason"], body["value"]) == ("undetermined", "missing_figure", None)
            implied = body["implied"] or {"low": None, "high": None}
            assert (implied["low"], implied["high"]) == (wanted.low, wanted.high)
        else:
            assert (body["result"], body["value"], body["low"], body["high"]) == wanted
            assert body["reason"] is None


def test_no_other_assertion_is_computed(loaded: Cast) -> None:
    places = FigureCheck.objects.values_list("assertion__claim__slug", "assertion__number")
    assert sorted(places) == sorted(FOUND)
    kinds = set(FigureCheck.objects.values_list("assertion__kind", flat=True))
    assert kinds == {"figure"}
    assert Assertion.objects.filter(kind="figure").count() == len(FOUND)


def test_the_arithmetic_of_the_report_is_that_of_a_pocket_calculator(loaded: Cast) -> None:
    (growth,) = bodies("sso-spending-growth", 3)
    assert Decimal(growth["value"]) == (Decimal("6.61") / Decimal("4.00") - 1) * 100
    assert growth["unit"] == "percent"
    assert "+65.25%" in growth["sum"]["en"]
    assert "+65.25%" in growth["sum"]["th"]
    (doubled,) = bodies("sso-spending-growth", 6)
    assert abs(Fraction(doubled["value"]) - Fraction(2000, 965)) < Fraction(1, 10**6)
    assert doubled["deviation"] == "3.626943"
    assert "2.07" in doubled["sum"]["en"]
    assert "which we count as “doubled”" in doubled["why"]["en"]


def test_half_has_four_readings_that_both_languages_name(loaded: Cast) -> None:
    check = FigureCheck.objects.get(assertion__claim__slug="hotline-1506", assertion__number=2)
    assert list(check.readings.values_list("words_en", "words_th")) == [
        ("Half of the hotline’s 100 million baht", "ครึ่งหนึ่งของ 100 ล้านบาทที่สายด่วนได้รับ"),
        ("Half of the hotline’s budget of this fiscal year", "ครึ่งหนึ่งของงบสายด่วนในปีงบประมาณนี้"),
        ("Half of the hotline’s budget of this calendar year", "ครึ่งหนึ่งของงบสายด่วนในปีปฏิทินนี้"),
        ("Half of the office’s whole budget", "ครึ่งหนึ่งของงบประมาณทั้งหมดของสำนักงาน"),
    ]
    first = bodies("hotline-1506", 2)[0]
    assert (first["implied"]["low_closed"], first["implied"]["high_closed"]) == (True, False)
    assert "50 million baht" in first["why"]["en"]
    assert "50 ล้านบาท" in first["why"]["th"]


def test_every_sentence_says_the_same_numbers_in_both_languages(loaded: Cast) -> None:
    checked = 0
    for finding in Finding.objects.all():
        for words in (finding.body["sum"], finding.body["why"], *finding.body["notes"]):
            assert words["en"]
            assert words["th"]
            assert numbers_in(words["en"]) == numbers_in(words["th"]), words
            checked += 1
    assert checked > 40


def test_a_figure_that_agrees_only_with_its_speaker_is_never_shown_without_saying_so(loaded: Cast) -> None:
    holds = Finding.objects.filter(result="holds")
    assert holds.count() == 2
    for finding in holds:
        assert finding.body["own_figures"]
        assert finding.body["notes"][0] == {
            "en": "All figures are the speaker's own.",
            "th": "ตัวเลขทั้งหมดมาจากผู้กล่าวเอง",
        }


def test_the_word_that_the_report_leaves_out_is_said_to_be_our_reading(loaded: Cast) -> None:
    (body,) = bodies("public-relations", 1)
    assert body["notes"][-1] == {
        "en": "The source of “Public relations, set aside” names no currency; reading it as THB is ours.",
        "th": "ต้นทางของ “การประชาสัมพันธ์ ที่ตั้งงบไว้” ไม่ได้ระบุสกุลเงิน การอ่านเป็น THB เป็นของตามรอย",
    }
    said = [finding for finding in Finding.objects.all() if "names no currency" in str(finding.body["notes"])]
    assert len(said) == 1


def test_nothing_is_rated(loaded: Cast) -> None:
    assert set(ClaimReview.objects.values_list("rating", flat=True)) == {"not_yet_rated"}


def test_the_550_million_and_the_276_million_stand_in_no_sum_together(loaded: Cast) -> None:
    assert not FigureCheck.objects.filter(formula=Formula.SUM).exists()
    apart = [Operand.objects.filter(figure__slug=slug) for slug in ("sso-app-development-2023", "sso-plus-app-cost")]
    checks = [set(part.values_list("reading__figure_check", flat=True)) for part in apart]
    assert all(len(found) == 1 for found in checks)
    assert not checks[0] & checks[1]


@pytest.mark.parametrize("order", [1, -1])
def test_a_sum_of_550_and_276_million_is_not_computed(loaded: Cast, order: int) -> None:
    figures = [Figure.objects.get(slug=slug) for slug in ("sso-app-development-2023", "sso-plus-app-cost")][::order]
    claimed = Decimal(826 * MILLION)
    check = FigureCheck(
        assertion=Assertion.objects.get(claim__slug="web-app-development", number=1),
        number=2,
        formula=Formula.SUM,
        claimed_low=claimed,
        claimed_high=claimed,
        claimed_unit=Unit.MONEY,
        claimed_currency="THB",
        claimed_words_en="the two together",
        claimed_words_th="สองจำนวนรวมกัน",
    )
    with transaction.atomic():
        write_check(check=check, save_parts=lambda: save_readings(check, [figures]), by=loaded.contributor, now=NOW)
        body = check.readings.get().findings.get().body
        transaction.set_rollback(True)
    assert (body["result"], body["reason"]) == ("undetermined", "may_overlap")
    assert (body["value"], body["low"], body["high"], body["implied"], body["deviation"]) == (None,) * 5
    for lang in ("en", "th"):
        assert "826" not in body["sum"][lang] + body["why"][lang]
    assert body["why"]["en"].startswith("Not added up, because it is not known whether one of ")
    assert body["why"]["th"].startswith("นำมารวมกันไม่ได้ เพราะไม่ทราบว่า")
