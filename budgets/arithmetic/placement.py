"""Where the figures of one sum stand in the tree of budget lines: the same line, a part of it, or apart."""

from __future__ import annotations

from collections.abc import Sequence

from budgets.arithmetic.naming import told_apart
from budgets.arithmetic.operands import Amount, Mismatch, Words
from budgets.arithmetic.phrases import both, chained, filled, listed, quoted, unlike
from budgets.vocabulary import Formula

OVERLAP = "overlap"

_UNKNOWN_PAIR = both(
    "it is not known whether one of {} and {} contains the other",
    "ไม่ทราบว่า {} กับ {} มีส่วนที่ซ้อนกันหรือไม่",
)
_UNKNOWN_MANY = both(
    "it is not known which budget lines {} belong to, so that one may contain another",
    "ไม่ทราบว่า {} อยู่ในรายการงบประมาณใด จึงอาจมีส่วนที่ซ้อนกัน",
)


def placement(formula: Formula, amounts: Sequence[Amount]) -> Mismatch | None:
    """Why the figures stand in the wrong places for the formula, or None.

    A sum needs lines of which none contains another, a share a part below its whole, everything else one and the same
    line (or, without lines, one agency and one label).
    """
    if formula is Formula.SUM:
        return _apart(amounts)
    if formula is Formula.SHARE:
        return _below(amounts[0], amounts[1])
    return _same(amounts[0], amounts[1])


def _same(one: Amount, two: Amount) -> Mismatch | None:
    if one.line is not None and two.line is not None:
        return (
            None
            if one.line == two.line
            else _line("{} and {} are different budget lines", "รายการ {} กับ {} เป็นคนละรายการงบประมาณ", one, two)
        )
    alike = one.agency is not None and one.agency == two.agency and one.label == two.label
    if one.line is None and two.line is None and alike:
        return None
    if unlike((quoted(one), quoted(two))) == [quoted(one)]:
        return _line(
            "it is not known whether both figures called {} are for the same budget line",
            "ไม่ทราบว่าตัวเลขทั้งสองของ {} เป็นรายการงบประมาณเดียวกันหรือไม่",
            one,
        )
    return _line(
        "it is not known whether {} and {} are the same budget line",
        "ไม่ทราบว่า {} กับ {} เป็นรายการงบประมาณเดียวกันหรือไม่",
        one,
        two,
    )


def _below(part: Amount, whole: Amount) -> Mismatch | None:
    if part.line is None or whole.line is None:
        return _line(
            "it is not known whether {} is a part of {}",
            "ไม่ทราบว่า {} เป็นส่วนหนึ่งของ {} หรือไม่",
            part,
            whole,
        )
    if whole.line in part.ancestors:
        return None
    if part.line == whole.line:
        return _line("{} and {} are the same budget line", "รายการ {} กับ {} เป็นรายการงบประมาณเดียวกัน", part, whole)
    return _line("{} does not stand below {} in the budget", "รายการ {} ไม่ได้อยู่ภายใต้ {} ในงบประมาณ", part, whole)


def _apart(amounts: Sequence[Amount]) -> Mismatch | None:
    unplaced = [each for each in amounts if each.line is None]
    clauses = _overlaps([each for each in amounts if each.line is not None])
    if unplaced and len(amounts) == 2:
        clauses.append(filled(_UNKNOWN_PAIR, *told_apart(amounts)))
    elif unplaced:
        clauses.append(filled(_UNKNOWN_MANY, listed(unlike(told_apart(unplaced)))))
    return Mismatch(OVERLAP, chained(clauses)) if clauses else None


def _overlaps(placed: Sequence[Amount]) -> list[Words]:
    first: dict[str | None, Amount] = {}
    clauses = []
    for each in placed:
        if first.setdefault(each.line, each) is not each:
            same = both("{} and {} are the same budget line", "รายการ {} กับ {} เป็นรายการงบประมาณเดียวกัน")
            clauses.append(filled(same, *told_apart((first[each.line], each))))
    within = both("{} is a part of {}", "รายการ {} เป็นส่วนหนึ่งของ {}")
    for each in placed:
        above = [first[line] for line in each.ancestors if line in first]
        clauses += [filled(within, *told_apart((each, whole))) for whole in above]
    return clauses


def _line(english: str, thai: str, *amounts: Amount) -> Mismatch:
    return Mismatch("line", filled(both(english, thai), *told_apart(amounts)))
