"""Places in the list of budget lines that readers forge or that names of lines make odd."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.budgets.web.conftest import Budget, make_budget
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(db: None) -> Budget:
    return make_budget(make_cast())


def html(reader: Client, path: str) -> LexborHTMLParser:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return LexborHTMLParser(answer.content.decode())


def text(page: LexborHTMLParser, selector: str = "main") -> str:
    return " ".join(" ".join(found.text().split()) for found in page.css(selector))


def names(page: LexborHTMLParser) -> list[str]:
    return [" ".join(found.text().split()) for found in page.css(".browse tbody th > a")]


def forged(*values: object) -> str:
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize("key", ["after", "before"])
@pytest.mark.parametrize(
    ("sort", "values"),
    [
        *(
            ("largest", ("THB", value, 1))
            for value in ("1e999999", "-1e999999", "1e-999999", "NaN", "sNaN", "Infinity", "1e19", "much", 10**40)
        ),
        ("rise", ("THB", "1e999999", 1)),
        ("largest", ("\ud800", "1", 1)),
        ("largest", ("THB", "\ud800", 1)),
        ("largest", ("THB", "1", "\ud800")),
        ("largest", ("THB", "1", 2**63)),
        ("largest", ("THB", "1", "9" * 4_000)),
        ("name", ("\udfff", 1)),
        ("name", ("a\x00", 1)),
        ("name", ("a", -(2**70))),
    ],
)
def test_a_forged_place_in_the_list_starts_it_anew(
    reader: Client, budget: Budget, key: str, sort: str, values: tuple[object, ...]
) -> None:
    page = html(reader, f"/en/budgets/?sort={sort}&{key}={forged(*values)}")
    assert "This page address is damaged" in text(page)
    assert names(page) == names(html(reader, f"/en/budgets/?sort={sort}"))


@pytest.mark.parametrize("name", ["Staff\u00a0salaries", "คำ\u200bไทย", "1e999999", "Infinity", "\ufffd"])
def test_a_place_after_any_name_that_a_line_can_have_is_found(reader: Client, budget: Budget, name: str) -> None:
    page = html(reader, f"/en/budgets/?sort=name&before={forged('zzzz' + name, 1)}")
    assert "damaged" not in text(page)
    assert len(names(page)) == 5
