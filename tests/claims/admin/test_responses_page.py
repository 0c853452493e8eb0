"""What officials said, what it covers, what we asked and where we looked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from claims.models.response import OfficialResponse, ResponseRequest, StatementSearch
from claims.models.review import DraftEdit
from claims.review.verbs import submit
from claims.vocabulary import Coverage
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import new_row, shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, make_source, open_review, respond
from tests.factories.nouns import OfficeFactory, PersonFactory

ADD = "/admin/claims/officialresponse/add/"


def statement(**changes: Any) -> dict[str, Any]:
    return {
        "speaker": PersonFactory.create().pk,
        "office": OfficeFactory.create().pk,
        "kind": "public_statement",
        "label_en": "The ministry",
        "label_th": "กระทรวง",
        "slug": "the-ministry",
        "text_en": "It will look into it.",
        "text_th": "จะตรวจสอบ",
        "position": "1",
    } | changes


def test_a_response_is_recorded_with_its_coverage_and_its_quote(cast: Cast, browser: As) -> None:
    claim, source = draft_claim(by=cast.contributor), make_source(by=cast.contributor)
    who = browser("contributor")
    quote = {"source": source.pk, "position": 1, "stance": "attests", "quote_exact": "will look", "quote_lang": "en"}
    rows = new_row("coverage", 0, {"claim": claim.pk, "coverage": "will_clarify", "stance": "neither"})
    rows |= new_row("citations", 0, quote)
    response = who.post(ADD, shown(who.get(ADD), "officialresponse_form") | statement() | rows)
    assert response.status_code == 302, response.context["errors"]
    stored = OfficialResponse.objects.get()
    assert stored.coverage.get().coverage == Coverage.WILL_CLARIFY
    assert stored.citations.get().quote_exact == "will look"
    assert Entry.objects.latest("index").verb == "response.recorded"


def test_a_response_that_covers_nothing_is_refused(cast: Cast, browser: As) -> None:
    who = browser("contributor")
    response = who.post(ADD, shown(who.get(ADD), "officialresponse_form") | statement())
    assert "Say which claims the statement covers" in response.content.decode()
    assert shown(response, "officialresponse_form")["text_th"] == "จะตรวจสอบ"
    assert not OfficialResponse.objects.exists()


def test_a_revision_is_an_edit_of_every_claim_that_it_covers_now(cast: Cast, browser: As) -> None:
    first, second = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    response = respond({first: Coverage.PARTLY}, by=cast.contributor)
    url = reverse("admin:claims_officialresponse_change", args=[response.pk])
    who = browser("reviewer")
    page = shown(who.get(url), "officialresponse_form")
    rows = new_row("coverage", 1, {"claim": second.pk, "coverage": "not_mentioned", "stance": "neither"})
    assert who.post(url, page | rows).status_code == 302
    assert response.coverage.count() == 2
    written = DraftEdit.objects.filter(user=cast.reviewer).values_list("subject_id", flat=True)
    assert set(written) == {first.public_id, second.public_id}


def test_a_revision_waits_while_a_claim_is_before_a_second_person(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    response = respond({claim: Coverage.PARTLY}, by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    url = reverse("admin:claims_officialresponse_change", args=[response.pk])
    who = browser("contributor")
    answer = who.post(url, shown(who.get(url), "officialresponse_form") | {"text_en": "Other words"})
    assert "take it back to draft before changing its text" in answer.content.decode()
    assert shown(answer, "officialresponse_form")["text_en"] == "Other words"
    assert OfficialResponse.objects.get().text_en == "It was said."


def test_a_date_is_written_for_people(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    days = [(None, None), (date(2025, 2, 1), date(2025, 2, 1)), (date(2025, 2, 1), None), (None, date(2025, 2, 3))]
    for earliest, latest in days:
        respond({claim: Coverage.PARTLY}, by=cast.contributor, said_earliest=earliest, said_latest=latest)
    page = browser("auditor").get(reverse("admin:claims_officialresponse_changelist")).content.decode()
    for words in ("date not given", ">2025-02-01<", "2025-02-01 – ?", "? – 2025-02-03"):
        assert words in page


def test_a_request_is_logged_and_what_came_back_is_noted(cast: Cast, browser: As) -> None:
    claim, office, who = draft_claim(by=cast.contributor), OfficeFactory.create(), browser("editor")
    asked = {"claim": claim.pk, "office": office.pk, "asked_on": "2026-03-02", "due_on": "2026-03-16"}
    assert who.post("/admin/claims/responserequest/add/", asked).status_code == 302
    request = ResponseRequest.objects.get()
    assert (request.sent_by, request.state) == (cast.editor, "awaiting")
    url = reverse("admin:claims_responserequest_change", args=[request.pk])
    page = shown(who.get(url), "responserequest_form")
    assert "asked_on" not in page
    assert who.post(url, page | {"state": "acknowledged"}).status_code == 302
    early = who.post(url, page | {"state": "answered", "answered_on": "2026-03-01"})
    assert early.status_code == 200
    request.refresh_from_db()
    assert (request.state, request.answered_on) == ("acknowledged", None)
    assert "none_sought" not in who.get(url).content.decode()


def test_a_deadline_before_the_question_is_refused(cast: Cast, browser: As) -> None:
    asked = {
        "claim": draft_claim(by=cast.contributor).pk,
        "office": OfficeFactory.create().pk,
        "asked_on": "2026-03-02",
        "due_on": "2026-03-01",
    }
    assert browser("editor").post("/admin/claims/responserequest/add/", asked).status_code == 200
    assert not ResponseRequest.objects.exists()


def test_a_search_is_logged_under_the_name_of_who_logs_it_and_stays(cast: Cast, browser: As) -> None:
    who = browser("contributor")
    search = {
        "claim": draft_claim(by=cast.contributor).pk,
        "searched_on": "2026-03-02",
        "where_en": "The ministry's site",
        "where_th": "เว็บไซต์กระทรวง",
        "words": "ประกันสังคม",
        "words_lang": "th",
        "found_en": "Nothing.",
        "found_th": "ไม่พบ",
        "searched_by": cast.editor.pk,
    }
    assert who.post("/admin/claims/statementsearch/add/", search).status_code == 302
    logged = StatementSearch.objects.get()
    assert logged.searched_by == cast.contributor
    url = reverse("admin:claims_statementsearch_change", args=[logged.pk])
    assert who.post(url, search | {"found_en": "Something."}).status_code == 403
