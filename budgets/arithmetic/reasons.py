"""The sentence that says why a check found what it found, and those that must stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from budgets.arithmetic.cases import Case
from budgets.arithmetic.comparability import caveats
from budgets.arithmetic.formulas import Computed
from budgets.arithmetic.numbers import Scale, deviating, is_exact, reads_as_one, scale_for, shown, shown_range
from budgets.arithmetic.operands import Amount, Mismatch, Words
from budgets.arithmetic.phrases import both, chained, filled, listed, unlike
from budgets.arithmetic.sums import (
    claimed_number,
    claimed_words,
    in_times,
    plain_result,
    result_scale,
    result_words,
)
from budgets.arithmetic.verdicts import nominal
from budgets.intervals import Interval
from budgets.vocabulary import Formula, Provenance, Reason, Relation, Result, Unit

_NOT_COMPARABLE = both("Not comparable, because {}.", "เทียบกันไม่ได้ เพราะ{}")
_NOT_ADDED = both("Not added up, because {}.", "นำมารวมกันไม่ได้ เพราะ{}")
_OPEN = both("Cannot be determined, because {}.", "ยังสรุปไม่ได้ เพราะ{}")
_NO_OTHER = both("no other figure to compare it with has been found", "ยังไม่พบตัวเลขอื่นให้เทียบ")
_UNDEFINED = both("this cannot be computed from amounts below zero", "คำนวณเช่นนี้กับจำนวนที่ติดลบไม่ได้")
_ZERO = both("the figure to divide by may be zero", "ตัวเลขที่เป็นตัวหารอาจเป็นศูนย์")
_ABOUT = both("about {}", "ประมาณ {}")
_OWN = both("All figures are the speaker's own.", "ตัวเลขทั้งหมดมาจากผู้กล่าวเอง")
_OWN_ONE = both("The figure is the speaker's own.", "ตัวเลขนี้มาจากผู้กล่าวเอง")
_SAME_SPEAKER = both(
    "{} Both figures come from the same speaker, so that neither can confirm the other.",
    "{} ตัวเลขทั้งสองมาจากผู้กล่าวคนเดียวกัน จึงใช้ยืนยันกันเองไม่ได้",
)


def not_comparable(mismatches: Sequence[Mismatch], *, added: bool) -> Words:
    """Everything in which the figures differ, in one sentence; `added`: for figures that may contain one another."""
    return filled(_NOT_ADDED if added else _NOT_COMPARABLE, chained([each.words for each in mismatches]))


def nothing_to_compare() -> Words:
    """A single figure stands alone."""
    return filled(_OPEN, _NO_OTHER)


def no_result(reason: Reason) -> Words:
    """The formula has no result."""
    return filled(_OPEN, _ZERO if reason is Reason.DIVISION_BY_ZERO else _UNDEFINED)


def nothing_claimed(case: Case, computed: Computed) -> Words:
    """The claim says "significantly": there is a result and nothing to hold it against."""
    said = _own_words(case)
    if said is not None:
        clause = filled(both("“{}” names no number", "คำว่า “{}” ไม่ได้ระบุตัวเลข"), said)
    else:
        clause = both("the claim names no number", "คำกล่าวไม่ได้ระบุตัวเลข")
    found = filled(both("{}; the figures give {}", "{} ตัวเลขที่มีให้ผลเป็น {}"), clause, result_words(case, computed))
    return filled(_OPEN, found)


def missing_figure(case: Case, implied: Words | None) -> Words:
    """What is missing, and what it would have to be."""
    reasons = listed([{lang: text.rstrip(" .") for lang, text in each.reason.items()} for each in case.missing])
    if _lacks_comparison(case):
        return _nothing_official(case, reasons, implied)
    one, many = both("a figure is missing: {}", "ยังขาดตัวเลข คือ {}"), both("figures are missing: {}", "ยังขาดตัวเลข คือ {}")
    sentence = filled(_OPEN, filled(one if len(case.missing) == 1 else many, reasons))
    if implied is None:
        return sentence
    needed = both("{} For the claim to hold, it would have to be {}.", "{} คำกล่าวจะเป็นไปตามนั้นก็ต่อเมื่อตัวเลขที่ขาดคือ {}")
    return filled(needed, sentence, implied)


def _lacks_comparison(case: Case) -> bool:
    return case.formula is Formula.VALUE and isinstance(case.operands[0], Amount)


def _nothing_official(case: Case, missing: Words, implied: Words | None) -> Words:
    """There is the claimed figure and none to set beside it: what would agree is what rounds to it."""
    sentence = filled(both("No figure to compare with yet: {}.", "ยังไม่มีตัวเลขมาเทียบ: {}"), missing)
    if implied is None:
        return sentence
    figure = case.amounts[0]
    scale = scale_for(figure.unit, figure.currency, case.said_value, figure.interval, signed=False)
    kind = both("amount", "จำนวน") if figure.unit == Unit.MONEY else both("figure", "ตัวเลข")
    if reads_as_one(figure.interval):
        only = both("{} The claim would agree with exactly {}.", "{} คำกล่าวจะสอดคล้องกับ {} พอดีเท่านั้น")
        return filled(only, sentence, shown(figure.interval.low, scale))
    spread = shown_range(figure.interval, scale)
    if figure.value is None or nominal(figure.interval) != figure.value:
        any_of = both("{} The claim would agree with any {} {}.", "{} คำกล่าวจะสอดคล้องกับ{} {}")
        return filled(any_of, sentence, kind, spread)
    rounds = both(
        "{} The claim would agree with any {} that rounds to {}: {}.",
        "{} คำกล่าวจะสอดคล้องกับ{}ที่ปัดเศษได้เป็น {} คือ {}",
    )
    return filled(rounds, sentence, kind, shown(Fraction(figure.value), scale), spread)


def judged(case: Case, result: Result, computed: Computed, deviation: Fraction | None) -> Words:
    """What the figures give beside what the claim says, and whether that agrees."""
    compared = _compared(case, computed, deviation)
    if result is Result.UNDETERMINED:
        opened = both(
            "Cannot be determined, because rounding leaves it open: {}.",
            "ยังสรุปไม่ได้ เพราะเมื่อคำนึงถึงการปัดเศษแล้วเป็นไปได้ทั้งสองทาง คือ {}",
        )
        words = filled(opened, compared)
    elif result is Result.FAILS:
        words = filled(both("The numbers do not agree: {}.", "ตัวเลขไม่สอดคล้องกัน คือ {}"), compared)
    elif counts_as_said(case, result, deviation):
        words = filled(both("The numbers agree: {}.", "ตัวเลขสอดคล้องกัน คือ {}"), _counted_as(case, computed))
    elif (
        case.bounds is not None
        and case.claimed.relation is Relation.EQUALS
        and not computed.interval.within(case.bounds)
    ):
        within = both("The numbers agree within rounding: {}.", "สอดคล้องเมื่อคำนึงถึงการปัดเศษ: {}")
        words = filled(within, compared)
    else:
        words = filled(both("The numbers agree: {}.", "ตัวเลขสอดคล้องกัน คือ {}"), compared)
    return filled(_SAME_SPEAKER, words) if _compares_one_speaker(case) else words


def counts_as_said(case: Case, result: Result, deviation: Fraction | None) -> bool:
    """Whether the tolerance around a number in words is what the result agrees by; no other reason is then given."""
    return result is Result.HOLDS and case.is_tolerant and bool(deviation)


def notes(case: Case, *, own_figures: bool, mixed: bool) -> tuple[Words, ...]:
    """What must be said beside a finding: whose figures they are, and what they leave out."""
    found = []
    if own_figures:
        found.append(_OWN if len(case.amounts) > 1 else _OWN_ONE)
    if mixed:
        kinds = listed(unlike(_provenance(each.provenance) for each in case.amounts))
        mix = both("The figures come from different kinds of source: {}.", "ตัวเลขมาจากแหล่งต่างประเภทกัน คือ {}")
        found.append(filled(mix, kinds))
    return (*found, *caveats(case.amounts))


def tolerance(case: Case) -> tuple[Words, ...]:
    """The note on what a number in words was taken to mean; none for any other claim."""
    if not case.is_tolerant or case.bounds is None:
        return ()
    share = shown(Fraction(case.thresholds.tolerance) * 100, Scale(Unit.PERCENT.value, None))
    spread = shown_range(case.bounds, scale_for(*case.said_in, case.said_value, case.bounds, signed=False))
    words = both(
        "A result within {} of {} counts as agreeing: {}.",
        "ผลที่ต่างไม่เกิน {} จาก {} ถือว่าสอดคล้องกัน คือ {}",
    )
    return (filled(words, share, claimed_number(case), spread),)


def implied_words(case: Case, value: Fraction | None, implied: Interval) -> Words:
    """What the missing figure would have to be: "50 million baht (from 25 million baht to under 75 million baht)"."""
    figure = case.amounts[0]
    scale = scale_for(figure.unit, figure.currency, value, implied, signed=False)
    spread = shown_range(implied, scale)
    if value is None:
        return spread
    words = shown(value, scale) if is_exact(value, scale) else filled(_ABOUT, shown(value, scale))
    return words if reads_as_one(implied) else filled(both("{} ({})", "{} ({})"), words, spread)


def _compared(case: Case, computed: Computed, deviation: Fraction | None) -> Words:
    scale = result_scale(case, computed)
    found = plain_result(case, computed)
    if computed.value is not None and not reads_as_one(computed.interval):
        found = filled(both("{} ({})", "{} ({})"), found, in_times(case, shown_range(computed.interval, scale)))
    if case.formula is Formula.VALUE:
        template = both("the claim says {} the other figure is {}", "คำกล่าวระบุ{} ส่วนอีกตัวเลขคือ {}")
    else:
        template = both("the claim says {} the figures give {}", "คำกล่าวระบุ{} ส่วนตัวเลขที่มีให้ผลเป็น {}")
    words = filled(template, _said(case), found)
    if deviation is None:
        return words
    return filled(both("{}, {}", "{} {}"), words, deviating(deviation, claimed_number(case)))


def _said(case: Case) -> Words:
    """What the claim says, up to the word that leads on to what the figures give."""
    number, said = claimed_words(case), _own_words(case)
    relation = case.claimed.relation
    if relation is not Relation.EQUALS:
        bound = filled(both(f"{str(relation.label).lower()} {{}}", f"{relation.th} {{}}"), number)
        if said is None:
            return filled(both("{};", "ว่า{}"), bound)
        return filled(both("“{}” ({});", "ว่า “{}” ({})"), said, bound)
    if said is not None:
        return filled(both("“{}”, that is {}, and", "ว่า “{}” คือ {}"), said, number)
    return filled(both("{} and", " {}"), number)


def _own_words(case: Case) -> Words | None:
    said = case.claimed.words
    return said if said.get("en") and said.get("th") else None


def _counted_as(case: Case, computed: Computed) -> Words:
    """ "2.07 lies between 1.8 and 2.2, which we count as “doubled”": the one reason for a number in words."""
    bounds = case.bounds
    if computed.value is None or bounds is None:
        raise ValueError("only a printed number can be counted as a number in words; compare the ranges instead")
    scale = scale_for(*case.said_in, computed.value, bounds, signed=False)
    said = _own_words(case)
    name = claimed_words(case) if said is None else filled(both("“{}”", "“{}”"), said)
    lies = both(
        "{} lies between {} and {}, which we count as {}",
        "{} อยู่ระหว่าง {} ถึง {} ซึ่งตามรอยนับว่าเป็น {}",
    )
    return filled(lies, shown(computed.value, scale), shown(bounds.low, scale), shown(bounds.high, scale), name)


def _compares_one_speaker(case: Case) -> bool:
    said_by = {each.said_by for each in case.amounts}
    return case.formula is Formula.VALUE and len(case.amounts) == 2 and len(said_by) == 1 and None not in said_by


def _provenance(code: str) -> Words:
    if code not in Provenance.values:
        return both(f"“{code}”", f"“{code}”")
    return both(f"“{Provenance(code).label}”", f"“{Provenance(code).th}”")
