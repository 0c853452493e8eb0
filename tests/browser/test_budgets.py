"""The budget explorer and its charts in a real browser: accessible, legible on a phone, by keyboard, scripts or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.test_pages import ARGUMENTS
from tests.browser_program import required
from tests.budgets.web.conftest import Budget, make_budget
from tests.conftest import connected_to
from tests.factories.budgets import Row, make_import, make_line
from tests.factories.cast import make_cast
from tests.factories.nouns import AgencyFactory
from tests.stack import running_stack

SMALLEST_TEXT = """Math.min(...[...document.querySelectorAll('.chart-drawing text')]
    .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getCTM().a))"""
# What reaches beyond the screen and is not hidden from the eye.
WIDER = """[...document.querySelectorAll('main *:not(svg *)')].filter(each =>
    each.getBoundingClientRect().right > innerWidth
    && each.getBoundingClientRect().width > 1).map(each => each.tagName + '.' + each.className)"""
PAGES = ["", "?year=all&sort=rise", "?q=nothing-like-this", "soc/", "mol/", "lines/{staff}/", "lines/{plan}/"]


@dataclass(frozen=True)
class Site:
    """A site with a budget on it, and the addresses of two of its lines."""

    url: str
    staff: str
    plan: str

    def page(self, lang: str, path: str) -> str:
        return f"{self.url}/{lang}/budgets/{path.format(staff=self.staff, plan=self.plan)}"


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    with running_stack() as running:
        with django_db_blocker.unblock(), connected_to(urlsplit(running.database_url).path[1:]):
            budget = make_budget(make_cast())
            _long_names(budget)
            slugs = (str(budget.staff.slug), str(budget.plan.slug))
        yield Site(running.url, *slugs)


def _long_names(budget: Budget) -> None:
    """An agency, a line and a document with names of 200 letters that no browser breaks by itself."""
    agency = AgencyFactory.create(slug="long", name_en="W" * 200, name_th="ก" * 200)
    line = make_line(agency, "M" * 200, "ม" * 200)
    make_import(
        budget.cast.contributor, [Row(line, 2022, "7"), Row(line, 2021, "6")], dataset="long", title_en="T" * 200,
        title_th="ท" * 200, published_by=budget.cast.editor,
    )  # fmt: skip


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:  # a running browser leaves no room for the database
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(required()), args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def opened(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(**options)
    try:
        page = context.new_page()
        page.goto(url)
        page.evaluate("document.fonts.ready.then(() => true)")
        yield page
    finally:
        context.close()


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits(
    browser: Browser, site: Site, path: str, width: int, scheme: Any, lang: str
) -> None:
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with opened(browser, site.page(lang, path), **options) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize("path", ["", "long/"])
def test_a_name_without_a_space_does_not_make_a_phone_scroll_sideways(
    browser: Browser, site: Site, path: str, lang: str
) -> None:
    with opened(browser, site.page(lang, path), viewport={"width": 390, "height": 844}) as page:
        assert page.locator(".figures tbody th").count() >= 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.evaluate(WIDER)


@pytest.mark.parametrize("width", [360, 480, 700, 900, 1280, 1600])
def test_no_word_of_a_chart_is_smaller_than_twelve_pixels(browser: Browser, site: Site, width: int) -> None:
    for path in ("lines/{staff}/", "soc/"):
        with opened(browser, site.page("th", path), viewport={"width": width, "height": 900}) as page:
            assert page.evaluate(SMALLEST_TEXT) >= 12


def test_a_chart_is_walked_by_keyboard_and_says_each_bar(browser: Browser, site: Site) -> None:
    with opened(browser, site.page("en", "lines/{staff}/")) as page:
        marks, tip = page.locator(".chart-mark"), page.locator(".chart-tip")
        assert marks.count() == 5
        assert page.locator(".chart-mark[tabindex='0']").count() == 1, "one stop for the tabulator"
        assert tip.is_hidden()
        marks.first.focus()
        assert "150 million baht" in tip.inner_text()
        page.keyboard.press("End")
        assert tip.inner_text().splitlines()[0].startswith("2022")
        assert marks.last.get_attribute("aria-label").replace(" · ", "\n") == tip.inner_text()  # type: ignore[union-attr]
        page.keyboard.press("ArrowDown")
        assert "2019" in tip.inner_text(), "after the last comes the first"
        page.keyboard.press("Escape")
        assert tip.is_hidden()
        found = Axe().run(page).response["violations"]
        assert found == []


def test_pointing_at_a_bar_says_it_and_escape_takes_it_away(browser: Browser, site: Site) -> None:
    with opened(browser, site.page("en", "lines/{staff}/")) as page:
        page.locator(".chart-bar").nth(1).hover()
        tip = page.locator(".chart-tip")
        assert "200 million baht" in tip.inner_text()
        tip.hover()
        page.wait_for_timeout(400)
        assert tip.is_visible(), "the pointer may move onto it"
        page.keyboard.press("Escape")
        assert tip.is_hidden()


def test_without_scripts_the_browser_itself_says_each_bar(browser: Browser, site: Site) -> None:
    with opened(browser, site.page("en", "lines/{staff}/"), java_script_enabled=False) as page:
        assert page.locator("svg.chart-drawing[role='img']").count() == 1
        assert page.locator(".chart-mark > title").count() == 5
        assert page.locator(".chart-tip").count() == 0


def test_a_hostile_name_is_only_shown(browser: Browser, site: Site) -> None:
    said: list[str] = []
    with opened(browser, site.page("en", "?q=<script>alert(1)</script>")) as page:
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.reload()
        assert page.locator("#f-q").input_value() == "<script>alert(1)</script>"
    assert said == []


def test_a_reader_finds_a_line_and_follows_it_to_its_source(browser: Browser, site: Site) -> None:
    with opened(browser, site.page("th", "")) as page:
        page.get_by_label("คำในชื่อรายการ").fill("เงินเดือน")
        page.get_by_label("ปี", exact=True).select_option("2021")
        page.get_by_role("button", name="แสดง").click()
        page.locator(".browse tbody th a").first.click()
        assert page.url == site.page("th", "lines/{staff}/")
        assert page.locator("a[href='https://example.org/budget']").count() >= 5
        with page.expect_download() as download:
            page.locator("a[download]").first.click()
        assert download.value.suggested_filename == f"budget-{site.staff}.csv"


def test_on_paper_a_chart_stays_dark_on_white_and_keeps_its_textures(browser: Browser, site: Site) -> None:
    with opened(browser, site.page("en", "lines/{staff}/"), color_scheme="dark") as page:
        page.emulate_media(media="print")
        bars = page.locator(".chart-mark .chart-bar")
        fills = {bar.get_attribute("fill") for bar in bars.all()}
        assert len(fills) == 2, "official and media"
        color = bars.first.evaluate("node => getComputedStyle(node).color")
        assert max(int(part) for part in color.removeprefix("rgb(").rstrip(")").split(",")) < 160, color
