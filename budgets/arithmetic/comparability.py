"""Whether figures may be put into one sum at all. A mismatch is never a verdict: it says why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from budgets.arithmetic import periods
from budgets.arithmetic.naming import told_apart
from budgets.arithmetic.operands import Amount, Mismatch, Words
from budgets.arithmetic.periods import Order
from budgets.arithmetic.phrases import both, filled, listed, unlike
from budgets.arithmetic.placement import placement
from budgets.vocabulary import Formula, PeriodBasis, Phase, Unit

_SAME_PERIOD = (Formula.VALUE, Formula.SHARE, Formula.SUM)


def mismatches(formula: Formula, amounts: Sequence[Amount]) -> list[Mismatch]:
    """Everything that keeps these figures out of one sum, in the order in which it is looked at; empty: comparable."""
    if len({each.id for each in amounts}) < len(amounts):
        return [Mismatch("repeated", both("the same figure stands in it twice", "เป็นตัวเลขเดียวกันที่ใช้ซ้ำ"))]
    if len(amounts) < 2:
        return []
    found = [_unit(amounts), _currency(amounts), _nominal(amounts), _phase(amounts), _basis(amounts)]
    found.append(_period(formula, amounts))
    # Whether one figure contains the other is what a reader wonders about first when two are added.
    found.insert(0 if formula is Formula.SUM else len(found), placement(formula, amounts))
    return [each for each in found if each is not None]


def caveats(amounts: Sequence[Amount]) -> list[Words]:
    """What is not stated about any of the figures, and so could not be compared: to be said beside the finding."""
    found = []
    if len(amounts) > 1 and all(each.phase == Phase.UNSTATED for each in amounts):
        found.append(
            both(
                "The phase of the budget is not stated for any of the figures.",
                "ไม่มีตัวเลขใดระบุว่าเป็นขั้นใดของงบประมาณ",
            )
        )
    if len(amounts) > 1 and all(each.basis == PeriodBasis.YEAR_UNKNOWN and periods.known(each) for each in amounts):
        found.append(
            both(
                "Whether the years are calendar years or fiscal years is not stated for any of the figures.",
                "ไม่มีตัวเลขใดระบุว่าเป็นปีปฏิทินหรือปีงบประมาณ",
            )
        )
    return found


def _contrast(
    aspect: str,
    amounts: Sequence[Amount],
    describe: Callable[[Amount], Words],
    *,
    two: Words,
    many: Words,
) -> Mismatch | None:
    """A mismatch when the figures are described in more than one way; `two` for a pair of them, `many` for more."""
    kinds = unlike(describe(each) for each in amounts)
    if len(kinds) < 2:
        return None
    return Mismatch(aspect, filled(two, *kinds) if len(amounts) == 2 else filled(many, listed(kinds)))


def _unit(amounts: Sequence[Amount]) -> Mismatch | None:
    return _contrast(
        "unit",
        amounts,
        lambda each: unit_words(each.unit),
        two=both("one is given in {} and the other in {}", "ตัวเลขหนึ่งมีหน่วยเป็น{} อีกตัวเลขมีหน่วยเป็น{}"),
        many=both("they are given in different units: {}", "ตัวเลขมีหน่วยต่างกัน คือ {}"),
    )


def unit_words(code: str) -> Words:
    """What a unit is called inside a sentence."""
    if code == "percentage_point":
        return both("percentage points", "จุดร้อยละ")
    if code not in Unit.values:
        return both(code, code)
    return both(str(Unit(code).label).lower(), Unit(code).th)


def _currency(amounts: Sequence[Amount]) -> Mismatch | None:
    return _contrast(
        "currency",
        [each for each in amounts if each.unit == Unit.MONEY],
        lambda each: both(each.currency, each.currency) if each.currency else both("one not stated", "ที่ไม่ได้ระบุ"),
        two=both(
            "one is in the currency {} and the other in {}",
            "ตัวเลขหนึ่งเป็นเงินสกุล {} อีกตัวเลขเป็นเงินสกุล {}",
        ),
        many=both("they are in different currencies: {}", "ตัวเลขเป็นเงินต่างสกุลกัน คือ {}"),
    )


def _nominal(amounts: Sequence[Amount]) -> Mismatch | None:
    if len({each.nominal for each in amounts}) < 2:
        return None
    if len(amounts) == 2:
        words = both(
            "one is adjusted for inflation and the other is not",
            "ตัวเลขหนึ่งปรับตามเงินเฟ้อแล้ว แต่อีกตัวเลขไม่ได้ปรับ",
        )
    else:
        words = both(
            "some are adjusted for inflation and others are not",
            "บางตัวเลขปรับตามเงินเฟ้อแล้ว แต่บางตัวเลขไม่ได้ปรับ",
        )
    return Mismatch("nominal", words)


def _phase(amounts: Sequence[Amount]) -> Mismatch | None:
    return _contrast(
        "phase",
        amounts,
        _phase_words,
        two=both("the phase of one is {} and of the other {}", "ตัวเลขหนึ่ง{} อีกตัวเลข{}"),
        many=both("their phases differ: {}", "ตัวเลขอยู่ในขั้นของงบต่างกัน ({})"),
    )


def _phase_words(amount: Amount) -> Words:
    if amount.phase == Phase.UNSTATED:
        return both("not stated", "ไม่ระบุขั้นของงบ")
    if amount.phase not in Phase.values:
        return both(f"“{amount.phase}”", f"เป็นขั้น “{amount.phase}”")
    phase = Phase(amount.phase)
    return both(f"“{phase.label}”", f"เป็นขั้น “{phase.th}”")


def _basis(amounts: Sequence[Amount]) -> Mismatch | None:
    if len({each.basis for each in amounts}) < 2:
        return None
    return _contrast(
        "basis",
        amounts,
        _basis_words,
        two=both("one is for {} and the other for {}", "ตัวเลขหนึ่งเป็นของ{} อีกตัวเลขเป็นของ{}"),
        many=both("they are for different kinds of year: {}", "ตัวเลขเป็นของปีต่างประเภทกัน คือ {}"),
    )


def _basis_words(amount: Amount) -> Words:
    if amount.basis != PeriodBasis.YEAR_UNKNOWN:
        return periods.in_words(amount) if amount.year is not None else _kind_of_year(amount.basis)
    doubt = both("{} (kind of year not stated)", "{} (ไม่ระบุว่าเป็นปีปฏิทินหรือปีงบประมาณ)")
    return filled(doubt, periods.in_words(amount))


def _kind_of_year(code: str) -> Words:
    if code not in PeriodBasis.values:
        return both(code, code)
    return both(f"a {str(PeriodBasis(code).label).lower()}", PeriodBasis(code).th)


def _period(formula: Formula, amounts: Sequence[Amount]) -> Mismatch | None:
    undated = [each for each in amounts if not periods.known(each)]
    if undated:
        names = listed(unlike(name for name, each in zip(told_apart(amounts), amounts, strict=True) if each in undated))
        return Mismatch("period", filled(both("no period is given for {}", "ไม่ระบุช่วงเวลาของ {}"), names))
    if formula in _SAME_PERIOD:
        return _one_period(amounts)
    return _in_order(formula, amounts[0], amounts[1])


def _one_period(amounts: Sequence[Amount]) -> Mismatch | None:
    if _kinds_of_year_differ(amounts):
        return None
    first = amounts[0]
    if all(periods.order(first, each) is Order.SAME for each in amounts[1:]):
        return None
    # Two periods within one year read the same until their days are said.
    years = unlike(periods.in_words(each) for each in amounts)
    by_day = len(years) < 2
    return _contrast(
        "period",
        amounts,
        lambda each: periods.in_words(each, to_the_day=by_day),
        two=both("one is for {} and the other for {}", "ตัวเลขหนึ่งเป็นของ{} อีกตัวเลขเป็นของ{}"),
        many=both("they are for different periods: {}", "ตัวเลขเป็นของช่วงเวลาต่างกัน คือ {}"),
    )


def _in_order(formula: Formula, later: Amount, earlier: Amount) -> Mismatch | None:
    if _kinds_of_year_differ((later, earlier)):
        return None
    order = periods.order(later, earlier)
    growing = formula in (Formula.GROWTH, Formula.COMPOUND_GROWTH)
    if order is Order.AFTER or (order is Order.SAME and not growing):
        return _uncounted(later, earlier) if formula is Formula.COMPOUND_GROWTH else None
    words = periods.in_words(later), periods.in_words(earlier)
    if order is Order.SAME:
        return Mismatch("period", filled(both("both are for {}", "ตัวเลขทั้งสองเป็นของ{} เหมือนกัน"), words[0]))
    if order is Order.BEFORE:
        backwards = both(
            "the figure that should be the later one is for {} and the other for {}",
            "ตัวเลขที่ควรเป็นของช่วงหลังเป็นของ{} ส่วนอีกตัวเลขเป็นของ{}",
        )
        return Mismatch("period", filled(backwards, *words))
    unclear = both(
        "it is not clear which period comes first, {} or {}",
        "ไม่ชัดเจนว่าช่วงเวลาใดมาก่อนระหว่าง{} กับ{}",
    )
    days = periods.in_words(later, to_the_day=True), periods.in_words(earlier, to_the_day=True)
    return Mismatch("period", filled(unclear, *days))


def _uncounted(later: Amount, earlier: Amount) -> Mismatch | None:
    if (periods.years_between(later, earlier) or 0) > 0:
        return None
    return Mismatch("period", both("the number of years between them is not known", "ไม่ทราบจำนวนปีที่ห่างกัน"))


def _kinds_of_year_differ(amounts: Sequence[Amount]) -> bool:
    """Whether fiscal and calendar years stand side by side: the kind then says it all; the numbers order nothing."""
    return {PeriodBasis.FISCAL_YEAR.value, PeriodBasis.CALENDAR_YEAR.value} <= {each.basis for each in amounts}
