"""What a claim's page shows, from its document and status alone."""

from __future__ import annotations

import json
from datetime import date

import pytest

from claims.web.presentation.axes import claim_axes, rating_sentence
from claims.web.presentation.cards import card
from claims.web.presentation.claim import claim_page, own_line
from claims.web.presentation.corrections import correction_line
from claims.web.presentation.jsonld import claim_markup, script
from tests.claims.web.documents import RUMOUR, app_claim, both, edition, evidence, history_line, known, status

pytestmark = pytest.mark.usefixtures("english")
URL = "https://tamroi.example/en/claims/sso-plus-app/"


def test_without_a_rating_the_page_says_that_it_only_tracks() -> None:
    page = claim_page(app_claim(), status(), "en")
    assert (page.rating, page.rating_label) == ("not_yet_rated", "Not yet rated")
    assert page.rating_sentence == "We track this claim; we have not checked it yet."
    assert "Two persons" in rating_sentence("half_true")


def test_answers_are_dated_by_what_we_have_looked_for() -> None:
    page = claim_page(app_claim(), status(), "en")
    assert page.as_of == "As reported on 18 February 2025; later statements have not been looked for yet"
    searched = claim_page(app_claim(), status(last_searched_on=date(2026, 11, 20)), "en")
    assert searched.as_of == "Last looked for a reply: 20 November 2026"
    undated = claim_page(app_claim(as_reported_on=None), status(), "en")
    assert undated.as_of == "Later statements have not been looked for yet"
    assert undated.as_reported == ""


def test_our_own_request_is_told_apart_from_what_was_said_in_public() -> None:
    request = claim_page(app_claim(), status(), "en").request
    assert request is not None
    assert (request.label, request.sent, request.asked_on) == ("We have not asked yet", False, None)
    asked = status(request_code="awaiting", asked_on=date(2026, 11, 2), due_on=date(2026, 11, 23))
    request = claim_page(app_claim(), asked, "en").request
    assert request is not None
    assert request.sent
    assert request.due_on is not None
    assert request.due_on.text == "23 November 2026"


def test_a_figure_stands_under_the_assertion_it_belongs_to() -> None:
    page = claim_page(app_claim(), status(), "en")
    assert [[figure.amount for figure in part.figures] for part in page.assertions] == [["276 million baht"], [], []]
    stray = app_claim()
    stray["figures"][0]["assertion"] = None
    page = claim_page(stray, status(), "en")
    assert [figure.amount for figure in page.loose_figures] == ["276 million baht"]


def test_a_rumour_is_known_as_one_so_that_snippets_leave_it_out() -> None:
    page = claim_page(app_claim(), status(), "en")
    assert page.rumours == {2}
    assert page.has_rumour
    assert [part.is_rumour for part in page.assertions] == [False, True, False]
    assert not claim_page(app_claim(assertions=[]), status(), "en").has_rumour


def test_statements_say_what_they_cover_and_a_silent_one_has_no_stance() -> None:
    responses = claim_page(app_claim(), status(), "en").responses
    assert [response.coverage for response in responses] == [
        "Said it would clarify",
        "Addressed another point",
        "Answers part of this",
    ]
    assert [(item.assertion, item.coverage) for item in responses[2].by_assertion] == [(3, "Answers part of this")]
    assert responses[2].date.text == "date not given (on or before 18 February 2025)"
    unmentioned = app_claim()
    unmentioned["responses"][2]["strongest"] = "not_mentioned"
    assert not claim_page(unmentioned, status(), "en").responses[2].mentions


def test_an_edition_alone_is_frozen_and_shows_nothing_of_today() -> None:
    page = claim_page(app_claim(), None, "en")
    assert (page.axes, page.history, page.request) == ((), (), None)
    assert page.as_of == "As reported on 18 February 2025"
    assert all(item.health is None for source in page.sources for item in source.items)


def test_the_page_of_a_claim_outside_any_dossier_has_no_number() -> None:
    page = claim_page(app_claim(dossier=None, number=None), status(), "en")
    assert (page.dossier, page.dossier_size, page.number) == (None, None, None)


def test_a_missing_translation_is_announced() -> None:
    page = claim_page(app_claim(heading=both("Only English", "")), status(), "th")
    assert page.pending
    assert page.heading == '<span lang="en">Only English</span>'
    assert page.title == "Only English"


def test_every_edition_is_a_line_of_the_history_with_its_note() -> None:
    lines = [history_line(2, "correction", both("The amount was wrong.", "จำนวนไม่ถูกต้อง")), history_line()]
    page = claim_page(app_claim(), status(history=lines), "th")
    assert [(line.number, line.kind_label, line.note) for line in page.history] == [
        (2, "แก้ไขข้อผิดพลาด", "จำนวนไม่ถูกต้อง"),
        (1, "เผยแพร่ครั้งแรก", ""),
    ]
    assert page.history[0].published.text == "24 พฤศจิกายน 2569"
    assert own_line(edition(), "en").digest == page.history[0].digest


def test_the_four_axes_never_turn_the_speakers_own_numbers_green() -> None:
    rating, answers, figures, sources = claim_axes(status(findings_holds=2), ["claimant"] * 2, "2025-02-18", "en")
    assert (rating.value, rating.lines) == ("Not yet rated", ("edition 1, 24 Nov 2026",))
    assert answers.value == "Answers part of this"
    assert answers.lines == (
        "3 statements · Neither confirms nor disputes",
        "As reported on 18 February 2025; later statements have not been looked for yet",
        "We have not asked yet",
    )
    assert (figures.value, figures.tone) == ("The numbers agree: 2", "open")
    assert figures.lines == ("All figures are the speaker's own",)
    assert (sources.value, sources.tone) == ("Quote unchanged: 2 of 2", "good")
    assert sources.lines == ("last checked 24 November 2026, 15:40",)


def test_figures_without_a_finding_are_only_stated() -> None:
    figures = claim_axes(status(), ["claimant", "media"], None, "en")[2]
    assert figures.value == "2 figures stated"
    assert figures.lines == ("None is from an official document", "No sum has been worked out yet")
    official = claim_axes(status(), ["official_document"], None, "en")[2]
    assert official.lines == ("No sum has been worked out yet",)
    assert claim_axes(status(), [], None, "en")[2].value == "No figure in this claim"


@pytest.mark.parametrize(
    ("counts", "value", "tone"),
    [
        ({"quotes_intact": 2, "quotes_lost": 1}, "Quote no longer found: 1 of 3", "mixed"),
        ({"quotes_intact": 2, "quotes_edited": 1}, "Quote changed: 1 of 3", "mixed"),
        ({"quotes_intact": 2, "quotes_unreachable": 1}, "Source cannot be opened now: 1 of 3", "open"),
        ({"quotes_intact": 0, "quotes_unchecked": 3, "observed_at": None}, "Not re-checked yet: 3 of 3", "open"),
        ({"quotes_intact": 0}, "No quote cited", "open"),
    ],
)
def test_the_worst_that_happened_to_a_source_comes_first(counts: dict[str, int], value: str, tone: str) -> None:
    sources = claim_axes(status(**counts), [], None, "en")[3]
    assert (sources.value, sources.tone) == (value, tone)


def test_no_statement_is_said_as_such_without_a_stance() -> None:
    answers = claim_axes(status(statements_code="none", statements_count=0), [], None, "en")[1]
    assert answers.value == "No statement recorded"
    assert not any("confirms" in line for line in answers.lines)


def test_a_card_quotes_nothing_but_the_heading() -> None:
    shown = card(status(), "en")
    assert (shown.coverage_label, shown.stance_label) == ("Answers part of this", "Neither confirms nor disputes")
    assert [speaker.text for speaker in shown.speakers] == ["Ratchanok Srinok"]
    assert card(status(statements_code="none"), "en").stance_label == ""


def test_an_unrated_claim_is_marked_up_as_a_claim_and_holds_no_rumour() -> None:
    markup = claim_markup(app_claim(), origin="https://tamroi.example", url=URL, lang="en")
    text = json.dumps(markup)
    assert markup["@type"] == "Claim"
    assert "ClaimReview" not in text
    assert RUMOUR not in text
    assert markup["author"][0]["affiliation"]["name"] == "People’s Party"
    assert "datePublished" not in markup, "an interval of days is not a date"
    assert len(markup["appearance"]) == 1
    assert markup["appearance"][0]["datePublished"] == "2025-02-18"


def test_an_exact_first_day_and_an_undated_source_are_marked_up_as_such() -> None:
    document = app_claim()
    document["appearances"][0]["date"] = known("2025-02-15", "2025-02-15")
    document["evidence"][0]["source"] = {**document["evidence"][0]["source"], "published_on": known(None, None)}
    document["evidence"] = document["evidence"][:1]
    document["claimants"][0]["party"] = None
    markup = claim_markup(document, origin="https://tamroi.example", url=URL, lang="th")
    assert markup["datePublished"] == "2025-02-15"
    assert "datePublished" not in markup["appearance"][0]
    assert "affiliation" not in markup["author"][0]
    alone = claim_markup({**document, "appearances": [], "evidence": []}, origin="", url=URL, lang="th")
    assert "appearance" not in alone


def test_markup_cannot_leave_its_element() -> None:
    text = script({"name": "</script><!-- \u2028\u2029 & ก"})
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == {"name": "</script><!-- \u2028\u2029 & ก"}


def test_a_correction_is_listed_by_the_heading_of_its_claim() -> None:
    corrected = edition(2, "correction", subject_kind="claim", note_en="Wrong amount.", note_th="จำนวนไม่ถูกต้อง")
    line = correction_line(corrected, {"sso-plus-app": status()}, "en")
    assert (line.kind_label, line.note, line.page) == ("Corrected", "Wrong amount.", "web:claim")
    assert line.name.startswith("MP Ratchanok Srinok says")
    person = correction_line(edition(2, "correction", subject_kind="person", slug="someone"), {}, "en")
    assert (person.name, person.page) == ("someone", "web:person")


def test_evidence_of_a_document_has_no_address() -> None:
    letter = evidence(1, "x", None, source=None, document={"id": "d", "title": both("Letter", "จดหมาย"), "sha256": "a"})
    page = claim_page(app_claim(evidence=[letter]), status(sources=[]), "th")
    assert page.sources[0].first.title == "จดหมาย"
