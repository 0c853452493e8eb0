"""The sum written out, as a newspaper would: the same numbers in English and Thai."""

from __future__ import annotations

from fractions import Fraction

from budgets.arithmetic.cases import Case
from budgets.arithmetic.formulas import Computed
from budgets.arithmetic.numbers import Scale, percent, reads_as_one, scale_for, shown, shown_range
from budgets.arithmetic.operands import Missing, Operand, Words
from budgets.arithmetic.phrases import both, filled
from budgets.intervals import Interval
from budgets.vocabulary import Formula, Unit

_UNKNOWN = both("?", "?")
_SIGNED = (Formula.GROWTH, Formula.COMPOUND_GROWTH)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_EXPRESSIONS = {
    Formula.VALUE: both("{} against {}", "{} เทียบกับ {}"),
    Formula.DIFFERENCE: both("{} − {}", "{} − {}"),
    Formula.RATIO: both("{} ÷ {}", "{} ÷ {}"),
    Formula.SHARE: both("{} ÷ {}", "{} ÷ {}"),
    Formula.GROWTH: both("{} ÷ {} − 1", "{} ÷ {} − 1"),
}


def expression(case: Case) -> Words:
    """The left side: "6.61 billion baht ÷ 4 billion baht"; what is missing is a question mark."""
    operands = [operand_words(each) for each in case.operands]
    if len(operands) == 1:
        return operands[0]
    if case.formula is Formula.SUM:
        return {lang: " + ".join(each[lang] for each in operands) for lang in ("en", "th")}
    if case.formula is Formula.COMPOUND_GROWTH:
        years = case.years
        if years == 1:
            return filled(_EXPRESSIONS[Formula.GROWTH], *operands)
        degree = "" if years == 2 else str(years).translate(_SUPERSCRIPTS)
        return filled(both(f"{degree}√({{}} ÷ {{}}) − 1", f"{degree}√({{}} ÷ {{}}) − 1"), *operands)
    return filled(_EXPRESSIONS[case.formula], *operands)


def operand_words(operand: Operand) -> Words:
    """A figure as it stands in a sum: its printed value, or its range; in parentheses where a sign would be misread."""
    if isinstance(operand, Missing):
        return _UNKNOWN
    value = operand.interval.low if operand.interval.is_point else None
    value = Fraction(operand.value) if operand.value is not None else value
    scale = Scale(operand.unit, operand.currency)
    if value is None:
        return filled(both("({})", "({})"), shown_range(operand.interval, scale))
    words = shown(value, scale)
    return filled(both("({})", "({})"), words) if value < 0 else words


def written_out(case: Case, computed: Computed, deviation: Fraction | None) -> Words:
    """The whole sum with its result and, behind a semicolon, the range that rounding leaves."""
    if case.formula is Formula.VALUE:
        gap = percent(deviation) if deviation is not None else both("", "")
        joined = both("{}: {}", "{}: {}") if deviation is not None else both("{}{}", "{}{}")
        return filled(joined, expression(case), gap)
    result = filled(both("{} = {}", "{} = {}"), expression(case), result_words(case, computed))
    if computed.value is None or reads_as_one(computed.interval):
        return result
    spread = both("{}; with rounding, {}", "{} และเมื่อคำนึงถึงการปัดเศษ {}")
    return filled(spread, result, in_times(case, shown_range(computed.interval, result_scale(case, computed))))


def not_computed(case: Case) -> Words:
    """The left side, and that nothing was made of it."""
    if case.formula is Formula.VALUE:
        return expression(case)
    return filled(both("{}: not computed", "{}: ไม่ได้คำนวณ"), expression(case))


def with_implied(case: Case, implied: Words, claimed: Words) -> Words:
    """The sum with a question mark in it, the claimed result, and what the question mark would have to be."""
    if case.formula is Formula.VALUE:
        return expression(case)
    template = both("{} = {} if ? is {}", "{} = {} ถ้า ? คือ {}")
    return filled(template, expression(case), claimed, implied)


def result_scale(case: Case, computed: Computed) -> Scale:
    """How the result of a case is written."""
    signed = case.formula in _SIGNED
    return scale_for(case.unit, case.currency, computed.value, computed.interval, signed=signed)


def result_words(case: Case, computed: Computed) -> Words:
    """The result in the sum: that of `plain_result`, a ratio with its change in percent: "1.65 times (+65.25%)"."""
    words = plain_result(case, computed)
    if case.formula is Formula.RATIO and case.unit == Unit.RATIO and computed.value is not None:
        change = percent((computed.value - 1) * 100) if computed.value != 1 else both("no change", "ไม่เปลี่ยนแปลง")
        return filled(both("{} ({})", "{} ({})"), words, change)
    return words


def in_times(case: Case, words: Words) -> Words:
    """A ratio with its unit, "1.65 times"; the words of any other result as they are."""
    if case.formula is Formula.RATIO and case.unit == Unit.RATIO:
        return filled(both("{} times", "{} เท่า"), words)
    return words


def plain_result(case: Case, computed: Computed) -> Words:
    """The result alone: "1.65 times", "+18.23% a year", or the range when there is no one number."""
    scale = result_scale(case, computed)
    if computed.value is None:
        words = shown_range(computed.interval, scale)
    else:
        words = shown(computed.value, scale)
    if case.formula is Formula.COMPOUND_GROWTH:
        return filled(both("{} a year", "{} ต่อปี"), words)
    return in_times(case, words)


def claimed_words(case: Case) -> Words:
    """The claimed number with its unit: "2 times", "65%"; "" where the claim names none."""
    return claimed_number(case) if case.said is None else in_times(case, claimed_number(case))


def claimed_number(case: Case) -> Words:
    """The claimed number: "2", "65%", or its range when it was given as one. Only where the claim names a number."""
    if case.said is None:
        return both("", "")
    value = case.said_value
    # Only a range has two ends to be told apart in what is shown.
    ends = case.said if value is None else Interval.point(value)
    scale = scale_for(*case.said_in, value, ends, signed=False)
    return shown(value, scale) if value is not None else shown_range(case.said, scale)
