"""Budget lines over the API: found by name in either language, whole, and never out of a draft."""

import json

import pytest

from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from tests.claims.api.conftest import ORIGIN, Api
from tests.factories.budgets import NOW, Row, make_import, make_line
from tests.factories.cast import make_cast

pytestmark = pytest.mark.usefixtures("first_case")


def line() -> BudgetLine:
    return BudgetLine.objects.get(name_en="Hotline 1506")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "Hotline 1506", "agency": "sso"}, 1),
        ({"q": "hotline"}, 1),
        ({"q": "1506 สายด่วน"}, 1),
        ({"q": "nothing"}, 0),
        ({"agency": "sso", "year": "2022", "phase": "approved,disbursed"}, 1),
        ({"year": "2021"}, 0),
        ({"phase": "disbursed"}, 0),
        ({"agency": "nobody"}, 0),
        ({"agency": "00000000-0000-7000-8000-000000000000"}, 0),
    ],
)
def test_lines_are_found_by_name_agency_year_and_phase(api: Api, query: dict[str, str], count: int) -> None:
    assert len(api.read("budget-lines/", **query)["items"]) == count


@pytest.mark.parametrize("query", [{"year": "2565"}, {"year": "x"}, {"phase": "lost"}, {"q": ""}, {"cursor": "x"}])
def test_what_cannot_be_meant_is_refused(api: Api, query: dict[str, str]) -> None:
    api.problem("budget-lines/", 400, query)


def test_a_line_has_its_published_figures_with_their_document(api: Api) -> None:
    found = api.read(f"budget-lines/{line().slug}/")
    assert [figure["value"] for figure in found["figures"]] == ["276000000", "260000000"]
    first = found["figures"][0]
    assert (first["low"], first["high"], first["high_closed"]) == ("275500000", "276500000", False)
    assert first["period"] == {"basis": "fiscal_year", "year": 2023, "earliest": None, "latest": None}
    assert first["document"]["title"] == {"en": "Budget bill 2022", "th": "ร่าง พ.ร.บ. งบประมาณ 2565"}
    assert (first["document"]["file"], first["document"]["line"]) == ("budget.csv", 2)
    assert not first["contradicted"], "a draft contradicts nothing"
    assert found["links"]["html"]["th"] == f"{ORIGIN}/th/budgets/lines/{line().slug}/"
    assert found["claims"] == []


def test_contradictions_stand_side_by_side(api: Api) -> None:
    cast = make_cast()
    make_import(cast.contributor, [Row(line(), 2022, "1")], dataset="other", published_by=cast.editor)
    found = api.read(f"budget-lines/{line().slug}/")["figures"]
    assert [(figure["value"], figure["contradicted"]) for figure in found] == [
        ("276000000", False),
        ("260000000", True),
        ("1", True),
    ]


def test_a_line_without_anything_published_is_not_found(api: Api) -> None:
    cast = make_cast()
    hidden = make_line(line().agency, "Hidden", "ซ่อน")
    make_import(cast.contributor, [Row(hidden, 2022, "1")], dataset="hidden")
    api.problem(f"budget-lines/{hidden.slug}/", 404)
    Figure.objects.filter(line=line()).update(retracted_at=NOW, retraction_reason="misread")
    api.problem(f"budget-lines/{line().slug}/", 404)
    assert api.read("budget-lines/", q="hotline 1506")["items"] == []


def test_a_list_is_read_page_by_page(api: Api) -> None:
    cast = make_cast()
    lines = [make_line(line().agency, f"Item {number}", f"รายการ {number}", line()) for number in range(5)]
    make_import(cast.contributor, [Row(one, 2023, "5") for one in lines], dataset="more", published_by=cast.editor)
    found = api.follow("budget-lines/", limit=2, q="item")
    assert [entry["name"]["en"] for entry in found] == [f"Item {number}" for number in range(5)]
    assert found[0]["parent"]["slug"] == line().slug
    assert json.dumps(found).count("Hidden") == 0
