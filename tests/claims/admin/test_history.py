"""The history page of a claim and of an account: who, when, by which verb, and what in which field."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from claims.history import reading
from claims.history.reading import PER_PAGE
from claims.models.assertion import Assertion
from claims.models.change import Change
from claims.models.claim import Claim
from claims.vocabulary import AssertionKind, Coverage
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url, shown
from tests.claims.admin.world import fill
from tests.factories.cast import Cast
from tests.factories.claims import draft_claim, respond
from tests.factories.nouns import AgencyFactory

MOST_QUERIES = 16


def history_url(claim: Claim) -> str:
    return reverse("admin:claims_claim_history", args=[claim.pk])


def by_url(user: object) -> str:
    return reverse("admin:claims_claim_changes_by", args=[getattr(user, "pk", user)])


def page(client: Client, url: str, **query: str) -> LexborHTMLParser:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def texts(found: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in found.css(selector)]


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_what_a_form_changed_is_shown_field_by_field_with_who_and_by_which_verb(cast: Cast, browser: As) -> None:
    claim, who = draft_claim(by=cast.contributor, heading_en="MP says the fund lost 5 million"), browser("editor")
    typed = {"heading_en": "MP says the fund lost 6 million", "known_th": "ทราบน้อยมาก"}
    who.post(claim_url(claim), shown(who.get(claim_url(claim))) | typed)
    found = page(browser("auditor"), history_url(claim))
    first = found.css_first(".timeline > li")
    assert first is not None
    words = " ".join(first.text().split())
    assert "editor claim.revised" in words
    assert "Claim changed: MP says the fund lost 6 million" in words
    assert [node.text() for node in first.css("dt")] == ["Heading (English)", "Known (ไทย)"]
    assert [node.text() for node in first.css("dd")[0].css("del, ins")] == ["5", "6"]
    assert first.css("dd")[1].attributes["lang"] == "th"


def test_the_claims_page_leads_to_it(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    assert history_url(claim) in browser("editor").get(claim_url(claim)).content.decode()


def test_the_time_is_bangkoks(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    newest = Change.objects.all()[0]
    assert texts(page(browser("auditor"), history_url(claim)), ".timeline time")[0] == (
        f"{timezone.localtime(newest.at):%Y-%m-%d %H:%M}"
    )
    assert timezone.get_current_timezone_name() == "Asia/Bangkok"


def test_what_came_from_outside_says_so_with_the_role(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claim SET heading_en = '<b>Forged</b>' WHERE id = %s", [claim.pk])
    found = page(browser("auditor"), history_url(claim))
    assert (
        "Outside the application: database role tamroi_app, program tamroi-command" in texts(found, ".needs-eye h2")[0]
    )
    assert found.css(".timeline b") == []
    assert "<b>Forged</b>" in texts(found, "dd")[0]


def test_rows_that_came_and_went_are_told_with_their_names(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    claim.agencies.add(AgencyFactory.create(name_en="Social Security Office"))
    claim.citations.get().delete()
    headings = texts(page(browser("auditor"), history_url(claim)), ".change h3")
    assert headings[0].startswith("Evidence citation removed: She said thing")
    assert headings[1] == "Agency added: Social Security Office"
    assert headings[-1] == f"Claim added: {claim.heading_en}"


def test_a_filter_leaves_out_the_rest(cast: Cast, browser: As) -> None:
    claim, who = draft_claim(by=cast.contributor), browser("auditor")
    Claim.objects.filter(pk=claim.pk).update(known_en="Outside.")
    url = history_url(claim)
    assert texts(page(who, url, by="outside"), ".change dt") == ["Known (English)"]
    assert len(texts(page(who, url, by=str(cast.contributor.pk)), ".needs-eye")) == 0
    assert len(texts(page(who, url, field="claims_claim.known_en"), ".change")) == 2
    assert len(texts(page(who, url, field="claims_assertion"), ".change")) == 1
    assert texts(page(who, url, field="claims_claim.said_th", by="outside"), ".change") == []
    assert "Nothing here" in page(who, url, since="2001-01-01", until="2001-01-02").css_first("#content-main").text()  # type: ignore[union-attr]
    options = texts(page(who, url), "#id_by option")
    assert options == ["Everybody", "contributor", "Outside the application"]


def test_a_day_is_a_day_in_bangkok(cast: Cast, browser: As) -> None:
    """Half past midnight in Bangkok is still the day before in UTC."""
    moment = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
    wanted = reading.wanted_of(Change.objects.all(), reading.Wanted(since=datetime(2026, 3, 2).date()))  # noqa: DTZ001
    statement, parameters = wanted.query.sql_with_params()
    assert "at" in statement
    assert [value for value in parameters if isinstance(value, datetime)] == [moment.replace(hour=17, minute=0)]


@pytest.mark.parametrize("query", [{"by": "x"}, {"by": "999"}, {"field": "auth_user.password"}, {"since": "2568"}])
def test_what_cannot_be_asked_for_is_said_and_shows_everything(cast: Cast, browser: As, query: dict[str, str]) -> None:
    claim, who = draft_claim(by=cast.contributor), browser("auditor")
    found = page(who, history_url(claim), **query)
    assert len(texts(found, ".errorlist li")) == 1
    assert texts(found, ".change h3") == texts(page(who, history_url(claim)), ".change h3")


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "٣"])
def test_a_page_that_is_no_number_is_the_newest(cast: Cast, browser: As, before: str) -> None:
    claim, who = draft_claim(by=cast.contributor), browser("auditor")
    assert texts(page(who, history_url(claim), before=before), ".change h3")[-1].startswith("Claim added")


def test_an_accounts_page_holds_all_its_claims_and_leads_to_them(cast: Cast, browser: As) -> None:
    claims = [draft_claim(by=cast.contributor) for _ in range(2)]
    draft_claim(by=cast.editor)
    found = page(browser("auditor"), by_url(cast.contributor))
    links = {node.attributes["href"] for node in found.css(".change .hint a")}
    assert links == {history_url(claim) for claim in claims}
    assert {node.attributes["href"] for node in page(browser("auditor"), links.pop() or "").css(".timeline h2 a")} == {
        by_url(cast.contributor)
    }


def test_pages_follow_each_other_without_a_gap(cast: Cast, browser: As) -> None:
    claim, who = draft_claim(by=cast.contributor), browser("auditor")
    for number in range(PER_PAGE):
        Claim.objects.filter(pk=claim.pk).update(known_en=f"Version {number}.")
    newest = page(who, history_url(claim), field="claims_claim.known_en")
    assert len(newest.css(".change")) == PER_PAGE
    older = newest.css_first(".pages a[href*=before]")
    assert older is not None
    rest = who.get(history_url(claim) + (older.attributes["href"] or ""))
    assert texts(LexborHTMLParser(rest.content.decode()), ".change h3") == [f"Claim added: {claim.heading_en}"]
    assert "In the ledger" not in rest.content.decode()


def test_a_page_costs_the_same_with_ten_thousand_changes(cast: Cast, browser: As) -> None:
    [claim] = fill(cast, 1)
    respond({claim: Coverage.PARTLY}, by=cast.contributor)
    who, urls = browser("auditor"), (history_url(claim), by_url(cast.contributor))
    Assertion.objects.create(claim=claim, number=9, kind=AssertionKind.FACT, text_en="a", text_th="ก")
    for number in range(PER_PAGE):
        Assertion.objects.filter(claim=claim).update(text_en=f"Text {number}")
    few = [queries(who, url) for url in urls]
    words = {"claim": claim, "kind": AssertionKind.FACT, "text_en": "a", "text_th": "ก"}
    parts = Assertion.objects.bulk_create(Assertion(number=number + 10, **words) for number in range(2_000))
    for number in range(4):
        Assertion.objects.filter(pk__in=[part.pk for part in parts]).update(text_en=f"Text {number}")
    assert Change.objects.count() > 10_000
    assert [queries(who, url) for url in urls] == few
    assert max(few) <= MOST_QUERIES


def test_who_may_not_read_drafts_may_not_read_their_history(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    for url in (history_url(claim), by_url(cast.contributor)):
        assert browser("operations").get(url).status_code == 403
        assert Client().get(url).status_code == 302
    assert browser("auditor").get(by_url(999)).status_code == 404
    assert browser("auditor").get(reverse("admin:claims_claim_history", args=[999])).status_code == 404


def test_a_hidden_rating_is_not_told(cast: Cast, browser: As) -> None:
    claim, who = draft_claim(by=cast.contributor), browser("contributor")
    who.post(claim_url(claim), shown(who.get(claim_url(claim))) | {"edition_reasons_en": "Very secret"})
    for url in (history_url(claim), by_url(cast.contributor)):
        assert "Very secret" in who.get(url).content.decode()
        told = browser("reviewer").get(url).content.decode()
        assert "secret" not in told
        assert "Hidden from you until your own rating is saved" in told
