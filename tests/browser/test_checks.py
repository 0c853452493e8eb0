"""Figure checks in a real browser: readable by everyone, opened without JavaScript, on a phone and on paper."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.test_pages import browser, opened
from tests.stack import Stack

__all__ = ["browser"]  # the fixture

GROWTH = "/claims/sso-spending-growth/"
HOTLINE = "/claims/hotline-1506/"
OPEN_ALL = "document.querySelectorAll('details.how').forEach(found => { found.open = true; })"


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_four_readings_are_accessible_and_need_no_sideways_scrolling(
    browser: Browser, stack: Stack, width: int, scheme: Any, lang: str
) -> None:
    size: Any = {"width": width, "height": 900}
    with opened(browser, f"{stack.url}/{lang}{HOTLINE}", viewport=size, color_scheme=scheme) as page:
        page.evaluate(OPEN_ALL)
        assert page.locator("#assertion-2 .readings > li").count() == 4
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("lang", ["en", "th"])
def test_how_it_was_computed_opens_without_javascript_and_by_the_keyboard(
    browser: Browser, stack: Stack, lang: str
) -> None:
    with opened(browser, f"{stack.url}/{lang}{GROWTH}", java_script_enabled=False) as page:
        details = page.locator("#assertion-6 details.how")
        assert details.locator(".facts").is_hidden()
        details.locator("summary").focus()
        page.keyboard.press("Enter")
        assert details.locator(".facts").is_visible()
        assert "2.072539" in details.inner_text()


def test_every_result_has_a_drawing_and_is_neither_green_nor_red(browser: Browser, stack: Stack) -> None:
    script = "nodes => nodes.map(node => getComputedStyle(node).color.match(/[\\d.]+/g).slice(0, 3).map(Number))"
    for scheme in ("light", "dark"):
        with opened(browser, f"{stack.url}/en{GROWTH}", color_scheme=scheme) as page:
            results = page.locator(".check .finding strong")
            assert results.count() == 6
            assert page.locator(".check .finding > .shape").count() == 6
            for red, green, blue in results.evaluate_all(script):
                assert max(red, green, blue) - min(red, green, blue) <= 40, (red, green, blue)


def test_a_figure_of_a_sum_leads_to_its_place_on_the_page(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/th{GROWTH}") as page:
        page.locator("#assertion-6 .operands a").first.click()
        anchor = page.evaluate("location.hash")
        assert anchor.startswith("#figure-")
        assert page.locator(anchor).is_visible()


def test_on_paper_it_is_open_how_each_sum_was_computed(browser: Browser, stack: Stack) -> None:
    with opened(browser, f"{stack.url}/en{GROWTH}") as page:
        facts = page.locator("#assertion-6 .how .facts")
        assert facts.is_hidden()
        page.emulate_media(media="print")
        assert facts.is_visible()
        assert page.locator("#assertion-6 .how summary").is_hidden()
