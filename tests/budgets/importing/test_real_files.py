"""Real budget files of five places import to the counts and totals that were computed without our code."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Count, Sum

from budgets.importing.report import Report
from budgets.models.figure import Figure
from budgets.vocabulary import Exactness
from tests.budgets.importing.mappings import imported, make_mapping
from tests.factories.cast import UserFactory
from tests.factories.nouns import AgencyFactory

pytestmark = pytest.mark.usefixtures("db")

FILES = Path(__file__).parent / "files"
EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
LABOUR_LINE = [
    "BUDGET_PLAN", "OUTPUT", "PROJECT", *(f"CATEGORY_LV{level}" for level in range(1, 7)), "ITEM_DESCRIPTION",
]  # fmt: skip
LABOUR: dict[str, Any] = {
    "agency": {"columns": ["BUDGETARY_UNIT"]},
    "line": {"columns": LABOUR_LINE},
    "period": {"column": "FISCAL_YEAR", "basis": "fiscal_year", "calendar": "CE"},
    "measures": [
        {"column": "AMOUNT", "phase": "proposed", "unit": "money", "currency": "THB", "smallest": "1",
         "decimal_mark": "."}
    ],
    "row_id": ["ITEM_ID"],
}  # fmt: skip
DAMAGED = {
    "สำนักงานปลดักระทรวงแรงงาน": "สำนักงานปลัดกระทรวงแรงงาน",
    "กรมการจดัหางาน": "กรมการจัดหางาน",
    "กรมสวสัดิการและคุม้ครองแรงงาน": "กรมสวัสดิการและคุ้มครองแรงงาน",
    "สำนักงานประกนัสังคม": "สำนักงานประกันสังคม",
    "สถาบนัสง่เสรมิความปลอดภยั  อาชีวอนามยั  และสภาพแวดลอ้มในการทา  งาน (องคก์ารมหาชน)": (
        "สถาบันส่งเสริมความปลอดภัย อาชีวอนามัย และสภาพแวดล้อมในการทำงาน (องค์การมหาชน)"
    ),
}
SECRETARY = "สำนักงานปลัดกระทรวงแรงงาน"


@pytest.fixture
def by(db: None) -> User:
    person: User = UserFactory.create()
    return person


def euros(column: str, phase: str, **more: str) -> dict[str, str]:
    """A column of euros."""
    return {"column": column, "phase": phase, "unit": "money", "currency": "EUR", "decimal_mark": "."} | more


def clean(by: User) -> Report:
    """The extraction without damage."""
    mapping = make_mapping("labour-clean", **LABOUR)
    mapping.title_en = "Budget bill 2565, Ministry of Labour"
    mapping.save()
    return imported(FILES / "labour_clean.csv", mapping, by)


def noisy(by: User, **options: Any) -> Report:
    """The other extraction, in TIS-620 with damaged names."""
    aliases = {("agency", written): meant for written, meant in DAMAGED.items()}
    layout = {"format": "csv", "encoding": "tis-620"}
    mapping = make_mapping("labour-noisy", aliases, **(LABOUR | {"layout": layout, "unknown_agency": "refuse"}))
    mapping.title_en = "Budget bill 2565, Ministry of Labour"
    mapping.save()
    return imported(FILES / "labour_noisy.csv", mapping, by, **options)


def sums(dataset: str) -> dict[str, list[Any]]:
    """Count and total by agency and year, as expected.json has them."""
    figures = Figure.objects.standing().filter(budget_import__dataset=dataset)
    rows = figures.values_list("agency__name_th", "period_year").annotate(Count("pk"), Sum("value"))
    return {f"{agency} | {year}": [count, total] for agency, year, count, total in rows}


def told(file: str) -> dict[str, list[Any]]:
    """The same out of expected.json, under the names that are meant."""
    found = {}
    for key, (count, total) in EXPECTED[file]["by"].items():
        written, year = key.split(" | ")
        found[f"{DAMAGED.get(written, written)} | {year}"] = [count, Decimal(total)]
    return found


def test_the_clean_bill_imports_and_fractions_of_a_baht_are_refused(by: User) -> None:
    report = clean(by)
    assert (report.rows, report.new, report.refused) == (409, 406, 3)
    refused = [[row.row_id, row.cell] for row in report.refused_rows]
    assert refused == [[item, cell] for item, _, cell in EXPECTED["labour_clean.csv"]["fractions_of_a_baht"]]
    assert {row.reason for row in report.refused_rows} == {
        "The amount is not a whole multiple of 1 THB: look it up in the document."
    }
    whole = {key: value for key, value in told("labour_clean.csv").items() if value[1] % 1 == 0}
    assert sums("labour-clean") == whole
    assert whole["สำนักงานประกันสังคม | 2022"] == [14, Decimal(45_000_097_800)]


def test_damaged_names_of_the_noisy_bill_are_mapped_by_alias(by: User) -> None:
    clean(by)
    report = noisy(by)
    assert (report.rows, report.new, report.refused, report.new_agencies) == (397, 397, 0, 0)
    assert sums("labour-noisy") == told("labour_noisy.csv")
    assert sums("labour-noisy")["สำนักงานประกันสังคม | 2022"] == [14, Decimal(45_000_097_800)]


def test_the_two_units_that_disagree_are_conflicts(by: User) -> None:
    clean(by)
    rows = noisy(by, dry_run=True).conflict_rows
    assert {(row.agency, row.period, row.ours, row.theirs) for row in rows if not row.line} == {
        (SECRETARY, "2022", Decimal(926_301_300), Decimal(995_632_400)),
        (DAMAGED[list(DAMAGED)[-1]], "2022", Decimal(51_619_700), Decimal(43_013_600)),
    }
    assert {row.dataset for row in rows} == {"labour-clean"}


@pytest.mark.parametrize(
    ("file", "year"),
    [("pao_nong_bua_lam_phu_2565.json", 2022), ("pao_phayao_2566.json", 2023), ("pao_sa_kaeo_2565.json", 2022),
     ("pao_ubon_ratchathani_2565.json", 2022)],
)  # fmt: skip
def test_local_budgets_import_by_plan_and_by_task(by: User, file: str, year: int) -> None:
    agency = AgencyFactory.create(slug="pao")
    measure = {"phase": "approved", "unit": "money", "currency": "THB", "smallest": "1"}
    plans = make_mapping(
        "pao-plans", layout={"format": "json", "records": "groupedByArea.plans"}, agency={"given": True},
        line={"columns": ["groupedByArea.area", "groupedByArea.plans.plan"]},
        period={"given": True, "basis": "fiscal_year"},
        measures=[measure | {"column": "groupedByArea.plans.total"}],
        totals=[{"column": "groupedByArea.total", "over": ["groupedByArea.area"]}, {"column": "total", "over": []}],
    )  # fmt: skip
    given = {"agency": "pao", "period": str(year + 543)}
    expected = EXPECTED[file]
    report = imported(FILES / file, plans, by, given=given)
    assert [report.new, f"{report.sums[0].total:f}"] == expected["groupedByArea.plans"]
    assert (report.totals_agree, report.totals_differ) == (expected["groupedByArea"][0] + 1, 0)
    assert Figure.objects.filter(agency=agency, period_year=year).count() == report.new

    tasks = make_mapping(
        "pao-tasks", layout={"format": "json", "records": "tasks"}, agency={"given": True},
        line={"columns": ["tasks.area", "tasks.plan", "tasks.task", "tasks.type"]},
        period={"given": True, "basis": "fiscal_year"}, measures=[measure | {"column": "tasks.total"}],
        totals=[{"column": "total", "over": []}], duplicates="add_up",
    )  # fmt: skip
    report = imported(FILES / file, tasks, by, given=given)
    assert [report.rows, f"{report.sums[0].total:f}"] == expected["tasks"]
    assert (report.totals_agree, report.refused) == (1, 0)


def test_payments_of_albania_import_by_receipt_and_by_category(by: User) -> None:
    mapping = make_mapping(
        "albania", layout={"format": "package"}, agency={"columns": ["Budget Institution"]},
        line={"columns": ["Kategori Shpenzimi", "Receipt No"]},
        period={"column": "Date executed", "basis": "calendar_year"},
        measures=[{"column": "Value", "phase": "disbursed", "unit": "money", "currency": "ALL", "smallest": "1"}],
        lang="sq",
    )  # fmt: skip
    report = imported(FILES / "albania" / "datapackage.json", mapping, by)
    assert (report.new, f"{report.sums[0].total:f}") == (40, EXPECTED["albania/data/treasury.csv"]["total"])
    mapping.spec["line"] = {"columns": ["Kategori Shpenzimi"]}
    mapping.spec["duplicates"] = "add_up"
    by_category = imported(FILES / "albania" / "datapackage.json", mapping, by, dataset="by-category")
    assert (by_category.rows, by_category.new, by_category.sums[0].total) == (40, 16, report.sums[0].total)
    assert {line.lang for line in (figure.line for figure in Figure.objects.select_related("line")) if line} == {"sq"}


def test_allocations_of_the_union_import_without_their_totals(by: User) -> None:
    mapping = make_mapping(
        "eu-allocations", layout={"format": "package"}, agency={"columns": ["Country ID"]},
        line={"columns": ["Fund"]}, period={"fixed": "2014/2020", "basis": "calendar_year"},
        measures=[euros("Amount", "allocated")],
        totals=[{"where": {"column": "Fund", "values": ["Total (€)"]}, "over": ["Country ID"]}],
    )  # fmt: skip
    report = imported(FILES / "eu_allocations" / "datapackage.json", mapping, by)
    expected = EXPECTED["eu_allocations"]
    assert (report.rows, report.total_rows) == (expected["all"]["rows"], expected["totals"]["rows"])
    assert (report.new, f"{report.sums[0].total:f}") == (expected["parts"]["rows"], expected["parts"]["total"])
    off = sum((each.difference for each in report.differences), Decimal(0))
    assert off == Decimal(expected["totals"]["total"]) - Decimal(expected["parts"]["total"])
    assert report.totals_agree + report.totals_differ == 28
    figure = Figure.objects.earliest("pk")
    assert (figure.period_year, str(figure.period_earliest), str(figure.period_latest)) == (
        None, "2014-01-01", "2020-12-31",
    )  # fmt: skip


def test_absorption_of_funds_imports_with_rounded_amounts(by: User) -> None:
    total, union = {"column": "Fund", "values": ["TOTAL"]}, {"column": "Member State", "values": ["EU28"]}
    mapping = make_mapping(
        "eu-absorption", layout={"format": "package"}, agency={"columns": ["Member State"]},
        line={"columns": ["Fund"]}, period={"column": "Year", "basis": "calendar_year"},
        measures=[
            euros("Total Paid", "disbursed"), euros("Advance", "disbursed", line="Advance"),
            euros("Interim", "disbursed", line="Interim"),
        ],
        totals=[{"where": total, "over": ["Member State", "Year"]}],
    )  # fmt: skip
    report = imported(FILES / "eu_absorption" / "datapackage.json", mapping, by)
    expected = EXPECTED["eu_absorption"]["parts"]
    assert {each.column: {"rows": each.amounts, "total": f"{each.total:f}"} for each in report.sums} == expected
    assert (report.rows, report.total_rows, report.new) == (936, 261, 3 * 675)
    rounded = Figure.objects.filter(exactness=Exactness.SIGNIFICANT_FIGURES).earliest("pk")
    assert rounded.high - rounded.low == Decimal("0.1")
    mapping.spec["totals"] = [
        {"where": [union, total], "over": ["Year"]}, {"where": union, "over": ["Year", "Fund"]},
        {"where": total, "over": ["Member State", "Year"]},
    ]  # fmt: skip
    states = imported(FILES / "eu_absorption" / "datapackage.json", mapping, by, dataset="states")
    assert (states.rows, states.total_rows, states.new) == (936, 288, 3 * 648)
    # Computed apart: the two are Sweden's of 2014, off by 0.1 without any printed decimal.
    assert (states.totals_agree, states.totals_within_rounding, states.totals_differ) == (656, 206, 2)
    assert {(each.group, each.difference) for each in states.differences} == {(("Sweden", "2014"), Decimal("0.1"))}
    assert not Figure.objects.filter(budget_import__dataset="states", agency__name_en="EU28").exists()


def test_the_budget_of_oakland_imports_with_negatives(by: User) -> None:
    AgencyFactory.create(slug="city-of-oakland")
    mapping = make_mapping(
        "oakland", agency={"fixed": "city-of-oakland"},
        line={"columns": ["account_type", "department", "account_category", "fund_code"]},
        period={"column": "budget_year", "basis": "fiscal_year"},
        measures=[{"column": "amount", "phase": "approved", "unit": "money", "currency": "USD", "smallest": "1"}],
    )  # fmt: skip
    report = imported(FILES / "oakland_FY16-17_adopted.csv", mapping, by)
    expected = EXPECTED["oakland_FY16-17_adopted.csv"]
    assert (report.new, f"{report.sums[0].total:f}") == (expected["rows"], expected["total"])
    for kind, (count, total) in expected["by"].items():
        figures = Figure.objects.filter(line__parent__parent__name_en=kind) | Figure.objects.filter(
            line__parent__parent__parent__name_en=kind
        )
        assert (figures.count(), figures.aggregate(total=Sum("value"))["total"]) == (count, Decimal(total))
    assert set(Figure.objects.values_list("period_year", flat=True)) == {2017}
    assert Figure.objects.filter(value__lt=0).exists()


def test_projects_of_mexico_city_import_from_a_merged_header(by: User) -> None:
    general, money = "Información General del Proyecto / ", "Avance Financiero / "
    phases = {
        "Presupuesto": ("R", "approved"), "Modificado": ("S", "adjusted"), "Recaudado (Ministrado)": ("T", "allocated"),
        "Comprometido": ("U", "committed"), "Devengado": ("V", "unstated"), "Pagado": ("X", "disbursed"),
    }  # fmt: skip
    mapping = make_mapping(
        "mexico", layout={"format": "xlsx", "header_rows": [9, 10]},
        agency={"columns": [f"{general}Institución Ejecutora"]},
        line={"columns": [f"{general}Ramo", f"{general}Clave del Proyecto"]},
        period={"fixed": "2016", "basis": "calendar_year"},
        measures=[
            {"column": f"{money}{name}", "phase": phase, "unit": "money", "currency": "MXN", "smallest": "0.01"}
            for name, (_, phase) in phases.items()
        ],
        lang="es",
    )  # fmt: skip
    report = imported(FILES / "mexico_merged_header.xlsx", mapping, by)
    columns = EXPECTED["mexico_merged_header.xlsx"]["columns"]
    for each, (letter, _) in zip(report.sums, phases.values(), strict=True):
        assert (each.amounts, each.total) == (columns[letter][0], Decimal(columns[letter][2]))
    assert (report.rows, report.blank, report.refused) == (500, 30, 0)


@pytest.mark.parametrize(
    ("package", "spec", "amounts", "total"),
    [
        ("minimal", {"agency": {"given": True}, "line": {"fixed": ["Spending"]}}, 1, 10_000),
        (
            "entities-denormalized",
            {"agency": {"columns": ["payor_name"]}, "line": {"columns": ["payee_name", "pk"]}}, 2, 30_000,
        ),
        ("entities-normalized", {"agency": {"given": True}, "line": {"columns": ["payee", "pk"]}}, 2, 30_000),
        (
            "labels-and-hierarchies",
            {"agency": {"given": True}, "line": {"columns": ["level1_title", "level2_title"]}}, 1, 10_000,
        ),
        ("transform-needed", {"agency": {"columns": ["country"]}, "line": {"columns": ["program"]}}, 6, 7_600),
    ],
)  # fmt: skip
def test_the_packages_of_the_specification_import(
    by: User, package: str, spec: dict[str, Any], amounts: int, total: int
) -> None:
    AgencyFactory.create(slug="payer")
    column = {"labels-and-hierarchies": "amount", "transform-needed": "expenditure"}.get(package, "budget")
    period = {"column": "year" if package == "transform-needed" else "budget_date", "basis": "calendar_year"}
    mapping = make_mapping(
        layout={"format": "package"}, period=period, **spec,
        measures=[{"column": column, "phase": "unstated", "unit": "money", "currency": "USD", "smallest": "1"}],
    )  # fmt: skip
    given = {"agency": "payer"} if "given" in spec["agency"] else {}
    report = imported(FILES / "packages" / package / "datapackage.json", mapping, by, given=given)
    assert (report.new, report.sums[0].total) == (amounts, Decimal(total))
