"""From a letter at the desk to an official's answer, on a phone, in the dark, without a cookie."""

from __future__ import annotations

import email
import email.policy
import json
import re
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from claims.review.transitions import Role
from claims.seeding.demo import password_of
from tests.browser_program import required
from tests.stack import Stack, running_stack

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = ViewportSize(width=360, height=740)
WIDE = ViewportSize(width=1280, height=900)
MAIL_SECONDS = 60.0


@pytest.fixture(scope="module")
def reply_stack() -> Iterator[Stack]:
    """A stack of this module's own: it asks an office and is answered."""
    with running_stack() as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(required()), args=ARGUMENTS)
        yield browser
        browser.close()


class Listener:
    """All that the consoles of some pages said."""

    def __init__(self) -> None:
        self.noise: list[str] = []

    def page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", self._listen)
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        # A browser calls a page that says 410 or 422 an error; the page is the answer. What axe says has no address.
        if not message.location["url"]:
            return
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.noise.append(f"{message.location}: {message.text}")


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{item['id']}: {json.dumps([node['target'] for node in item['nodes']])}" for item in found]


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def letter_in(folder: Path) -> EmailMessage:
    """The letter that a worker writes into a folder, where an installation would hand it to a mail server."""
    end = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < end:
        for file in folder.glob("*.log"):
            body = file.read_bytes()
            if body.rstrip().endswith(b"-" * 79):
                return email.message_from_bytes(body, policy=email.policy.default)
        time.sleep(0.2)
    raise AssertionError("no letter was sent")


def send_a_letter(page: Page, stack: Stack) -> EmailMessage:
    page.goto(f"{stack.url}/admin/")
    page.fill("[name='login'], [name='username']", "editor")
    page.fill("[name='password']", password_of(Role.EDITOR))
    page.click("form [type='submit']")
    page.goto(f"{stack.url}/admin/claims/claim/")
    page.click("#result_list tbody th a >> nth=0")
    page.click("text=Ask an office")
    page.click("[name='office'] + .select2-container")
    page.click(".select2-results__option >> nth=0")
    page.select_option("[name='lang']", "th")
    page.click("[name='_save']")
    page.fill("[name='to_address']", "office@agency.example")
    page.click("[name='_continue']")
    assert violations(page) == []
    page.click("button:has-text('Send to office@agency.example')")
    expect(page.locator("body")).to_contain_text("a worker sends it")
    return letter_in(Path(stack.environment["MEDIA_ROOT"]) / "mail")


def test_a_letter_goes_out_and_an_official_answers_it_once(chromium: Browser, reply_stack: Stack) -> None:
    ears = Listener()
    desk = ears.page(chromium.new_context(locale="en-GB", viewport=WIDE))
    letter = send_a_letter(desk, reply_stack)
    text = letter.get_body(("plain",))
    assert text is not None
    assert [part.get_content_type() for part in letter.iter_attachments()] == ["application/pdf"]
    found = re.search(r"(http://\S+/th/reply/[\w-]{43}/)", text.get_content())
    assert found is not None

    context = chromium.new_context(locale="th-TH", viewport=PHONE, color_scheme="dark")
    page = ears.page(context)
    page.goto(found[1])
    assert (violations(page), overflows(page)) == ([], False)
    page.fill("[name='text']", "๑. ตัวเลขถูกต้อง")
    page.click("button:has-text('English')")
    expect(page.locator("h1")).to_have_text("Answer our request")
    expect(page.locator("[name='text']")).to_have_value("๑. ตัวเลขถูกต้อง")
    page.click("button:has-text('Send')")
    expect(page.locator(".errorlist")).to_have_text("Say who is writing.")
    assert (violations(page), overflows(page)) == ([], False)
    page.fill("[name='sender_name']", "สมชาย ใจดี")
    page.set_input_files("[name='file']", {"name": "คำตอบ.txt", "mimeType": "text/plain", "buffer": "ตัวเลข".encode()})
    page.click("button:has-text('Send')")
    expect(page.locator("h1")).to_have_text("We have received it")
    assert "/receipt/" in page.url
    assert found[1].split("/")[-2] not in page.content()
    expect(page.locator("main")).to_contain_text("คำตอบ.txt")
    page.reload()
    expect(page.locator("h1")).to_have_text("We have received it")
    assert (violations(page), overflows(page)) == ([], False)
    assert context.cookies() == []

    wide = ears.page(chromium.new_context(viewport=WIDE, color_scheme="light"))
    wide.goto(found[1])
    expect(wide.locator("h1")).to_have_text("ลิงก์นี้ใช้ไปแล้ว")
    assert (violations(wide), overflows(wide)) == ([], False)

    desk.goto(f"{reply_stack.url}/admin/claims/receivedreply/")
    desk.click("#result_list tbody th a >> nth=0")
    expect(desk.locator("body")).to_contain_text("๑. ตัวเลขถูกต้อง")
    assert violations(desk) == []
    desk.click("text=Write the response from it")
    expect(desk.locator("[name='text_th']")).to_have_value("๑. ตัวเลขถูกต้อง")
    assert ears.noise == []
