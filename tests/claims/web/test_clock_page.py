"""How our deadline is counted, as a reader meets it in both languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from claims.models.claim import Claim
from claims.models.public_status import PublicStatus
from claims.models.response import ResponseRequest
from claims.publication.status import refresh_all
from claims.responses import note_reply
from claims.vocabulary import PublicState, RequestState
from tests.claims.web.test_withheld import withhold
from tests.factories.cast import Cast, make_cast
from tests.factories.claims import NOW, published_claim
from tests.factories.nouns import OfficeFactory
from tests.factories.requests import announce, ask, extend, pause

URL = "/en/claims/a-claim/clock/"
FILE = "/en/claims/a-claim/clock.ics"


def at(day: str) -> time_machine.travel:
    """Noon in Bangkok."""
    return time_machine.travel(datetime.fromisoformat(f"{day}T05:00:00+00:00"), tick=False)


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return published_claim(cast, slug="a-claim")


@pytest.fixture
def request_sent(cast: Cast, claim: Claim) -> ResponseRequest:
    office = OfficeFactory.create(title_en="Secretary-General", title_th="เลขาธิการ")
    request = ask(claim, by=cast.reviewer, office=office)
    refresh_all(now=NOW)
    return request


def page(reader: Client, path: str = URL) -> LexborHTMLParser:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return LexborHTMLParser(answer.content.decode())


def text(found: LexborHTMLParser, selector: str = "main") -> str:
    node = found.css_first(selector)
    assert node is not None, selector
    return " ".join(node.text().split())


@pytest.mark.usefixtures("claim")
def test_without_a_request_the_page_says_that_nobody_was_asked(reader: Client) -> None:
    assert "No request of ours about this claim has been delivered to any office" in text(page(reader))
    assert page(reader).css("table.days") == []
    assert reader.get(FILE).status_code == 404
    assert page(reader).css_first('a[href$="clock.ics"]') is None
    assert "ตามรอยยังไม่ได้สอบถาม" in text(page(reader, URL.replace("/en/", "/th/")))


@pytest.mark.usefixtures("request_sent")
def test_every_day_stands_there_with_its_reason(cast: Cast, reader: Client) -> None:
    announce(date(2026, 3, 9), by=cast.editor)
    refresh_all(now=NOW)
    with at("2026-03-06"):
        found = page(reader)
    rows = [" ".join(row.text().split()) for row in found.css("table.days tbody tr")]
    assert rows == [
        "2 Mar 2026 Monday – Day of delivery, not counted",
        "3 Mar 2026 Tuesday – Public holiday: Makha Bucha",
        "4 Mar 2026 Wednesday 1 Counted",
        "5 Mar 2026 Thursday 2 Counted",
        "6 Mar 2026 Friday 3 Counted",
        "7 Mar 2026 Saturday – Weekend",
        "8 Mar 2026 Sunday – Weekend",
        "9 Mar 2026 Monday – Public holiday: A special holiday, announced on 3 March 2026",
        "10 Mar 2026 Tuesday 4 Counted",
        "11 Mar 2026 Wednesday 5 Counted",
        "12 Mar 2026 Thursday 6 Counted",
        "13 Mar 2026 Friday 7 Counted Our deadline",
    ]
    assert len(found.css("tr.day-ahead")) == 7
    main = text(found)
    assert "Secretary-General has 4 working days left: our deadline is 13 March 2026." in main
    assert "with 1 day that was announced differently" in main
    assert "9 March 2026, A special holiday: a holiday, announced on 3 March 2026 Royal Gazette 143" in main


@pytest.mark.usefixtures("request_sent")
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-11", "Secretary-General has 1 working day left: our deadline is 12 March 2026."),
        ("2026-03-12", "Our deadline for Secretary-General is today, 12 March 2026."),
        ("2026-03-13", "by our deadline, 12 March 2026. 1 working day has passed since."),
        ("2026-03-31", "No reply for more than twice the time we gave"),
    ],
)
def test_the_sentence_follows_the_day_on_both_pages(reader: Client, day: str, words: str) -> None:
    with at(day):
        assert words in text(page(reader))
        if "twice" not in words:
            assert words in text(page(reader, "/en/claims/a-claim/"), "#responses .request")


def test_pauses_and_extensions_stand_there_with_their_reasons(
    cast: Cast, request_sent: ResponseRequest, reader: Client
) -> None:
    extend(request_sent, 2, by=cast.editor)
    pause(request_sent, date(2026, 3, 5), by=cast.editor)
    refresh_all(now=NOW)
    with at("2026-03-06"):
        english, thai = text(page(reader)), text(page(reader, URL.replace("/en/", "/th/")))
        assert reader.get(FILE).status_code == 404
    assert "2 working days more, given on 2 March 2026: The office was flooded." in english
    assert "Paused from 5 March 2026 on: The office was flooded." in english
    assert "paused; 1 of 9 working days are counted. The deadline is open until it goes on." in english
    assert "6 Mar 2026 Friday – Paused: The office was flooded." in english
    assert "ให้เวลาเพิ่ม 2 วันทำการ เมื่อวันที่ 2 มีนาคม 2569: สำนักงานถูกน้ำท่วม" in thai
    assert "เลขาธิการ" in thai
    assert "Secretary-General" not in thai


def test_an_acknowledgement_does_not_stop_the_count_and_an_answer_does(
    cast: Cast, request_sent: ResponseRequest, reader: Client
) -> None:
    note_reply(request=request_sent, state=RequestState.ACKNOWLEDGED, answered_on=None, by=cast.editor, now=NOW)
    refresh_all(now=NOW)
    with at("2026-03-16"):
        assert "No reply by our deadline · Request received" in text(page(reader))
    late = date(2026, 3, 16)
    note_reply(request=request_sent, state=RequestState.PARTLY_ANSWERED, answered_on=late, by=cast.editor, now=NOW)
    refresh_all(now=NOW)
    with at("2026-06-01"):
        main = text(page(reader))
    assert "ended on 16 March 2026, 2 working days after our deadline: “Answered in part”." in main
    assert "16 Mar 2026" in main
    assert "17 Mar" not in main


@pytest.mark.usefixtures("request_sent")
def test_a_request_from_years_ago_makes_no_endless_page(reader: Client) -> None:
    with at("2031-03-12"):
        first = page(reader)
        assert len(first.css("table.days tbody tr")) == 100
        assert "1737 later days are not shown here." in text(first)
        forward = first.css_first("a[rel=next]")
        assert forward is not None
        second = page(reader, f"{URL}{forward.attributes['href']}")
        assert text(second, "table.days tbody tr").startswith("10 Jun 2026")
        assert "100 earlier days are not shown here." in text(second)
        assert "The holidays of 2028, 2029, 2030, 2031 are not known here" in text(second)
        for nonsense in ("x", "0000-00-00", "9999-12-31", "0001-01-01"):
            assert reader.get(URL, {"from": nonsense}).status_code == 200


@pytest.mark.usefixtures("request_sent")
def test_the_page_is_another_one_after_midnight_in_bangkok(reader: Client) -> None:
    with time_machine.travel(datetime(2026, 3, 6, 16, 59, 59, tzinfo=UTC), tick=False):
        answer = reader.get(URL)
        etag = answer.headers["ETag"]
        assert answer.headers["Cache-Control"] == "public, max-age=30, must-revalidate"
        assert reader.get(URL, headers={"If-None-Match": etag}).status_code == 304
    with time_machine.travel(datetime(2026, 3, 6, 17, 0, 0, tzinfo=UTC), tick=False):
        assert reader.get(URL, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.usefixtures("request_sent")
def test_the_page_and_the_file_cost_one_query_on_public_tables(reader: Client) -> None:
    for path in (URL, FILE):
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(path).status_code == 200
        assert len(captured) == 1
        named = set(re.findall(r'"((?:claims|budgets|auth)_\w+)"', captured.captured_queries[0]["sql"]))
        assert named <= {"claims_publicstatus", "claims_edition", "claims_editiontext"}


def test_the_calendar_file_holds_the_deadline_of_every_office(
    cast: Cast, claim: Claim, request_sent: ResponseRequest, reader: Client
) -> None:
    other = ask(claim, by=cast.reviewer, asked_on=date(2026, 3, 4), working_days=20)
    note_reply(request=other, state=RequestState.DECLINED, answered_on=date(2026, 3, 5), by=cast.editor, now=NOW)
    refresh_all(now=NOW)
    answer = reader.get(FILE.replace("/en/", "/th/"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="a-claim.ics"'
    content = answer.content.replace(b"\r\n ", b"").decode()
    assert content.count("BEGIN:VEVENT") == 2
    assert f"UID:{request_sent.public_id}@" in content
    assert "DTSTART;VALUE=DATE:20260312" in content
    assert "กำหนดที่ตามรอยให้ไว้แก่เลขาธิการ" in content
    assert content.count("STATUS:CANCELLED") == 1
    assert reader.get(FILE, headers={"If-None-Match": reader.get(FILE).headers["ETag"]}).status_code == 304


@pytest.mark.usefixtures("request_sent")
def test_of_a_hidden_claim_no_count_is_shown(reader: Client) -> None:
    PublicStatus.objects.update(state=PublicState.HIDDEN)
    answer = reader.get(URL)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/claims/a-claim/")
    assert reader.get(FILE).status_code == 404


def test_of_a_withheld_claim_no_count_is_shown(reader: Client, committed_db: str) -> None:
    cast = make_cast()
    ask(published_claim(cast, slug="a-claim"), by=cast.reviewer)
    refresh_all(now=NOW)
    assert reader.get(FILE).status_code == 200
    withhold(committed_db, "claim", 1)
    assert (reader.get(URL).status_code, reader.get(FILE).status_code) == (302, 404)


@pytest.mark.usefixtures("request_sent")
def test_of_a_claim_that_was_taken_back_nothing_is_counted_any_more(reader: Client) -> None:
    PublicStatus.objects.update(state=PublicState.RETRACTED)
    with at("2026-05-01"):
        main = text(page(reader))
        assert "STATUS:CANCELLED" in reader.get(FILE).content.decode()
    assert "We took this claim back, so nothing is counted any more." in main
    assert "Secretary-General" not in main
    assert "We have not asked yet" not in main


def test_a_claim_that_is_not_published_has_no_clock(reader: Client, db: None) -> None:
    assert (reader.get(URL).status_code, reader.get(FILE).status_code) == (404, 404)
