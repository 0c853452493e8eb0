"""Reading a mapping's JSON, and holding it against the header of a file: every fault at once. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from budgets.importing.cells import header_scale
from budgets.importing.mapping import spec as words
from budgets.importing.mapping.objects import JsonObject, SpecFault, SpecRefused, listed, nearest
from budgets.importing.mapping.spec import (
    AgencySpec,
    CellSpec,
    LineSpec,
    MeasureSpec,
    PeriodSpec,
    Spec,
    TotalSpec,
    named_columns,
)
from budgets.importing.reading.layout import Format, Layout
from budgets.vocabulary import Unit

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_MARKS = (".", ",")


def read_spec(value: object) -> Spec:
    """Return the mapping that parsed JSON says; raise `SpecRefused` with every fault, unknown keys among them."""
    faults: list[SpecFault] = []
    root = JsonObject(value, "", faults)
    measures = _measures(root)
    spec = Spec(
        layout=_layout(root),
        agency=_agency(root),
        line=_line(root),
        period=_own_period(root, needed=not (measures and all(measure.period for measure in measures))) or PeriodSpec(),
        measures=measures,
        skip=listed(root.children("skip"), _cells),
        totals=listed(root.children("totals"), _total),
        duplicates=root.choice("duplicates", words.DUPLICATES, "refuse"),
        unknown_agency=root.choice("unknown_agency", words.UNKNOWN_AGENCY, "refuse"),
        lang=_language(root),
        row_id=root.names("row_id"),
    )
    root.close()
    _refuse_same_figures(spec, root)
    _refuse_unknown_measures(spec, root)
    if faults:
        raise SpecRefused(faults)
    return spec


def header_faults(spec: Spec, header: Sequence[str]) -> list[SpecFault]:
    """Return a fault per column that the mapping names and the header lacks, or has more than once."""
    often = Counter(header)
    found = [fault for place in range(len(spec.measures)) if (fault := _scale_fault(spec, place))]
    for path, column in named_columns(spec):
        if often[column] == 1:
            continue
        if often[column] > 1:
            problem = f"The file has {often[column]} columns called “{column}”."
            remedy = "Give each its own name in the file."
        else:
            like = nearest(column, header)
            problem = f"The file has no column “{column}”."
            remedy = f"Did you mean “{like}”?" if like else f"It has: {_some(header)}."
        found.append(SpecFault(path, problem, remedy))
    return found


def _scale_fault(spec: Spec, place: int) -> SpecFault | None:
    """A unit that should stand in the header, and does not, or is another one."""
    measure = spec.measures[place]
    if measure.scale is not None:
        return None
    stated = header_scale(measure.column)
    path = f"measures[{place}].scale"
    if stated is None:
        return SpecFault(path, f"“{measure.column}” states no unit.", 'Write the scale, for example "1000000".')
    if stated.currency and stated.currency != measure.currency:
        return SpecFault(path, f"“{measure.column}” is in {stated.currency}.", "Correct the currency of the mapping.")
    return None


def _some(header: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in header[:30])
    return f"{shown} and {len(header) - 30} more" if len(header) > 30 else shown or "no column at all"


def _layout(root: JsonObject) -> Layout:
    layout = root.child("layout")
    if layout is None:
        root.fault("layout", "The mapping does not say what kind of file it reads.", 'Write {"format": "csv"}.')
        return Layout("csv")
    form = layout.needed("format", words.FORMATS, "The format is missing.")
    read = Layout(
        format=cast(Format, form),
        **{key: layout.text(key) or None for key in words.LAYOUT_TEXTS},
        header_rows=layout.wholes("header_rows") if layout.has("header_rows") else (1,),
        first_row=layout.whole("first_row"),
        last_row=layout.whole("last_row"),
    )
    if read.first_row and read.last_row and read.first_row > read.last_row:
        layout.fault("last_row", "The last row comes before the first.", "Swap them, or leave one out.")
    if read.first_row and read.header_rows and read.first_row <= max(read.header_rows):
        layout.fault("first_row", "The first row of data stands in the header.", "Write the row below the header.")
    layout.close()
    return read


def _agency(root: JsonObject) -> AgencySpec:
    agency = root.child("agency")
    remedy = 'Write {"columns": ["Ministry"]}, {"fixed": "the-slug"} or {"given": true}.'
    if agency is None:
        root.fault("agency", "The mapping does not say whose money it is.", remedy)
        return AgencySpec()
    agency.one_of(("columns", "fixed", "given"), remedy)
    read = AgencySpec(agency.names("columns"), agency.text("fixed"), agency.flag("given"))
    agency.close()
    return read


def _line(root: JsonObject) -> LineSpec:
    line = root.child("line")
    remedy = 'Write {"columns": ["Plan", "Item"]}, from general to particular.'
    if line is None:
        root.fault("line", "The mapping does not say what the money is for.", remedy)
        return LineSpec()
    read = LineSpec(line.names("columns"), line.names("fixed"))
    if not (read.columns or read.fixed):
        line.fault("", "No column and no name is given.", remedy)
    line.close()
    return read


def _own_period(owner: JsonObject, *, needed: bool) -> PeriodSpec | None:
    period = owner.child("period")
    remedy = 'Write {"column": "Year"}, {"fixed": "2565"} or {"given": true}, each with "basis".'
    if period is None:
        if needed:
            owner.fault("period", "The mapping does not say which period the money is for.", remedy)
        return None
    period.one_of(("column", "fixed", "given"), remedy)
    read = PeriodSpec(
        basis=period.needed("basis", words.BASES, "The kind of year is missing."),
        calendar=period.choice("calendar", words.CALENDARS, "auto"),
        column=period.text("column"),
        fixed=period.text("fixed"),
        given=period.flag("given"),
    )
    period.close()
    return read


def _measures(root: JsonObject) -> tuple[MeasureSpec, ...]:
    if not root.has("measures") or root.values["measures"] == []:
        root.fault("measures", "No column of amounts is named.", 'Write [{"column": "Amount", …}].')
        return ()
    return listed(root.children("measures"), _measure)


def _measure(measure: JsonObject) -> MeasureSpec:
    unit = measure.needed("unit", words.UNITS, "The unit is missing.")
    currency = measure.text("currency")
    from_header = measure.has("scale") and measure.values["scale"] == words.FROM_HEADER
    read = MeasureSpec(
        column=_column(measure),
        line=measure.text("line"),
        phase=measure.needed("phase", words.PHASES, "The phase is missing."),
        unit=unit,
        currency=currency,
        scale=None if from_header else measure.amount("scale") or Decimal(1),
        smallest=measure.amount("smallest"),
        decimal_mark=measure.choice("decimal_mark", _MARKS) or None,
        period=_own_period(measure, needed=False),
    )
    _fault_currency(measure, read)
    return read


def _fault_currency(measure: JsonObject, read: MeasureSpec) -> None:
    if read.unit == Unit.MONEY and not _CURRENCY.fullmatch(read.currency):
        measure.fault("currency", "Money needs its currency.", "Write its three letters, for example THB.")
    elif read.unit not in ("", Unit.MONEY) and read.currency:
        measure.fault("currency", "Only money has a currency.", "Leave it out.")


def _column(owner: JsonObject) -> str:
    if not owner.has("column"):
        owner.fault("column", "The column is missing.", "Write its name as the header has it.")
    return owner.text("column")


def _cells(owner: JsonObject) -> CellSpec:
    values = owner.values.get("values")
    owner.known.add("values")
    if not isinstance(values, list) or not values or not all(isinstance(each, str) for each in values):
        owner.fault("values", "This is not a list of texts.", 'Write ["Total", "Sum"]; "" is a blank cell.')
        values = []
    return CellSpec(_column(owner), tuple(values))


def _total(total: JsonObject) -> TotalSpec:
    total.one_of(("where", "column"), 'Write "where" for rows of totals, or "column" for a column of them.')
    read = TotalSpec(
        where=listed(total.children("where", alone=True), _cells),
        column=total.text("column"),
        measure=total.text("measure"),
        over=total.names("over"),
    )
    if not isinstance(total.values.get("over"), list):
        total.fault("over", "It is missing what each total is for.", "Name the columns; [] is the whole file.")
    return read


def _language(root: JsonObject) -> str:
    lang = root.text("lang", "en")
    if not _LANGUAGE.fullmatch(lang):
        root.fault("lang", f"“{lang}” is not a language code.", "Write two or three small letters, for example th.")
    return lang


def _refuse_same_figures(spec: Spec, root: JsonObject) -> None:
    """Two columns that would give the same figure twice in every row."""
    seen: dict[tuple[object, ...], int] = {}
    for place, measure in enumerate(spec.measures):
        key = (measure.line, measure.phase, measure.unit, measure.currency, measure.period)
        first = seen.setdefault(key, place)
        if first != place:
            root.fault(
                f"measures[{place}]",
                f"Its figures would be the same as those of measures[{first}].",
                "Give one of them its own phase, period, or “line” (a name below the line).",
            )


def _refuse_unknown_measures(spec: Spec, root: JsonObject) -> None:
    columns = [measure.column for measure in spec.measures]
    for place, total in enumerate(spec.totals):
        if total.measure and total.measure not in columns:
            root.fault(
                f"totals[{place}].measure",
                f"“{total.measure}” is not a column of amounts.",
                f"Write one of: {', '.join(columns)}.",
            )
