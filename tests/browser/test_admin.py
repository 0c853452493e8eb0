"""The desk in a real browser: from a first draft to a corrected second edition, under the strict policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from claims.review.transitions import Role
from claims.seeding.demo import password_of
from tests.browser_program import required
from tests.stack import Stack, running_stack

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SLUG = "mp-says-hotline-lines-are-busy"


@pytest.fixture(scope="module")
def desk_stack() -> Iterator[Stack]:
    """A stack of this module's own: it publishes a claim that the other tests do not know."""
    with running_stack() as running:
        yield running


@dataclass
class Desk:
    """The admin as one person's browser shows it; `noise` is all that the console said."""

    page: Page
    url: str
    noise: list[str] = field(default_factory=list)

    def listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.noise.append(f"{self.page.url}: {message.text}")

    def open(self, path: str) -> None:
        self.page.goto(f"{self.url}/admin{path}")

    def type(self, **texts: str) -> None:
        for name, text in texts.items():
            self.page.fill(f"[name='{name}']", text)

    def both(self, prefix: str = "", **texts: tuple[str, str]) -> None:
        for name, (english, thai) in texts.items():
            self.type(**{f"{prefix}{name}_en": english, f"{prefix}{name}_th": thai})

    def look_up(self, name: str, words: str, found: str) -> None:
        """Type into a field that completes, and take what it finds."""
        self.page.click(f"[name='{name}'] + .select2-container")
        self.page.fill(".select2-dropdown .select2-search__field", words)
        self.page.click(f".select2-results__option:has-text('{found}')")

    def add_row(self, group: str) -> None:
        self.page.click(f"#{group}-group .add-row a")

    def says(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(required()), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desks(chromium: Browser, desk_stack: Stack) -> Iterator[dict[str, Desk]]:
    """A signed-in browser per role."""
    opened = {}
    for role in Role:
        page = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(15_000)
        desk = Desk(page, desk_stack.url)
        page.on("console", desk.listen)
        desk.open("/")
        desk.type(username=role.value, password=password_of(role))
        page.click("input[type=submit]")
        desk.says("The desk")
        opened[role.value] = desk
    yield opened
    for desk in opened.values():
        desk.page.context.close()


def draft(desk: Desk) -> None:
    """Type a claim with everything but what is known."""
    desk.open("/claims/claim/add/")
    desk.both(
        heading=("MP says hotline lines are busy", "สส. ระบุว่าสายด่วนไม่ว่าง"),
        summary=("She said that the lines are often busy.", "ระบุว่าสายมักไม่ว่าง"),
        claimed=("The lines are often busy.", "สายมักไม่ว่าง"),
        said=("No statement was found.", "ไม่พบคำชี้แจง"),
        not_known=("How often.", "บ่อยเพียงใด"),
    )
    expect(desk.page.locator("[name=slug]")).to_have_value(SLUG)  # made from the heading as it was typed
    desk.add_row("claimants")
    desk.look_up("claimants-0-person", "Ratchanok", "Ratchanok Srinok")
    desk.add_row("appearances")
    desk.page.select_option("[name='appearances-0-kind']", "social_post")
    desk.both("appearances-0-", where=("A post", "โพสต์"))
    desk.add_row("assertions")
    desk.page.select_option("[name='assertions-0-kind']", "fact")
    expect(desk.page.locator("[name='assertions-0-number']")).to_have_value("1")
    desk.both("assertions-0-", text=("The lines are often busy.", "สายมักไม่ว่าง"))


def cite(desk: Desk) -> None:
    """Cite a page that nobody watches yet: it is added in a window of its own."""
    desk.add_row("citations")
    with desk.page.expect_popup() as opened:
        desk.page.click("#add_id_citations-0-source")
    window = opened.value
    window.fill("[name=url]", "http://10.0.0.1/secret")
    for name in ("title", "publisher_en", "publisher_th"):
        window.fill(f"[name={name}]", "Hotline story")
    window.select_option("[name=title_lang]", "en")
    window.select_option("[name=lang]", "en")
    window.click("[name=_save]")
    expect(window.locator(".field-url .errorlist")).to_contain_text("The address is in a private network.")
    window.fill("[name=url]", "https://news.example.org/hotline")
    window.click("[name=_save]")
    expect(desk.page.locator("[name='citations-0-source'] + .select2-container")).to_contain_text("Hotline story")
    desk.type(**{"citations-0-quote_exact": "lines are often busy", "citations-0-translation": "สายมักไม่ว่าง"})
    desk.page.select_option("[name='citations-0-quote_lang']", "en")


def public(stack: Stack, lang: str = "en", path: str = "") -> str:
    status, body = stack.get(f"/{lang}/claims/{SLUG}/{path}")
    assert status == 200, body[:500]
    return body


def test_from_a_draft_to_a_corrected_second_edition(desks: dict[str, Desk], desk_stack: Stack) -> None:
    contributor, reviewer, editor = desks["contributor"], desks["reviewer"], desks["editor"]
    draft(contributor)
    cite(contributor)
    contributor.page.click("[name=_continue]")
    contributor.says("was added successfully")
    contributor.says("minute.known")  # the checklist says what is missing while the claim is drafted

    contributor.page.click("text=Save and submit for review")
    contributor.says("“Submit for review” was refused")
    contributor.page.click(".refusal a:has-text('minute.known')")
    expect(contributor.page.locator("#id_known_en")).to_be_in_viewport()
    contributor.both(known=("That she said so.", "ทราบว่ามีการกล่าว"))
    contributor.page.click("text=Save and submit for review")
    contributor.says("Submitted. Another person must approve it now.")
    expect(contributor.page.locator("[name=heading_en]")).to_have_count(0)  # nobody moves what is being judged

    reviewer.open("/")
    reviewer.page.click(".queue:has-text('Awaiting my review') a:has-text('hotline lines')")
    reviewer.page.click("button:has-text('Approve')")
    reviewer.says("Approved. An editor can publish it now.")
    expect(reviewer.page.locator("button:has-text('Publish')")).to_have_count(0)

    editor.open("/")
    editor.page.click(".queue:has-text('Approved, to publish') a:has-text('hotline lines')")
    editor.page.click("button:has-text('Publish')")
    editor.says("Published.")
    editor.page.click("text=See the public page")
    editor.says("MP says hotline lines are busy")
    assert "สส. ระบุว่าสายด่วนไม่ว่าง" in public(desk_stack, "th")
    assert edition_in_api(desk_stack) == 1

    correct(desks)
    page = public(desk_stack)
    assert "The lines were busy in February." in page
    assert "We left out the month." in page
    assert "The lines are often busy." in public(desk_stack, path="editions/1/")
    assert "The lines were busy in February." not in public(desk_stack, path="editions/1/")
    assert f"/en/claims/{SLUG}/editions/1/" in page
    assert edition_in_api(desk_stack) == 2
    assert [line for desk in desks.values() for line in desk.noise] == []


def correct(desks: dict[str, Desk]) -> None:
    contributor, reviewer, editor = desks["contributor"], desks["reviewer"], desks["editor"]
    contributor.open("/claims/claim/?q=hotline+lines")
    contributor.page.click("#result_list a:has-text('hotline lines')")
    contributor.both(
        claimed=("The lines were busy in February.", "สายไม่ว่างในเดือนกุมภาพันธ์"),
        edition_note=("We left out the month.", "ตกเดือนไป"),
    )
    contributor.page.select_option("[name=edition_kind]", "correction")
    contributor.page.click("[name=_continue]")
    contributor.says("was changed successfully")
    contributor.page.click("text=Save and submit for review")
    contributor.says("Submitted.")
    for desk, button, answer in ((reviewer, "Approve", "Approved."), (editor, "Publish", "Published.")):
        desk.open("/claims/claim/?q=hotline+lines")
        desk.page.click("#result_list a:has-text('hotline lines')")
        desk.page.click(f"button:has-text('{button}')")
        desk.says(answer)
    editor.says("2 · Corrected")
    editor.says("1 · First edition")
    editor.says("We left out the month.")


def edition_in_api(stack: Stack) -> int:
    status, body = stack.get(f"/api/v1/claims/{SLUG}/status/")
    assert status == 200, body
    return int(json.loads(body)["edition"])


PAGES = [
    ("contributor", "/"),
    ("contributor", "/claims/claim/"),
    ("contributor", "/claims/claim/add/"),
    ("contributor", "/claims/claim/1/change/"),
    ("contributor", "/claims/source/"),
    ("contributor", "/claims/source/1/change/"),
    ("contributor", "/claims/officialresponse/1/change/"),
    ("contributor", "/claims/person/1/change/"),
    ("contributor", "/claims/dossier/1/change/"),
    ("contributor", "/budgets/figure/add/"),
    ("editor", "/budgets/figure/1/change/"),
    ("auditor", "/claims/edition/1/change/"),
    ("auditor", "/claims/claim/1/change/"),
    ("operations", "/"),
    ("operations", "/ledger/entry/"),
]


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_a_page_is_quiet_and_fits(role: str, path: str, desks: dict[str, Desk]) -> None:
    """No error in the console (the policy has no unsafe-*), nothing from elsewhere, nothing sticks out."""
    desk = desks[role]
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    before = len(desk.noise)
    desk.open(path)
    desk.page.wait_for_load_state("networkidle")
    assert desk.noise[before:] == []
    assert [url for url in asked if not url.startswith((desk.url, "data:"))] == []
    for width in (1280, 800):
        desk.page.set_viewport_size({"width": width, "height": 900})
        assert desk.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    desk.page.set_viewport_size({"width": 1280, "height": 900})


STICKING_OUT = """() => [...document.querySelectorAll(".form-row :is(input, select, textarea, label, .help)")]
  .filter((part) => part.checkVisibility() && part.type !== "hidden" && !part.closest(".select2-container"))
  .filter((part) => !part.classList.contains("select2-hidden-accessible"))
  .filter((part) => part.getBoundingClientRect().right > part.closest(".form-row").getBoundingClientRect().right + .5)
  .map((part) => part.id || part.outerHTML.slice(0, 80))"""

TOO_WIDE = """() => [...document.querySelectorAll(".form-row")]
  .filter((row) => row.getBoundingClientRect().right > innerWidth).map((row) => row.className)"""


@pytest.mark.parametrize("path", ["/claims/claim/1/change/", "/claims/source/add/", "/claims/dossier/1/change/"])
def test_nothing_of_a_form_is_clipped_on_a_telephone(path: str, desks: dict[str, Desk]) -> None:
    page = desks["contributor"].page
    page.set_viewport_size({"width": 360, "height": 800})
    try:
        desks["contributor"].open(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate(TOO_WIDE) == []
    finally:
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("path", ["/", "/claims/claim/", "/claims/claim/1/change/", "/claims/source/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_main_pages_have_no_fault_of_accessibility(path: str, scheme: str, desks: dict[str, Desk]) -> None:
    desk = desks["editor"]
    desk.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    desk.open(path)
    desk.page.wait_for_load_state("networkidle")
    found = Axe().run(desk.page).response["violations"]
    assert [(fault["id"], [node["html"][:150] for node in fault["nodes"][:3]]) for fault in found] == []
