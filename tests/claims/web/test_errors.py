"""Pages for what went wrong, and where errors are reported to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import override
from pytest_django import Settings
from selectolax.lexbor import LexborHTMLParser

from claims.web.views import errors

HANDLERS = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    429: errors.too_many,
    500: errors.server_error,
    503: errors.unavailable,
}


@pytest.mark.parametrize(("status", "handler"), HANDLERS.items())
def test_an_error_says_what_happened_in_both_languages_and_what_to_do(
    rf: RequestFactory, status: int, handler: Callable[[HttpRequest], HttpResponse]
) -> None:
    answer = handler(rf.get("/somewhere"))
    page = LexborHTMLParser(answer.content.decode())
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store"
    assert [section.attributes["lang"] for section in page.css("main section")] == ["en", "th"]
    for section in page.css("main section"):
        heading = section.css_first("h2")
        assert heading is not None
        assert heading.text()
        assert section.css("a")
    assert (answer.get("Retry-After") == "30") is (status in (429, 503))


@pytest.mark.parametrize("lang", ["en", "th"])
def test_an_address_with_a_language_gets_that_language_alone(rf: RequestFactory, lang: str) -> None:
    with override(lang):
        page = LexborHTMLParser(errors.server_error(rf.get(f"/{lang}/claims/")).content.decode())
    root = page.css_first("html")
    assert root is not None
    assert root.attributes["lang"] == lang
    assert len(page.css("main section")) == 1
    links = [str(link.attributes["href"]) for link in page.css("main a")]
    assert links == [f"/{lang}/"], "after a fault of ours, lists may fail as well"


def test_errors_are_reported_by_mail_where_an_address_is_set(reader: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = "desk@tamroi.example"
    page = LexborHTMLParser(reader.get("/en/about/").content.decode())
    links = [str(link.attributes["href"]) for link in page.css("a[href^='mailto:']")]
    assert "mailto:desk@tamroi.example" in links
    assert any(link.startswith("mailto:desk@tamroi.example?subject=Report%20an%20error") for link in links)


def test_without_an_address_the_page_about_us_says_so(reader: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = ""
    page = LexborHTMLParser(reader.get("/en/about/").content.decode())
    assert not page.css("a[href^='mailto:']")
    assert "has not named an address" in page.text()


def test_a_database_that_does_not_answer_is_unavailable_and_not_our_fault(committed_db: str) -> None:
    client = Client(raise_request_exception=False)
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "there_is_no_such_database"
    try:
        answer = client.get("/en/claims/")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
