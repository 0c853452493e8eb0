"""One door for all cells: their texts as numbers, years and units. Pure."""

from __future__ import annotations

from budgets.importing.cells.numerals import BadCell, DecimalMark, Number, decimal_mark_of, is_blank, read_number
from budgets.importing.cells.scales import Scale, header_scale
from budgets.importing.cells.years import Calendar, Period, read_year

__all__ = [
    "BadCell",
    "Calendar",
    "DecimalMark",
    "Number",
    "Period",
    "Scale",
    "decimal_mark_of",
    "header_scale",
    "is_blank",
    "read_number",
    "read_year",
]
