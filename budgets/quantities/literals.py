"""Numbers in digits, with the separators of many countries: 1,234.56, 1.234.567,89, 1 234 567, 1'234, "
"12,34,567. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 20

# Ordinary spaces group digits only twice or more ("1 234 567"): once is as often two numbers side by side.
LITERAL = (
    r"[0-9]{1,3}(?:\u00a0[0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]{1,3}(?: [0-9]{3}){2,}(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]+(?:[.,'][0-9]+)*"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?P<mark>[,.' \u00a0])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
_LAKHS = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Literal:
    """A number in digits: its value and the place of its last printed digit (1/100 for "4.00")."""

    value: Fraction
    place: Fraction


def read_literal(written: str, *, dot_groups: bool = False) -> Literal | None:
    """The number that folded digits and separators stand for; None when they are no number ("2.1.3", "33,39,40").

    A single dot before three digits is a decimal point unless `dot_groups` ("€1.234").
    """
    if sum(mark.isdigit() for mark in written) > LONGEST:
        return None
    whole, point, rest = _split(written, dot_groups=dot_groups)
    if whole and not _is_whole(whole):
        return None
    digits = "".join(mark for mark in whole if mark.isdigit())
    if point and not rest.isdigit():
        return None
    place = Fraction(1, 10 ** len(rest))
    return Literal(int(digits + rest) * place, place)


def _split(written: str, *, dot_groups: bool) -> tuple[str, str, str]:
    """The whole part, the decimal mark and the decimals."""
    last = max(written.rfind(","), written.rfind("."))
    if last < 0:
        return written, "", ""
    mark, head, tail = written[last], written[:last], written[last + 1 :]
    if mark in head or _groups(head, mark, tail, dot_groups=dot_groups):
        return written, "", ""
    return head, mark, tail


def _groups(head: str, mark: str, tail: str, *, dot_groups: bool) -> bool:
    """Whether the last mark groups thousands and is no decimal mark."""
    if len(tail) != 3 or len(head) > 3 or head.startswith("0") or not head.isdigit():
        return False
    return mark == "," or dot_groups


def _is_whole(whole: str) -> bool:
    return whole.isdigit() or bool(_GROUPED.fullmatch(whole) or _LAKHS.fullmatch(whole))
