"""What stands in place of a lost quote: an error page, a site without content, a wall, a page for browsers."""

import re
import time

import pytest

from claims.sources import signals
from claims.sources.extract.html import from_html
from claims.sources.signals import is_challenge, is_login_wall, needs_script, replaced_because

URL = "https://news.example.org/story/12"
LONG = "<p>" + "A sentence of a page that says many things about water and pipes. " * 30 + "</p>"
ERROR_PAGES = (
    "<title>404</title>",
    "<h1>Page unavailable</h1><p>This page is no longer available.</p>",
    "<p>This story has expired.</p>",
    "<p>The requested URL was not found on this server.</p>", "<p>The page you requested could not be located.</p>",
    "<title>Sorry</title><p>The link may be broken.</p>", "<h1>Missing page</h1>",
    "<p>This article has been removed.</p>",
    "<p>ไม่พบข้อมูล</p>", "<p>หน้าที่คุณต้องการไม่มีอยู่ในระบบ</p>", "<p>ข่าวนี้ถูกลบออกจากระบบแล้ว</p>",
    "<p>เนื้อหานี้ไม่สามารถเข้าถึงได้</p>",
    "<p>ลิงก์ที่คุณเปิดไม่ถูกต้องหรือหมดอายุ</p>", "<p>บทความนี้ไม่มีแล้ว</p>", "<h1>Welcome to nginx!</h1>", "<h1>Index of /</h1>",
    "<h1>Apache2 Ubuntu Default Page</h1>", "<p>Account suspended. Contact your provider.</p>",
    "<h1>Website coming soon</h1>",
)  # fmt: skip
WALLS = (
    "<h1>403 Forbidden</h1>", "<p>Your request has been blocked by the firewall.</p>", "<title>Robot Check</title>",
    "<h1>Too many requests</h1>", "<p>Sorry, you have been blocked</p>", "<h1>Access denied</h1>",
)  # fmt: skip


@pytest.mark.parametrize("html", ERROR_PAGES)
def test_a_short_page_that_speaks_of_absence_is_an_error_page(html: str) -> None:
    assert replaced_because(from_html(html), URL, URL) == "says_not_found"


@pytest.mark.parametrize("html", [page for page in ERROR_PAGES if page.startswith("<p>")])
def test_the_same_words_on_a_long_page_are_its_subject(html: str) -> None:
    assert replaced_because(from_html(f"<h1>Waterworks</h1>{LONG}{html}"), URL, URL) is None


def test_a_name_for_sale_and_a_query_that_names_the_error() -> None:
    page = from_html("<p>The domain news.example.org is for sale.</p>")
    assert replaced_because(page, URL, URL) == "domain_parked"
    assert replaced_because(from_html(LONG), URL, "https://news.example.org/?error=404") == "says_not_found"


@pytest.mark.parametrize("html", WALLS)
def test_a_wall_is_told_from_an_error_page(html: str) -> None:
    page = from_html(html)
    assert is_challenge(page, html.encode())
    assert not is_login_wall(page, URL, URL)


@pytest.mark.parametrize(
    "html",
    [
        "<div id=app></div><script src=a.js></script><p>You need to enable JavaScript to run this app.</p>",
        "<p>JavaScript is required.</p>", "<p>กรุณาเปิดใช้งาน JavaScript</p>", "<script></script><div id=root></div>",
    ],
)  # fmt: skip
def test_a_page_for_running_browsers_says_so(html: str) -> None:
    assert needs_script(from_html(html))
    assert not needs_script(from_html(f"{html}{LONG}"))


def test_no_pattern_takes_long_on_the_longest_text_it_meets() -> None:
    patterns = [value for value in vars(signals).values() if isinstance(value, re.Pattern)]
    units = ("page ", "!", "\n", " ", "404", "หน้า", "ไม่พบ", "domain ", "request ", "website ", "error/", "a")
    begin = time.perf_counter()
    for pattern in patterns:
        for unit in units:
            text: str | bytes = (unit * 4_000)[:4_000]
            pattern.search(text if isinstance(pattern.pattern, str) else str(text).encode())
    assert time.perf_counter() - begin < 2.0
    whole = "!" * 500_000
    begin = time.perf_counter()
    assert replaced_because(from_html(f"<p>{whole}</p>"), URL, URL) is None
    assert time.perf_counter() - begin < 2.0
