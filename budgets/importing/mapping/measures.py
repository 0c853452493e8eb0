"""Amounts of one column: from a cell to a value with its interval. Pure; Decimal only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from budgets.importing.cells import BadCell, Number, header_scale, read_number
from budgets.importing.mapping.spec import MeasureSpec
from budgets.vocabulary import Unit

BEYOND = Decimal(10) ** 18
_SMALLEST_KEPT = Decimal("0.000001")
_HALF = Decimal("0.5")
_ONE = Decimal(1)
_NOTHING = Decimal(0)

TOO_LARGE = "The amount has more than 18 digits before the decimal mark: is this column an amount?"
TOO_FINE = "The amount has more than six decimal places: round it in the file, as the document prints it."
OTHER_UNIT = "The cell says {found} where the mapping says {unit}: correct whichever is wrong."
NOT_WHOLE = "The amount is not a whole multiple of {smallest} {unit}: look it up in the document."


class Amount(NamedTuple):
    """A value in base units; `half` is half a unit of its last printed digit, or zero for an exact amount."""

    value: Decimal
    half: Decimal
    digits: int

    @property
    def exact(self) -> bool:
        """Whether the amount stands for exactly one value."""
        return not self.half

    @property
    def low(self) -> Decimal:
        """The smallest value it can stand for, in the six decimal places that are kept."""
        return (self.value - self.half).quantize(_SMALLEST_KEPT, ROUND_FLOOR) if self.half else self.value

    @property
    def high(self) -> Decimal:
        """Where the values end that it can stand for; the end belongs to an exact amount only."""
        return (self.value + self.half).quantize(_SMALLEST_KEPT, ROUND_CEILING) if self.half else self.value


@dataclass(frozen=True, slots=True)
class AmountReader:
    """Reads the cells of one column of amounts. `place` is the column's, from 0; `scale` turns into base units."""

    measure: MeasureSpec
    place: int
    scale: Decimal

    def read(self, cell: str | None) -> Amount | None:
        """Return the amount, or None for a blank cell; raise BadCell with a sentence.

        Amounts of a scale, or with decimals printed and no `smallest` unit stated, are as exact as their last digit.
        """
        if not cell:
            return None
        number = read_number(cell, decimal_mark=self.measure.decimal_mark)
        if number is None:
            return None
        if number.currency or number.percent:
            self._refuse_other_unit(number)
        value = number.value * self.scale
        if not -BEYOND < value < BEYOND:
            raise BadCell(TOO_LARGE)
        smallest = self.measure.smallest
        if smallest is not None and value % smallest:
            raise BadCell(NOT_WHOLE.format(smallest=smallest, unit=self.measure.currency or self.measure.unit))
        amount = Amount(_kept(value), self._half(number), number.digits)
        if amount.half and not (amount.low > -BEYOND and amount.high < BEYOND):
            raise BadCell(TOO_LARGE)
        return amount

    def _half(self, number: Number) -> Decimal:
        # Fewer digits than places before the mark: printed with an exponent, as spreadsheets cut long numbers.
        unseen = number.value.adjusted() + 1 - number.digits
        if unseen > 0 and number.value:
            return _HALF.scaleb(unseen) * self.scale
        if self.scale == _ONE and (number.decimals == 0 or self.measure.smallest is not None):
            return _NOTHING
        return _HALF.scaleb(-number.decimals) * self.scale

    def _refuse_other_unit(self, number: Number) -> None:
        unit = self.measure.currency or self.measure.unit
        if number.percent and self.measure.unit != Unit.PERCENT:
            raise BadCell(OTHER_UNIT.format(found="percent", unit=unit))
        if number.currency and number.currency != self.measure.currency:
            raise BadCell(OTHER_UNIT.format(found=number.currency, unit=unit))


def amount_reader(measure: MeasureSpec, header: dict[str, int]) -> AmountReader:
    """Return the reader of a column; a scale that stands in the header is read from it, and is 1 if none does."""
    scale = measure.scale
    if scale is None:
        stated = header_scale(measure.column)
        scale = stated.factor if stated else _ONE
    return AmountReader(measure, header[measure.column], scale)


def _kept(value: Decimal) -> Decimal:
    if value.quantize(_SMALLEST_KEPT) != value:
        raise BadCell(TOO_FINE)
    return value
