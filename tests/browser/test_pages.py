"""The public pages in a real browser: accessible, quiet, self-contained, and fit for a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser_program import required
from tests.stack import Stack

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CLAIM = "/claims/sso-plus-app/"
DOSSIER = "/dossiers/sso-budget-2025/"
MAIN = ["/", "/claims/sso-spending-growth/", DOSSIER]
REST = [
    "/claims/",
    "/claims/?rating=splendid&q=app",
    "/claims/?q=nothing-like-this",
    CLAIM,
    f"{CLAIM}editions/1/",
    "/dossiers/",
    "/people/",
    "/people/ratchanok-srinok/",
    "/agencies/",
    "/agencies/sso/",
    "/budgets/",
    "/about/",
    "/methodology/",
    "/corrections/",
    "/no-such-page/",
]
VIEWS = [(path, width, scheme) for path in MAIN for width in (360, 1280) for scheme in ("light", "dark")]
VIEWS += [(path, width, scheme) for path in REST for width, scheme in ((360, "light"), (1280, "dark"))]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(required()), args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def opened(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(**options)
    try:
        page = context.new_page()
        page.goto(url)
        yield page
    finally:
        context.close()


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize(("path", "width", "scheme"), VIEWS)
def test_a_page_is_accessible_quiet_and_asks_nobody_else(
    browser: Browser, stack: Stack, path: str, width: int, scheme: Any, lang: str
) -> None:
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"{stack.url}/{lang}{path}")
    page.evaluate("document.fonts.ready.then(() => true)")
    try:
        assert answer is not None
        missing = path == "/no-such-page/"
        assert answer.status == (404 if missing else 200)
        assert said == [] or missing, "a 404 is itself said in the console"
        assert {url for url in asked if not url.startswith(stack.url)} == set()
        assert context.cookies() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found] == []
    finally:
        context.close()


@pytest.mark.parametrize("lang", ["en", "th"])
def test_everything_can_be_read_without_javascript(browser: Browser, stack: Stack, lang: str) -> None:
    with opened(browser, f"{stack.url}/{lang}{CLAIM}", java_script_enabled=False) as page:
        assert page.locator("#evidence blockquote").count() == 7
        assert page.locator("[data-theme-toggle]").is_hidden()


def test_dark_and_light_are_remembered_without_a_cookie(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/en/", color_scheme="light") as page:
        paper = "getComputedStyle(document.documentElement).backgroundColor"
        light = page.evaluate(paper)
        button = page.get_by_role("button", name="Dark page")
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        assert page.evaluate(paper) != light
        page.goto(f"{stack.url}/th/about/")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert page.context.cookies() == []


def test_the_keyboard_reaches_the_content_first(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/en{CLAIM}") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"
        assert page.evaluate("document.activeElement.id") == "main"


def test_the_language_switch_keeps_the_page_and_its_query(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/en/claims/?response=partly&q=app") as page:
        page.locator(".tools a[hreflang=th]").click()
        assert page.url == f"{stack.url}/th/claims/?response=partly&q=app"
        assert page.locator("html").get_attribute("lang") == "th"
        assert page.locator("#f-q").input_value() == "app"


def test_filters_work_as_a_form(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/en/claims/") as page:
        page.get_by_label("Strongest answer").select_option("partly")
        page.get_by_role("button", name="Show").click()
        assert page.locator(".card").count() == 1
        page.get_by_role("link", name="Clear the filters").click()
        assert page.locator(".card").count() == 8


@pytest.mark.parametrize("width", [360, 1280])
def test_every_cell_of_the_matrix_has_a_visible_word_and_a_drawing(browser: Browser, stack: Stack, width: int) -> None:
    with opened(browser, f"{stack.url}/en{DOSSIER}", viewport={"width": width, "height": 900}) as page:
        cells = page.locator("table.matrix tbody td")
        assert cells.count() == 18
        for cell in cells.all():
            assert cell.locator(".cell-word").is_visible()
            assert cell.locator(".cell-word svg").is_visible()
            assert cell.locator(".cell-word").inner_text().strip()
            assert cell.locator(".cell-head").is_visible() is (width == 360), "on a phone each cell names its statement"


def test_no_text_of_the_matrix_is_red(browser: Browser, stack: Stack) -> None:
    script = "nodes => nodes.map(node => getComputedStyle(node).color.match(/[\\d.]+/g).slice(0, 3).map(Number))"
    for scheme in ("light", "dark"):
        with opened(browser, f"{stack.url}/en{DOSSIER}", color_scheme=scheme) as page:
            for red, green, blue in page.locator(".cell-word, .axes .value").evaluate_all(script):
                assert red <= max(green, blue) + 60, (red, green, blue)


def test_controls_are_large_enough_to_hit(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/th/claims/", viewport={"width": 360, "height": 900}) as page:
        for control in page.locator(
            ".nav a, .tools a, .tools button, .filters button, .filters select, .foot li a"
        ).all():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 24, control.inner_text()
            assert box["width"] >= 24, control.inner_text()


def test_the_markup_of_a_claim_is_data_that_the_policy_lets_stand(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/th{CLAIM}") as page:
        data = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
    assert (data["@type"], data["inLanguage"]) == ("Claim", "th")
    assert data["url"] == f"{stack.url}/th{CLAIM}"


def test_on_paper_the_addresses_of_sources_are_printed(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/en{CLAIM}") as page:
        page.emulate_media(media="print")
        link = page.locator(".source h3 a").first
        printed = link.evaluate("node => getComputedStyle(node, '::after').content")
        assert "bangkokpost.com" in printed
        assert page.locator(".nav").is_hidden()
        assert page.locator(".rail").is_hidden()


def test_thai_is_set_in_our_own_fonts(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/th/") as page:
        page.evaluate("document.fonts.ready.then(() => true)")
        loaded = page.evaluate(
            "[...document.fonts].filter(f => f.status === 'loaded' && f.unicodeRange.includes('E01')).length"
        )
    assert loaded >= 2, "text and voice"
