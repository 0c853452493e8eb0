"""Fifteen outcomes, from values alone."""

import pytest

from claims.outbound.magic import Kind
from claims.outbound.results import Fetched, FetchFailure, Hop
from claims.sources.compare import compare
from claims.sources.extract.document import Document
from claims.sources.extract.html import from_html
from claims.sources.outcome import (
    NO_DIFFERENCE,
    Judgement,
    has_moved,
    judge_body,
    judge_failure,
    judge_status,
    judge_unchanged,
)
from claims.sources.quote import QuoteFinding
from claims.vocabulary import Outcome, QuoteState

URL = "https://news.example.org/story/12"
INTACT, EDITED, LOST = (QuoteFinding(state) for state in (QuoteState.INTACT, QuoteState.EDITED, QuoteState.LOST))
LONG = "A sentence of a page that says many things about water and pipes. " * 30


def fetched(status: int = 200, body: bytes = b"<p>x</p>", final_url: str = URL, kind: Kind = Kind.HTML) -> Fetched:
    return Fetched(URL, final_url, status, (Hop(URL, status),), {}, kind, body, content_type="text/html")


def judge(html: str, *findings: QuoteFinding, final_url: str = URL) -> Judgement:
    return judge_body(
        fetched(body=html.encode(), final_url=final_url), from_html(html), list(findings), NO_DIFFERENCE, URL
    )


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (404, b"", Outcome.GONE),
        (410, b"", Outcome.GONE),
        (401, b"", Outcome.BLOCKED),
        (403, b"", Outcome.BLOCKED),
        (429, b"", Outcome.BLOCKED),
        (451, b"", Outcome.BLOCKED),
        (500, b"boom", Outcome.UNAVAILABLE),
        (503, b"maintenance", Outcome.UNAVAILABLE),
        (503, b"<title>Just a moment...</title><form id=challenge-form>", Outcome.BLOCKED),
        (400, b"", Outcome.UNAVAILABLE),
        (302, b"", Outcome.UNAVAILABLE),
    ],
)
def test_some_statuses_decide_alone(status: int, body: bytes, outcome: Outcome) -> None:
    judgement = judge_status(fetched(status, body))
    assert judgement is not None
    assert (judgement.outcome, judgement.alert, judgement.opened) == (outcome, True, False)
    assert judgement.detail == f"http_status: {status}"


@pytest.mark.parametrize("status", [200, 203, 304])
def test_other_statuses_leave_it_to_the_body(status: int) -> None:
    assert judge_status(fetched(status)) is None


@pytest.mark.parametrize(
    "outcome", ["tls_error", "dns_error", "timeout", "too_large", "unsupported", "unavailable", "refused"]
)
def test_a_failed_fetch_keeps_its_outcome_and_reason(outcome: str) -> None:
    judgement = judge_failure(FetchFailure(URL, outcome, "some_reason", "of this"))
    assert judgement == Judgement(Outcome(outcome), "some_reason: of this", alert=True)


def test_a_present_quote_vetoes_every_sign_of_an_error_page() -> None:
    for html in (
        "<title>Why websites say page not found</title><p>404</p>",
        "<title>Just a moment...</title><form id=challenge-form>",
        "<script></script><div id=root></div>",
        "<p>This domain is for sale</p>",
    ):
        assert judge(html, INTACT).outcome is Outcome.OK
    assert judge("<p>x</p>", INTACT, final_url="https://news.example.org/").outcome is Outcome.REDIRECTED


@pytest.mark.parametrize(
    ("html", "outcome", "reason"),
    [
        ("<title>Page not found</title><p>Sorry, it does not exist.</p>", Outcome.SOFT_404, "says_not_found"),
        ("<title>Error 404 | The News</title><p>Sorry.</p>", Outcome.SOFT_404, "says_not_found"),
        ("<title>ไม่พบหน้าที่คุณต้องการ</title><p>หน้านี้อาจถูกลบหรือย้ายไปแล้ว</p>", Outcome.SOFT_404, "says_not_found"),
        ("<p>We could not find that page.</p>", Outcome.SOFT_404, "says_not_found"),
        ("<h1>This domain may be for sale</h1><p>Buy this domain.</p>", Outcome.SOFT_404, "domain_parked"),
        ("", Outcome.SOFT_404, "empty_page"),
        ("<h1>Checking your browser before accessing news.example.org</h1>", Outcome.BLOCKED, "challenge"),
        ("<form action='/cdn-cgi/challenge'></form><p>One moment</p>", Outcome.BLOCKED, "challenge"),
        ("<p>Please log in to continue.</p>", Outcome.BLOCKED, "login_wall"),
        ("<script src=a.js></script><div id=root></div>", Outcome.UNVERIFIABLE, "needs_script"),
        (f"<p>{LONG}</p>", Outcome.QUOTE_MISSING, "quote_lost"),
        (f"<title>The 404 pumps</title><p>{LONG}</p>", Outcome.QUOTE_MISSING, "quote_lost"),
    ],
)  # fmt: skip
def test_what_stands_instead_of_a_lost_quote(html: str, outcome: Outcome, reason: str) -> None:
    judgement = judge(html, LOST)
    assert (judgement.outcome, judgement.detail, judgement.alert) == (outcome, reason, True)


@pytest.mark.parametrize(
    ("final_url", "outcome"),
    [
        ("https://news.example.org/", Outcome.SOFT_404),
        ("https://news.example.org/th/", Outcome.SOFT_404),
        ("https://news.example.org/index.html", Outcome.SOFT_404),
        ("https://news.example.org/errors/404.html", Outcome.SOFT_404),
        ("https://news.example.org/page-not-found", Outcome.SOFT_404),
        ("https://news.example.org/login?next=/story/12", Outcome.BLOCKED),
        ("https://news.example.org/story/13", Outcome.QUOTE_MISSING),
    ],
)
def test_where_a_lost_quote_was_sent_to_counts(final_url: str, outcome: Outcome) -> None:
    assert judge(f"<p>{LONG}</p>", LOST, final_url=final_url).outcome is outcome


def test_one_quote_that_stands_makes_the_page_real() -> None:
    assert judge("<title>Page not found</title>", LOST, INTACT).detail == "quote_lost"
    assert judge("<title>Page not found</title>", LOST, EDITED).detail == "quote_lost"
    assert judge("<title>Page not found</title>", EDITED).detail == "quote_edited"


def test_without_quotes_an_empty_page_cannot_be_judged() -> None:
    assert judge("").outcome is Outcome.UNVERIFIABLE
    assert judge("<p>Some text</p>").outcome is Outcome.OK


def test_files_we_do_not_read_and_files_without_text() -> None:
    unread = judge_body(fetched(kind=Kind.UNREAD), Document("none/1"), [LOST], NO_DIFFERENCE, URL)
    assert unread == Judgement(Outcome.UNSUPPORTED, "kind_not_read: text/html", alert=True)
    scan = judge_body(fetched(kind=Kind.PDF), Document("pdfium/1", problem="no_text"), [LOST], NO_DIFFERENCE, URL)
    assert scan == Judgement(Outcome.UNVERIFIABLE, "no_text", alert=True)


@pytest.mark.parametrize(
    ("final_url", "moved"),
    [
        ("http://news.example.org/story/12", False),
        ("https://www.news.example.org/story/12/", False),
        ("https://news.example.org/story/12?from=rss", True),
        ("https://news.example.com/story/12", True),
        ("https://news.example.org:8443/story/12", True),
        ("", False),
    ],
)
def test_a_new_scheme_or_slash_is_no_move(final_url: str, moved: bool) -> None:
    assert has_moved(URL, final_url) is moved
    expected = Outcome.REDIRECTED if moved else Outcome.OK
    assert judge_unchanged(fetched(304, final_url=final_url), URL).outcome is expected


QUOTE = "the audit did not find evidence of missing funds"
BEFORE, AFTER = (
    [f"Paragraph {number} speaks of something of its own, such as pipe {number}." for number in numbers]
    for numbers in (("one", "two", "three", "four"), ("six", "seven", "eight"))
)
PAGE = "\n".join(["Waterworks audit", *BEFORE, f"The report says that {QUOTE}.", "Residents complained.", *AFTER])


@pytest.mark.parametrize(
    ("old", "new", "reason", "alerts"),
    [
        ("Waterworks audit\n", "Waterworks audit withdrawn\n", "title_changed", True),
        ("Residents complained.", "Residents were content.", "near_quote_changed", True),
        ("four", "five", "near_quote_changed", True),
        ("Paragraph one", "Correction: paragraph one", "correction_named", True),
        ("Paragraph one", "แก้ไขข่าว paragraph one", "correction_named", True),
        ("pipe one", "pipe nine", "text_changed", False),
    ],
)
def test_a_change_alerts_by_what_and_where_it_is(old: str, new: str, reason: str, alerts: bool) -> None:
    difference = compare(PAGE, PAGE.replace(old, new), (QUOTE,))
    assert (difference.reason, difference.alerts) == (reason, alerts)
    judgement = judge_body(fetched(), Document("html/1", visible=PAGE), [INTACT], difference, URL)
    assert (judgement.outcome, judgement.detail, judgement.alert) == (Outcome.CHANGED, reason, alerts)


@pytest.mark.parametrize(
    "now",
    [
        PAGE,
        "\n".join(["Waterworks audit", *reversed(PAGE.split("\n")[1:])]),
        PAGE.replace(".\n", ". "),
        PAGE + "\nViews: 1,204\nUpdated 12:44 today\nเข้าชม 55 ครั้ง",
        PAGE.replace("'", "’").upper(),
    ],
)
def test_order_line_breaks_counters_and_case_are_no_change(now: str) -> None:
    assert not compare(PAGE, now, (QUOTE,))
