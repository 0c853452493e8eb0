"""The desk and the review page in a real browser: keys, presence, kept lists, no noise, nothing sticking out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from claims.review.transitions import Role
from claims.seeding.demo import password_of
from tests.browser.test_admin import ARGUMENTS, Desk
from tests.browser_program import required
from tests.stack import Stack

REVIEW = "/claims/claim/1/review/"
PEOPLE = ("contributor", "reviewer")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(required()), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def people(chromium: Browser, stack: Stack) -> Iterator[dict[str, Desk]]:
    """A signed-in browser for each of two people."""
    opened = {role: signed_in(chromium, stack, Role(role)) for role in PEOPLE}
    yield opened
    for desk in opened.values():
        desk.page.context.close()


def signed_in(chromium: Browser, stack: Stack, role: Role) -> Desk:
    page = chromium.new_context(locale="en-GB", viewport={"width": 1400, "height": 900}).new_page()
    page.set_default_timeout(15_000)
    desk = Desk(page, stack.url)
    page.on("console", desk.listen)
    desk.open("/")
    desk.type(username=role.value, password=password_of(role))
    page.click("form:has([name=password]) [type=submit]")
    desk.says("The desk")
    return desk


def focused(page: Page) -> str:
    """What a key would go to: the id of what has the focus, or of the part around it."""
    return str(page.evaluate("(document.activeElement.closest('[id]') ?? document.body).id"))


def test_the_review_page_is_worked_by_keys(people: dict[str, Desk]) -> None:
    desk = people["reviewer"]
    desk.open(REVIEW)
    page = desk.page
    page.keyboard.press("j")
    assert focused(page) == "assertion-1"
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused(page) == "assertion-1"
    page.keyboard.press("c")
    assert focused(page) == "comment-1"
    page.keyboard.type("jack?")  # typing is no command
    expect(page.locator("#comment-1")).to_have_value("jack?")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Escape")
    page.locator("#claim-heading").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("e")
    assert focused(page).startswith("evidence-")


def test_a_comment_is_left_and_resolved_by_two_people(people: dict[str, Desk]) -> None:
    reviewer, contributor = people["reviewer"], people["contributor"]
    reviewer.open(REVIEW)
    reviewer.page.keyboard.press("j")
    reviewer.page.keyboard.press("c")
    reviewer.page.keyboard.type("Which year is this?")
    reviewer.page.locator("#assertion-1 .add-comment button").click()
    expect(reviewer.page.locator("#assertion-1 .comment")).to_contain_text("Which year is this?")
    contributor.open(REVIEW)
    contributor.page.locator("#assertion-1 .comment button").click()
    expect(contributor.page.locator("#assertion-1 .comment")).to_contain_text("resolved by contributor")


def test_each_sees_that_the_other_is_there(people: dict[str, Desk]) -> None:
    for role in PEOPLE:
        people[role].open(REVIEW)
        people[role].page.wait_for_load_state("networkidle")
    people["contributor"].page.reload()
    expect(people["contributor"].page.locator("#here")).to_contain_text("reviewer")


def test_a_list_is_kept_and_stands_on_the_desk(people: dict[str, Desk]) -> None:
    desk = people["contributor"]
    desk.open("/claims/claim/?q=hotline")
    desk.page.click("text=Keep this list")
    desk.page.fill("#keep-name", "Hotline")
    desk.page.click(".keep-form button")
    desk.open("/")
    desk.page.click(".kept a:has-text('Hotline')")
    assert desk.page.url.endswith("/admin/claims/claim/?q=hotline")
    desk.page.click(".kept li:has-text('Hotline') button")
    expect(desk.page.locator(".kept li")).to_have_count(0)


PAGES = ["/", REVIEW, "/claims/claim/", "/claims/alertpreference/mine/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_quiet_and_fits_every_width(path: str, people: dict[str, Desk]) -> None:
    desk = people["reviewer"]
    before = len(desk.noise)
    desk.open(path)
    desk.page.wait_for_load_state("networkidle")
    for width in (390, 820, 1400):
        desk.page.set_viewport_size({"width": width, "height": 900})
        assert desk.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
    assert desk.noise[before:] == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_has_no_fault_of_accessibility(path: str, scheme: str, people: dict[str, Desk]) -> None:
    desk = people["reviewer"]
    desk.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    desk.open(path)
    desk.page.wait_for_load_state("networkidle")
    found = Axe().run(desk.page).response["violations"]
    assert [(fault["id"], [node["html"][:150] for node in fault["nodes"][:3]]) for fault in found] == []
