"""What readers and programs see when figures change after a claim was published: when it happened, and the old sum."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from budgets.figures import supersede_figure
from budgets.models.figure import Figure
from claims.figure_checks.verbs import recheck_for_figures
from claims.models.claim import Claim
from claims.publication.status import refresh_due
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, publish_claim
from tests.factories.figures import amount, make_check, make_figure, make_line

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def figure(cast: Cast) -> Figure:
    return make_figure(12, line=make_line(), by=cast.contributor)


@pytest.fixture
def claim(cast: Cast, figure: Figure) -> Claim:
    """“Doubled”, from six to twelve, published."""
    claim = draft_claim(by=cast.contributor)
    earlier = make_figure(6, line=figure.line, year=2023, by=cast.contributor)
    make_check(claim, (figure, earlier), by=cast.contributor, claimed_low=Decimal(2), claimed_high=Decimal(2))
    publish_claim(claim, cast)
    return claim


def shown(reader: Client, path: str, selector: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    found = LexborHTMLParser(answer.content.decode()).css(selector)
    return " ".join(" ".join(part.text().split()) for part in found)


def test_official_figures_that_agree_are_shown_as_such(reader: Client, claim: Claim, figure: Figure) -> None:
    path = f"/en/claims/{claim.slug}/"
    assert shown(reader, path, ".check .finding.tone-good strong") == "The numbers agree"
    assert shown(reader, path, ".check .own") == ""
    assert shown(reader, path, ".check .sum strong") == "12 baht ÷ 6 baht = 2 times (+100%)"
    line = figure.line
    assert line is not None
    expected = f"Official document · {line.name_en} · Fiscal year 2024 · Paid out"
    assert expected in shown(reader, path, ".operands")
    assert shown(reader, path, ".notice") == ""


def test_a_changed_figure_is_announced_and_the_edition_keeps_its_sum(
    reader: Client, claim: Claim, figure: Figure, cast: Cast
) -> None:
    path, status = f"/en/claims/{claim.slug}/", f"/api/v1/claims/{claim.slug}/status/"
    assert json.loads(reader.get(status).content)["findings"]["recheck_due_since"] is None
    before = reader.get(path)["ETag"]
    supersede_figure(figure=figure, by=cast.contributor, now=LATER, **amount(18, line=figure.line))
    recheck_for_figures(figures=[figure.public_id], now=LATER)
    refresh_due(now=LATER)
    assert reader.get(path)["ETag"] != before
    assert "Figures have changed since this edition · 3 March 2026" in shown(reader, path, ".notice").replace(
        "\xa0", " "
    )
    assert "มีตัวเลขเปลี่ยนไปหลังจากเผยแพร่ฉบับนี้" in shown(reader, path.replace("/en/", "/th/"), ".notice")
    assert "Figures have changed since" in shown(reader, path, ".axes")
    assert shown(reader, path, ".check .sum strong") == "12 baht ÷ 6 baht = 2 times (+100%)"
    assert "Figures have changed" not in shown(reader, f"{path}editions/1/", "main")
    findings = json.loads(reader.get(status).content)["findings"]
    assert findings == {"holds": 1, "fails": 0, "undetermined": 0, "recheck_due_since": "2026-03-03T03:00:00Z"}
