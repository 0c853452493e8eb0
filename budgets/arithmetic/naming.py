"""What the figures of one sentence are called, so that two of one name can be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from budgets.arithmetic import periods
from budgets.arithmetic.numbers import Scale, shown, shown_range
from budgets.arithmetic.operands import Amount, Words
from budgets.arithmetic.phrases import both, filled, quoted


def told_apart(amounts: Sequence[Amount]) -> list[Words]:
    """The name of each figure in quotation marks; where two share it, with year and amount behind it."""
    names = [quoted(each) for each in amounts]
    shared = [Counter(name[lang] for name in names) for lang in ("en", "th")]
    return [
        _described(each, name) if shared[0][name["en"]] > 1 or shared[1][name["th"]] > 1 else name
        for each, name in zip(amounts, names, strict=True)
    ]


def _described(amount: Amount, name: Words) -> Words:
    scale = Scale(amount.unit, amount.currency)
    value = amount.value
    size = shown(Fraction(value), scale) if value is not None else shown_range(amount.interval, scale)
    if not periods.known(amount):
        return filled(both("{} ({})", "{} ({})"), name, size)
    return filled(both("{} ({}, {})", "{} ({} จำนวน {})"), name, periods.in_words(amount), size)
