"""The markup of the charts: XML that holds, nothing hostile in it, every number in the table, no style inline."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from budgets.charts.rows import Entry, Section, bars, grouped
from budgets.charts.share import Part, share
from budgets.charts.slope import MARKERS, Pair, slope
from budgets.vocabulary import Provenance
from tests.budgets.charts.drawn import BAHT, HOSTILE, SVG, THAI_BAHT, exact, rendered

ROUNDED = exact("4e9", low=Decimal("3.5e9"), high=Decimal("4.5e9"), range="3.5 to 4.5", provenance="claimant")


def every_chart(name: str = "Spending") -> list[Any]:
    sides = tuple(
        Entry(f"{name} {code}", exact(7, provenance=code, who=f"{name} {code}")) for code in Provenance.values
    )
    lines = [Pair(f"{name} {n}", exact(n), exact(n * n)) for n in range(len(MARKERS))]
    return [
        bars("chart-a", name, BAHT, {2019: ROUNDED, 2022: exact(-7)}),
        grouped("chart-b", name, BAHT, [Section(name, (*sides, Entry(name, None)), conflict=True)]),
        share("chart-c", name, [Part(f"{name} {n}", exact(n + 10)) for n in range(8)], name),
        slope("chart-d", name, BAHT, (name, "2022"), lines),
        slope("chart-e", name, BAHT, ("2021", "2022"), [Pair(name, None, exact(4))]),
    ]


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: str(chart.id))
def test_a_chart_is_an_image_with_a_title_a_description_and_its_numbers_in_a_table(chart: Any, lang: str) -> None:
    _, figure = rendered(chart, lang)
    (drawing,) = figure.findall(f".//{SVG}svg[@role='img']")
    names = [node.get("id") for node in (drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")) if node is not None]
    assert drawing.get("aria-labelledby") == " ".join(name or "" for name in names)
    assert drawing.get("viewBox") == f"0 0 {chart.width} {chart.height}"
    rows = ["".join(row.itertext()) for row in figure.findall(".//table/tbody/tr")]
    assert len(rows) == len(chart.table)
    for line, row in zip(chart.table, rows, strict=True):
        assert all(text in row for cell in line.cells for text in (cell.text, cell.note))


@pytest.mark.parametrize("chart", every_chart(HOSTILE), ids=lambda chart: str(chart.id))
def test_hostile_names_are_shown_and_do_nothing(chart: Any) -> None:
    markup, figure = rendered(chart, note=HOSTILE.replace("\x00", "").replace("\x1b", ""))
    assert "<script" not in markup
    assert figure.findall(".//script") == []
    assert "<script>alert(1)</script>" in "".join(figure.itertext())


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: str(chart.id))
def test_no_style_and_no_script_stand_in_the_markup_and_its_ids_are_its_own(chart: Any) -> None:
    _, figure = rendered(chart)
    for node in figure.iter():
        assert not any(name == "style" or name.startswith("on") for name in node.attrib)
        assert node.get("id", chart.id).startswith(chart.id)
        for fill in (node.get("fill", ""),):
            assert not fill.startswith("url") or figure.find(f".//*[@id='{fill[5:-1]}']") is not None


def test_each_source_has_a_texture_of_its_own() -> None:
    _, figure = rendered(every_chart()[1])
    fills = [node.get("fill") for node in figure.findall(f".//{SVG}rect[@class='chart-bar']")]
    assert len(set(fills)) == len(Provenance.values)


def test_figures_that_contradict_each_other_are_said_to() -> None:
    markup, _ = rendered(every_chart()[1])
    assert "the sources differ" in markup
    calm, _ = rendered(grouped("c", "t", BAHT, [Section("2022", (Entry("a", exact(1)),))]))
    assert "the sources differ" not in calm


@pytest.mark.parametrize(
    "chart",
    [
        bars("c", "t", THAI_BAHT, {}),
        grouped("c", "t", THAI_BAHT, []),
        share("c", "t", [], "r"),
        slope("c", "t", THAI_BAHT, ("a", "b"), []),
    ],
    ids=["bars", "grouped", "share", "slope"],
)
def test_without_a_number_nothing_is_drawn(chart: Any) -> None:
    _, figure = rendered(chart, "th")
    assert figure.findall(f".//{SVG}svg[@role='img']") == []
    assert figure.findall(".//tbody/tr") == []


def test_parts_beyond_their_whole_are_listed_with_a_sentence() -> None:
    markup, figure = rendered(share("c", "t", [Part("a", exact(9))], "r", Decimal(5)))
    assert "more than the whole" in markup
    assert figure.find(".//td") is not None
    assert "not parts of one whole" in rendered(share("c", "t", [Part("a", exact(-9))], "r"))[0]
