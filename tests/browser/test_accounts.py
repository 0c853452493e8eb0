"""The door of the desk in a real browser, with production's rules: an app, a passkey, a decision confirmed by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from claims.models.claim import Claim
from claims.review.verbs import submit
from config.settings import base
from tests.browser_program import required
from tests.config.desk_door import PASSWORD, code_of, staff
from tests.factories.cast import make_cast
from tests.factories.claims import NOW, draft_claim, open_review

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SECOND_FACTOR = "/admin/account/second-factor/"
PRODUCTION = {"SECOND_FACTOR_REQUIRED": True, "DECISIONS_NEED_REAUTHENTICATION": True}


@pytest.fixture(scope="module")
def door(committed_db_module: str) -> Iterator[str]:
    """The origin of a server in this process. A passkey belongs to a name, so it is reached as localhost."""
    with override_settings(**PRODUCTION, SESSION_IDLE_SECONDS=base.SESSION_IDLE_SECONDS):
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}"
        server.terminate()


Aside = Callable[[Callable[[], Any]], Any]


@pytest.fixture(scope="module")
def aside(door: str) -> Iterator[Aside]:
    """Does something with the database: not in this thread, where the browser has its event loop."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda what: thread.submit(what).result()
        thread.submit(connections.close_all).result()


@pytest.fixture(scope="module")
def chromium(door: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(required()), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody's browser; `noise` is what the console said, `strangers` what was asked of other hosts."""

    page: Page
    origin: str
    noise: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._listen)
        self.page.on("request", self._watch)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.noise.append(f"{self.page.url}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:")):
            self.strangers.append(request.url)

    def open(self, path: str) -> None:
        self.page.goto(self.origin + path)

    def sign_in(self, name: str) -> None:
        self.open("/admin/login/?next=/admin/account/sessions/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")

    def says(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def holds_a_passkey(self) -> None:
        """Plug in a device that keeps passkeys and knows its owner, as a phone with a fingerprint does."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def add_passkey(self, name: str, *, alone: bool = True) -> None:
        self.open(f"{SECOND_FACTOR}webauthn/add/")
        self.page.fill("[name=name]", name)
        if alone:
            self.page.check("[name=passwordless]")
        self.page.click("button:has-text('Add a passkey')")

    def is_quiet(self) -> None:
        assert (self.noise, self.strangers) == ([], [])

    def is_accessible(self) -> None:
        report = Axe().run(self.page)
        assert report.violations_count == 0, f"{self.page.url}\n{report.generate_report()}"


@pytest.fixture
def person(chromium: Browser, door: str) -> Iterator[Person]:
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    yield Person(context.new_page(), door)
    context.close()


def test_an_app_is_set_up_before_anything_else(person: Person, aside: Aside) -> None:
    aside(lambda: staff("app"))
    person.open("/admin/login/")
    person.is_accessible()
    person.sign_in("app")
    person.says("Set up a second factor first")
    person.is_accessible()
    person.page.click("a:has-text('Set up an app')")
    expect(person.page.locator("img.qr")).to_be_visible()
    assert person.page.evaluate("document.querySelector('img.qr').naturalWidth") > 0
    person.is_accessible()
    key = person.page.inner_text("#totp-key")
    person.page.fill("[name=code]", code_of(key))
    person.page.press("[name=code]", "Enter")
    person.says("Confirm that it is you")
    person.is_accessible()
    person.page.fill("[name=code]", code_of(key))
    person.page.press("[name=code]", "Enter")
    expect(person.page.locator(".recovery-codes code")).to_have_count(10)
    person.is_accessible()
    code = person.page.locator(".recovery-codes code").first.inner_text()
    person.page.click(".account-nav button:has-text('Sign out')")
    person.sign_in("app")
    person.says("one of your recovery codes")
    person.is_accessible()
    person.page.fill("[name=code]", code)
    person.page.press("[name=code]", "Enter")
    person.says("You are signed in nowhere else.")
    person.is_accessible()
    person.open(SECOND_FACTOR)
    person.says("9 codes are left.")
    person.is_accessible()
    person.is_quiet()


def test_a_passkey_is_the_second_factor_and_then_the_only_one_needed(person: Person, aside: Aside) -> None:
    aside(lambda: staff("passkey"))
    person.holds_a_passkey()
    person.sign_in("passkey")
    person.add_passkey("My phone")
    person.says("Confirm that it is you")
    person.page.click("button:has-text('Use a passkey')")
    expect(person.page.locator(".recovery-codes code")).to_have_count(10)
    person.open(f"{SECOND_FACTOR}webauthn/")
    person.says("My phone")
    person.is_accessible()
    person.page.click("a[aria-label='Remove My phone']")
    person.page.click("input[value=Remove]")
    person.says("This is your only second factor")
    person.page.click(".account-nav button:has-text('Sign out')")
    person.sign_in("passkey")
    person.page.click("button:has-text('Use a passkey')")
    person.says("You are signed in nowhere else.")
    person.page.click(".account-nav button:has-text('Sign out')")
    person.page.click("button:has-text('Sign in with a passkey')")
    person.page.wait_for_url("**/admin/")
    person.open("/admin/account/sessions/")
    person.says("You are signed in nowhere else.")
    person.is_quiet()


def test_without_the_key_the_page_says_so_and_nobody_gets_in(person: Person) -> None:
    person.holds_a_passkey()
    person.open("/admin/login/")
    person.page.click("button:has-text('Sign in with a passkey')")
    person.says("The passkey was not used. Try again, or choose another way.")
    person.is_accessible()
    person.is_quiet()


def submitted_claim() -> Claim:
    """A claim that waits for its reviewer, who has a password."""
    cast = make_cast()
    cast.reviewer.set_password(PASSWORD)
    cast.reviewer.save()
    claim = draft_claim(by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    return claim


def test_a_passkey_confirms_an_approval_which_is_then_made(person: Person, aside: Aside) -> None:
    claim = aside(submitted_claim)
    person.holds_a_passkey()
    person.sign_in("reviewer")
    person.add_passkey("Desk key", alone=False)
    person.page.click("button:has-text('Use a passkey')")
    expect(person.page.locator(".recovery-codes code")).to_have_count(10)
    person.open(f"/admin/claims/claim/{claim.pk}/change/")
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=0):
        person.page.click("button:has-text('Approve')")
        person.says("Confirm that it is you")
        person.page.click("a:has-text('security key')")
        person.is_accessible()
    assert aside(lambda: open_review(claim).state) == "in_review"
    person.page.click("button:has-text('Use a passkey')")
    person.says("Approved.")
    assert aside(lambda: open_review(claim).state) == "approved"
    person.is_quiet()
