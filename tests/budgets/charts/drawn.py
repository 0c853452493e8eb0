"""Amounts for charts, a reader of drawn lengths, and the template of a chart as XML."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import strategies as st

from budgets.charts.values import Amount, Axis
from budgets.vocabulary import Provenance, Unit

SVG = "{http://www.w3.org/2000/svg}"
BAHT = Axis(Unit.MONEY, "THB", "en")
THAI_BAHT = Axis(Unit.MONEY, "THB", "th")
HOSTILE = "</title><script>alert(1)</script>&\"'\x00\x1b]]> {{ x }}"

money = st.decimals(min_value=Decimal("-1e18"), max_value=Decimal("1e18"), places=2)
edges = st.sampled_from([Decimal(text) for text in ("0", "0.01", "-0.01", "1e18", "-1e18", "1000000", "999999.99")])
values = money | edges


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    """Any amount, exact or rounded, from anybody."""
    value = draw(values)
    texture = draw(st.sampled_from(Provenance.values))
    if draw(st.booleans()):
        below, above = (abs(draw(money)) for _ in range(2))
        return Amount(value, f"{value} baht", texture, texture, value - below, value + above, "a range")
    return Amount(value, f"{value} baht", texture, texture)


def exact(value: str | int, **changes: Any) -> Amount:
    """An exact amount of baht in an official document."""
    return Amount(Decimal(value), f"{value} baht", **{"who": "Official document", **changes})


def length(text: str) -> Decimal:
    """A drawn length; none has more than two decimals or an exponent."""
    assert set(text) <= set("0123456789.-"), text
    assert len(text.partition(".")[2]) <= 2, text
    return Decimal(text)


def rendered(chart: Any, lang: str = "en", **context: Any) -> tuple[str, ET.Element]:
    """The markup of a chart, and the same parsed as XML."""
    with override(lang):
        markup = render_to_string(f"parts/charts/{chart.kind}.html", {"chart": chart, **context})
    return markup, ET.fromstring(markup.replace("&nbsp;", "\u00a0"))
