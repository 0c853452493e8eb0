"""The documentation page: made from the description, in both languages, without a script."""

import re
from html import escape

import pytest

from claims.api.problems import KINDS
from claims.api.schema.finishing import components
from claims.api.views.schema import described
from claims.vocabulary import Coverage, Rating
from tests.claims.api.conftest import Api


def page(api: Api, lang: str) -> str:
    response = api.respond("/api/docs/", {"lang": lang})
    assert response.status_code == 200
    assert response["Content-Language"] == lang
    return response.content.decode()


@pytest.mark.parametrize("lang", ["en", "th"])
def test_every_address_parameter_code_and_problem_is_on_the_page(api: Api, lang: str) -> None:
    text = page(api, lang)
    for path, entry in described()["paths"].items():
        assert f"GET {path}" in text
        for parameter in entry["get"]["parameters"]:
            assert "$ref" in parameter or parameter["in"] == "path" or f"<code>{parameter['name']}</code>" in text
    for choice in (*Rating, *Coverage):
        assert f"<code>{choice.value}</code>" in text
        assert escape(str(choice.label)) in text
        assert choice.th in text
    assert {f'id="problem-{kind.code}"' for kind in KINDS} <= set(re.findall(r'id="problem-[a-z-]+"', text))


@pytest.mark.parametrize("lang", ["en", "th"])
def test_every_link_within_the_page_has_its_target(api: Api, lang: str) -> None:
    text = page(api, lang)
    identifiers = re.findall(r'\bid="([^"]+)"', text)
    assert len(identifiers) == len(set(identifiers))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(identifiers)
    assert {f"shape-{name}" for name in components()} <= set(identifiers)


def test_the_page_needs_no_inline_script_or_style(api: Api) -> None:
    text = page(api, "en")
    assert "<style" not in text
    assert " style=" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_without_a_choice_the_browsers_language_is_taken(api: Api) -> None:
    assert api.respond("/api/docs/", {}, **{"Accept-Language": "th"})["Content-Language"] == "th"
    response = api.respond("/api/docs/", {}, **{"Accept-Language": "fr"})
    assert response["Content-Language"] == "en"
    assert "Accept-Language" in response["Vary"]


def test_a_page_that_is_still_the_same_costs_a_304(api: Api) -> None:
    etag = api.respond("/api/docs/", {"lang": "th"})["ETag"]
    assert api.respond("/api/docs/", {"lang": "th"}, **{"If-None-Match": etag}).status_code == 304
    assert api.respond("/api/docs/", {"lang": "en"}, **{"If-None-Match": etag}).status_code == 200
