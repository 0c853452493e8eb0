"""Hosts that fail as a whole, open ones first, with their sources; and the queue of lost and edited quotes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from claims.flags import open_flag
from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.incident import HostIncident
from claims.models.source import Source
from claims.models.watch import WatchEntry
from claims.vocabulary import FlagCode, Outcome, SourceHealth
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, cite, draft_claim, make_source

QUEUE = "/admin/claims/flag/quotes/"
QUOTE = "the office set aside 336 million for public relations"


def incident(host: str = "news.example.org", **fields: Any) -> HostIncident:
    given = {"outcome": Outcome.DNS_ERROR, "failing": 6, "watched": 9, "opened_at": NOW, "last_seen_at": NOW}
    return HostIncident.objects.create(host=host, **(given | fields))


def quoted(cast: Cast, quote: str = QUOTE) -> tuple[Claim, EvidenceCitation]:
    claim = draft_claim(by=cast.contributor)
    return claim, cite(claim, by=cast.contributor, quote=quote)


def flagged(cast: Cast, code: FlagCode, detail: dict[str, Any], *, days: int = 0) -> Flag:
    claim, citation = quoted(cast)
    flag = open_flag(
        code=code, now=NOW + timedelta(days=days), claim=claim, source=citation.source, citation=citation, detail=detail
    )
    assert flag is not None
    return flag


def queue(client: Client, query: str = "") -> LexborHTMLParser:
    answer = client.get(QUEUE + query)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def texts(found: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in found.css(selector)]


def test_open_incidents_come_first_and_closed_ones_on_request(cast: Cast, browser: As) -> None:
    incident()
    incident("old.example.org", closed_at=NOW)
    who, url = browser("operations"), reverse("admin:claims_hostincident_changelist")
    hosts = [
        [row.host for row in who.get(url, query).context["cl"].result_list]
        for query in ({}, {"open": "closed"}, {"open": "all"})
    ]
    assert hosts[0] == ["news.example.org"]
    assert hosts[1] == ["old.example.org"]
    assert len(hosts[2]) == 2
    assert "6 of 9 (66 %)" in who.get(url).content.decode()


def test_an_incident_names_the_sources_that_answer_badly(cast: Cast, browser: As) -> None:
    bad, _good = make_source(by=cast.contributor), make_source(by=cast.contributor)
    Source.objects.filter(pk=bad.pk).update(
        health=SourceHealth.BROKEN, last_outcome=Outcome.DNS_ERROR, title="<b>Bold</b>"
    )
    url = reverse("admin:claims_hostincident_change", args=[incident().pk])
    found = LexborHTMLParser(browser("operations").get(url).content.decode())
    assert texts(found, ".field-sources li") == ["<b>Bold</b> — Site address not found, Broken"]
    assert not found.css(".field-sources b")
    Source.objects.update(health=SourceHealth.OK)
    assert "None: all of them open again." in browser("operations").get(url).content.decode()


def test_a_host_with_very_many_sources_lists_the_first_and_leads_to_all(cast: Cast, browser: As) -> None:
    Source.objects.bulk_create(
        Source(
            url=f"https://big.example.org/{number}", host="big.example.org", title="T", added_at=NOW,
            health=SourceHealth.BROKEN, last_outcome=Outcome.TIMEOUT,
        )
        for number in range(103)
    )  # fmt: skip
    url = reverse("admin:claims_hostincident_change", args=[incident("big.example.org").pk])
    found = LexborHTMLParser(browser("operations").get(url).content.decode())
    assert len(found.css(".field-sources li")) == 100
    (more,) = [str(a.attributes["href"]) for a in found.css(".field-sources p a")]
    assert browser("operations").get(more).context["cl"].result_count == 103


def test_an_edited_quote_shows_the_words_that_differ(cast: Cast, browser: As) -> None:
    flag = flagged(cast, FlagCode.QUOTE_EDITED, {"quote": QUOTE, "found": QUOTE.replace("336", "633")})
    found = queue(browser("contributor"))
    assert texts(found, ".wordings del") == ["336"]
    assert texts(found, ".wordings ins") == ["633"]
    assert texts(found, ".look-label") == ["A cited quote has changed"]
    links = {str(a.attributes["href"]) for a in found.css("#content-main a")}
    assert {
        reverse("admin:claims_claim_change", args=[flag.claim_id]),
        f"/admin/claims/flag/{flag.pk}/change/",
    } <= links
    assert reverse("admin:claims_source_looks", args=[flag.source_id]) in links


def test_a_lost_quote_stands_struck_out_whole(cast: Cast, browser: As) -> None:
    flagged(cast, FlagCode.QUOTE_LOST, {"quote": QUOTE, "found": "", "similarity": 0})
    assert texts(queue(browser("auditor")), ".wordings del") == [QUOTE]


def test_a_page_that_changed_shows_its_title_and_its_sentences(cast: Cast, browser: As) -> None:
    detail = {
        "reason": "near_quote_changed", "titles": ["Board meets", "Board meets again"], "telling": [],
        "removed": ["It met on Monday."], "added": ["It met on Tuesday.", "<i>Correction</i>: the day was wrong."],
    }  # fmt: skip
    flagged(cast, FlagCode.PAGE_CHANGED, detail)
    found = queue(browser("reviewer"))
    assert texts(found, ".wordings del") == ["Monday"]
    assert texts(found, ".wordings ins") == ["again", "Tuesday", "<i>Correction</i>: the day was wrong."]


@pytest.mark.parametrize("detail", [{}, {"titles": "x", "added": 7}, {"titles": ["a"], "removed": [None]}])
def test_a_flag_whose_detail_is_of_another_shape_still_shows(detail: dict[str, Any], cast: Cast, browser: As) -> None:
    flagged(cast, FlagCode.PAGE_CHANGED, detail)
    assert len(queue(browser("reviewer")).css(".timeline > li")) == 1


def test_hidden_characters_of_a_found_text_are_named(cast: Cast, browser: As) -> None:
    flagged(cast, FlagCode.QUOTE_EDITED, {"quote": QUOTE, "found": f"{QUOTE}\u202e <script>"})
    found = queue(browser("reviewer"))
    assert texts(found, ".unseen") == ["U+202E"]
    assert "<script>" in texts(found, ".wordings")[0]


def test_the_oldest_comes_first_and_a_kind_can_be_chosen(cast: Cast, browser: As) -> None:
    flagged(cast, FlagCode.QUOTE_EDITED, {"quote": QUOTE, "found": "x"}, days=2)
    flagged(cast, FlagCode.QUOTE_LOST, {"quote": QUOTE}, days=1)
    Flag.objects.create(code=FlagCode.SOURCE_BROKEN, opened_at=NOW)
    closed = flagged(cast, FlagCode.QUOTE_LOST, {"quote": QUOTE})
    Flag.objects.filter(pk=closed.pk).update(closed_at=NOW)
    who = browser("reviewer")
    assert texts(queue(who), ".look-label") == ["A cited quote is no longer found", "A cited quote has changed"]
    assert texts(queue(who, "?code=quote_edited"), ".look-label") == ["A cited quote has changed"]
    assert len(queue(who, "?code=source_broken&page=x").css(".look-label")) == 2
    assert "No quote waits for a person." in (queue(who, "?code=page_changed").html or "")


def test_the_queue_costs_as_many_queries_with_many_flags(cast: Cast, browser: As) -> None:
    who, costs = browser("reviewer"), []
    for _ in range(2):
        for _ in range(4):
            flagged(cast, FlagCode.QUOTE_EDITED, {"quote": QUOTE, "found": "other words"})
        queue(who)
        with CaptureQueriesContext(connection) as queries:
            queue(who)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


def test_only_those_who_see_flags_see_the_queue(cast: Cast, browser: As) -> None:
    from tests.claims.admin.test_access import signed_in_without_role

    assert browser("operations").get(QUEUE).status_code == 200
    assert signed_in_without_role().get(QUEUE).status_code == 403
    assert Client().get(QUEUE).status_code == 302


def test_a_flag_of_a_host_names_it_and_leads_to_it(cast: Cast, browser: As) -> None:
    made = incident()
    flag = open_flag(code=FlagCode.HOST_INCIDENT, now=NOW, incident=made)
    assert flag is not None
    who, url = browser("contributor"), f"/admin/claims/flag/{flag.pk}/change/"
    answer = who.get(url)
    assert reverse("admin:claims_hostincident_change", args=[made.pk]) in answer.content.decode()
    assert who.post(url, shown(answer, "flag_form") | {"closing_note": "They know."}).status_code == 302
    assert "news.example.org: Site address not found" in who.get("/admin/claims/flag/?open=all").content.decode()


def test_an_entry_of_a_watch_list_that_is_refused_says_why(cast: Cast, browser: As) -> None:
    WatchEntry.objects.create(key="k1", url="ftp://x.example.org/", refused="scheme_not_allowed", added_at=NOW)
    page = browser("operations").get(reverse("admin:claims_watchentry_changelist")).content.decode()
    assert "Only http and https addresses are watched." in page
