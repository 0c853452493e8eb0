"""The answer matrix, and the pages of people and agencies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims.web.presentation.dossier import dossier_line, dossier_page, matrix
from claims.web.presentation.people import agency_page, figures_once, person_page, statements
from claims.web.presentation.words import Link
from tests.claims.web.documents import (
    DOSSIER,
    MP,
    PARTY,
    SPENDING_2020,
    SSO,
    both,
    edition,
    known,
    responses,
    status,
)

pytestmark = pytest.mark.usefixtures("english")
Json = dict[str, Any]


def dossier_document() -> Json:
    columns = [{key: value for key, value in item.items() if key not in ("coverage", "strongest", "stance")}
               for item in responses("sso-plus-app")]  # fmt: skip
    return {
        "schema": "tamroi/dossier/1",
        **DOSSIER,
        "summary": both("Six issues.", "หกประเด็น"),
        "notes": [both("A note.", "หมายเหตุ")],
        "period": known("2025-02-15", "2025-02-18"),
        "as_reported_on": "2025-02-18",
        "claimants": [MP],
        "agencies": [SSO],
        "figures": [],
        "evidence": [],
        "events": [{"date": known("2023-12-01", "2023-12-31"), "text": both("Election", "เลือกตั้ง")}],
        "responses": columns,
    }


def cells(slug: str, third: str = "not_mentioned") -> dict[tuple[str, str], Json]:
    return {(slug, item["id"]): item for item in responses(slug, third)}


def test_every_claim_meets_every_statement() -> None:
    rows = [status(slug="one", number=1), status(slug="sso-plus-app", number=4)]
    found = {**cells("one"), **cells("sso-plus-app", "partly")}
    result = matrix(rows, dossier_document()["responses"], found, "en")
    assert [[cell.code for cell in row.cells] for row in result.rows] == [
        ["will_clarify", "other_point", "not_mentioned"],
        ["will_clarify", "other_point", "partly"],
    ]
    assert {code: count for code, _, count in result.totals} == {
        "partly": 1,
        "will_clarify": 2,
        "other_point": 2,
        "not_mentioned": 1,
    }
    assert result.stance == "Neither confirms nor disputes", "said once, since it is the same in every cell"


def test_a_stance_that_differs_stands_in_its_cell() -> None:
    found = cells("one")
    found[next(iter(found))]["stance"] = "disputes"
    result = matrix([status(slug="one", number=1)], dossier_document()["responses"], found, "en")
    assert result.stance == ""
    assert result.rows[0].cells[0].stance == "Disputes"


def test_an_unknown_cell_stays_empty_and_is_not_counted() -> None:
    result = matrix([status(slug="one", number=1)], dossier_document()["responses"], {}, "en")
    assert [cell.code for cell in result.rows[0].cells] == ["", "", ""]
    assert (result.totals, result.stance) == ((), "")


def test_a_cell_shows_the_note_on_the_whole_claim_before_one_on_a_point() -> None:
    found = cells("one", "partly")
    key = next(key for key, item in found.items() if item["strongest"] == "partly")
    point = {"assertion": 3, "coverage": "partly", "stance": "neither", "note": both("On a point", "ประเด็นย่อย")}
    whole = {"assertion": None, "coverage": "partly", "stance": "neither", "note": both("On all of it", "ทั้งหมด")}
    found[key]["coverage"] = [point]
    rows, columns = [status(slug="one", number=1)], dossier_document()["responses"]
    assert matrix(rows, columns, found, "en").rows[0].cells[2].note == "On a point"
    found[key]["coverage"] = [point, whole]
    assert matrix(rows, columns, found, "en").rows[0].cells[2].note == "On all of it"


def page(statuses: list[Any], lang: Any = "en") -> Any:
    figures = {"sso-plus-app": [SPENDING_2020]}
    return dossier_page(dossier_document(), edition(), statuses, cells("sso-plus-app"), figures, lang)


def test_a_dossier_counts_its_own_claims_and_shows_the_others_beside() -> None:
    shown = page([status(), status(slug="beside", number=None)])
    assert [row.claim.slug for row in shown.matrix.rows] == ["sso-plus-app"]
    assert [item.slug for item in shown.beside] == ["beside"]
    assert shown.axes[0].value == "Not yet rated: 1"
    assert shown.axes[1].value == "3 statements"
    assert shown.axes[2].value == "1 figure stated"
    assert [(item.slug, len(figures)) for item, figures in shown.claim_figures] == [("sso-plus-app", 1)]
    assert shown.events[0][0].text == "December 2023"


def test_a_retracted_claim_keeps_its_row_and_counts_for_nothing() -> None:
    shown = page([status(), status(slug="gone", number=5, state="retracted")])
    assert [row.claim.state for row in shown.matrix.rows] == ["live", "retracted"]
    assert shown.axes[0].value == "Not yet rated: 1"
    line = dossier_line(dossier_document(), edition(), [status(), status(number=5, state="retracted")], "en")
    assert (line.claims, line.not_yet_rated) == (1, 1)


def test_the_oldest_search_dates_a_dossier_and_one_unsearched_claim_undoes_it() -> None:
    searched = [status(last_searched_on=date(2026, 11, 3)), status(slug="b", last_searched_on=date(2026, 11, 1))]
    assert page(searched).as_of == "Last looked for a reply: 1 November 2026"
    assert "have not been looked for" in page([*searched, status(slug="c")]).as_of


def test_several_ratings_are_all_named_and_asking_is_counted() -> None:
    shown = page([status(rating="false", request_code="awaiting"), status(slug="b")])
    assert shown.axes[0].value == "False: 1 · Not yet rated: 1"
    assert "Asked about 1 of 2 claims" in shown.axes[1].lines
    empty = page([])
    assert empty.axes[0].value == "No claim published yet"
    assert empty.axes[1].shape == "none"


def person_document(**changes: Any) -> Json:
    unknown = known(None, None)
    tenure = {"office": both("MP", "สส."), "agency": None, "start": unknown, "end": unknown, "note": None}
    base = {**MP, "aliases": [{"name": "Rukchanok Srinork", "lang": "en"}], "note": None, "tenures": [tenure]}
    return {**base, **changes}


def test_a_person_has_names_in_both_scripts() -> None:
    assert person_page(person_document(), "en").other_names == (("รักชนก ศรีนอก", "th"), ("Rukchanok Srinork", "en"))
    assert person_page(person_document(), "th").name == "รักชนก ศรีนอก"


@pytest.mark.parametrize(
    ("start", "end", "dates"),
    [
        (None, None, "Dates not known to us"),
        ("2023-05-14", None, "from 14 May 2023"),
        (None, "2025-01-01", "until 1 January 2025"),
        ("2023-05-14", "2025-01-01", "from 14 May 2023 to 1 January 2025"),
    ],
)
def test_dates_of_an_office_are_as_known_as_they_are(start: str | None, end: str | None, dates: str) -> None:
    tenure = person_document()["tenures"][0] | {"start": known(start, start), "end": known(end, end)}
    assert person_page(person_document(tenures=[tenure]), "en").tenures[0].dates == dates


def test_an_agency_shows_its_kind_parent_and_other_name() -> None:
    document = {**SSO, "kind": "office", "parent": PARTY, "note": None}
    shown = agency_page(document, "en")
    assert (shown.kind, shown.abbreviation, shown.other_name) == ("Office", "SSO", "สำนักงานประกันสังคม")
    assert shown.parent is not None
    assert shown.parent.slug == "peoples-party"
    assert agency_page(document, "th").other_name == "Social Security Office"


def test_a_statement_under_six_claims_is_shown_once() -> None:
    one, two = responses("one"), responses("two")
    shown = statements([(one[0], Link("One", "one")), (two[0], Link("Two", "two"))], "en")
    assert [[claim.slug for claim in item.claims] for item in shown] == [["one", "two"]]


def test_a_figure_in_several_editions_is_shown_once() -> None:
    assert len(figures_once([SPENDING_2020, SPENDING_2020], "en")) == 1
