"""The answer matrix of the desk in a real browser: by keyboard, on a telephone, without scripts, without a fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, expect, sync_playwright

from claims.review.transitions import Role
from claims.seeding.demo import password_of
from tests.browser.test_admin import ARGUMENTS
from tests.browser_program import required
from tests.stack import Stack, running_stack

MATRIX = "/claims/dossier/1/matrix/"
PAGES = [MATRIX, f"{MATRIX}?response=1", "/claims/claim/1/matrix/?response=1", "/claims/officialresponse/1/matrix/"]
FOCUS = "document.activeElement.id || document.activeElement.name"


@pytest.fixture(scope="module")
def site() -> Iterator[Stack]:
    """A stack of this module's own: judging opens revisions of the first case."""
    with running_stack() as running:
        yield running


@pytest.fixture(scope="module")
def chromium(site: Stack) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(required()), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def signed_in(chromium: Browser, site: Stack, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A contributor's page, and all that its console says."""
    context = chromium.new_context(locale="en-GB", **{"viewport": {"width": 1280, "height": 900}} | options)
    page, noise = context.new_page(), list[str]()

    def listen(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            noise.append(said.text)

    page.on("console", listen)
    page.set_default_timeout(15_000)
    try:
        page.goto(f"{site.url}/admin/")
        page.fill("[name='username'], [name='login']", "contributor")
        page.fill("[name='password']", password_of(Role.CONTRIBUTOR))
        page.click("#login-form [type=submit]")
        expect(page.locator("#user-tools")).to_be_visible()
        yield page, noise
    finally:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_every_matrix_is_accessible_quiet_and_fits(chromium: Browser, site: Stack, width: int, scheme: Any) -> None:
    options = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    with signed_in(chromium, site, **options) as (page, noise):
        for path in PAGES:
            page.goto(f"{site.url}/admin{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            found = Axe().run(page).response["violations"]
            faults = [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in found]
            assert faults == [], path
        assert noise == []


def test_on_a_telephone_a_claim_is_one_card_with_every_statement(chromium: Browser, site: Stack) -> None:
    with signed_in(chromium, site, viewport={"width": 390, "height": 844}) as (page, _):
        page.goto(f"{site.url}/admin{MATRIX}?response=1")
        cards = page.locator("#matrix tbody")
        first = cards.first.bounding_box()
        assert first is not None
        assert first["width"] <= 390
        heads = cards.first.locator(".cell-head")
        assert heads.count() == cards.first.locator("td").count()
        assert all(head.is_visible() for head in heads.all())
        for field in page.locator("#matrix tbody select").all():
            box = field.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390


def test_a_column_is_judged_by_keyboard_alone(chromium: Browser, site: Stack) -> None:
    with signed_in(chromium, site) as (page, noise):
        page.goto(f"{site.url}/admin{MATRIX}?response=1")
        expect(page.locator("#matrix-keys")).to_be_visible()
        cells = page.locator("#matrix tbody td")
        assert page.locator("#matrix td[tabindex='0']").count() == 1, "one stop for the tabulator"
        names = [str(cell.get_attribute("id")) for cell in cells.all()]
        wide = len(page.locator("#matrix thead th").all()) - 1
        cells.first.focus()
        for key, place in (
            ("ArrowUp", 0),
            ("ArrowDown", wide),
            ("ArrowRight", wide + 1),
            ("Home", wide),
            ("End", 2 * wide - 1),
        ):
            page.keyboard.press(key)
            assert page.evaluate(FOCUS) == names[place], key
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
        second = str(page.evaluate(FOCUS))
        assert second.endswith("-coverage")
        page.keyboard.press("Control+ArrowUp")
        first = str(page.evaluate(FOCUS))
        assert first.endswith("-a0-coverage")
        page.keyboard.press("Control+ArrowDown")
        assert page.evaluate(FOCUS) == second
        page.keyboard.press("A")
        expect(page.locator(f"#{second}")).to_have_value("answered")
        page.keyboard.press("Escape")
        assert page.evaluate(FOCUS) == names[wide]
        page.locator("#matrix_form [type=submit]").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".messagelist")).to_contain_text("Saved: 1 cell")
        page.goto(f"{site.url}/admin{MATRIX}?response=1")
        expect(page.locator(f"#{second}")).to_have_value("answered")
        assert noise == []


def test_without_scripts_a_column_is_opened_judged_and_saved(chromium: Browser, site: Stack) -> None:
    with signed_in(chromium, site, java_script_enabled=False) as (page, _):
        page.goto(f"{site.url}/admin{MATRIX}")
        page.locator("a.judge[href^='?response=']").last.click()
        assert page.locator("#matrix[role='table']").count() == 1
        assert page.locator("#matrix-keys").is_hidden()
        name = str(page.locator("#matrix select[name$='-coverage']").last.get_attribute("name"))
        page.select_option(f"[name='{name}']", "will_clarify")
        page.click("#matrix_form [type=submit]")
        expect(page.locator(".messagelist")).to_contain_text("Saved: 1 cell")
        expect(page.locator("#matrix")).to_contain_text("Said it would clarify")


def test_what_was_judged_and_not_saved_is_not_left_in_silence(chromium: Browser, site: Stack) -> None:
    with signed_in(chromium, site) as (page, _):
        page.goto(f"{site.url}/admin{MATRIX}?response=1")
        asked: list[str] = []

        def leave(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", leave)
        page.locator("#matrix select[name$='-stance']").first.select_option("disputes")
        page.goto(f"{site.url}/admin/")
        assert asked == ["beforeunload"]
