"""The two forms of a look at a file: where it is and how it is written, and what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from budgets.importing.mapping.guessing import Choices, Meaning
from budgets.importing.mapping.samples import Sample
from budgets.importing.mapping.spec import CALENDARS, DUPLICATES
from budgets.vocabulary import PeriodBasis, Phase, Unit

_FOUND_OUT = "Empty: it is found out."
MEANINGS = [
    (Meaning.NOTHING, "— (left out)"),
    (Meaning.AGENCY, "Whose money: agency"),
    (Meaning.LINE, "What for: budget line"),
    (Meaning.PERIOD, "Period"),
    (Meaning.AMOUNT, "Amount"),
    (Meaning.ROW_ID, "Names the row in reports"),
]
_CALENDARS = {"auto": "found out from the number", "BE": "B.E. (2565)", "CE": "C.E. (2022)"}
_DUPLICATES = {
    "refuse": "refuse all of them: nobody can tell which is right",
    "add_up": "add them up",
    "number": "number them: “Item (2)”",
}


class LookForm(forms.Form):
    """A file to look at; what is left empty is found out from it."""

    file = forms.FileField(label="File", help_text="CSV, XLSX, JSON, or the datapackage.json of a data package.")
    table = forms.FileField(
        label="Table of the package", required=False, help_text="Only for a package: the CSV file that it describes."
    )
    header_rows = forms.CharField(
        label="Header rows", initial="1", max_length=40, help_text="Lines of the header, from 1: “1”, or “9, 10”."
    )
    first_row = forms.IntegerField(
        label="First row of data", required=False, min_value=1, help_text="Empty: below the header."
    )
    sheet = forms.CharField(
        label="Sheet", required=False, max_length=120, help_text="Or the resource of a package. Empty: the first."
    )
    records = forms.CharField(
        label="Records", required=False, max_length=200, help_text="Only for JSON: the path to the innermost list."
    )
    encoding = forms.CharField(label="Encoding", required=False, max_length=40, help_text=_FOUND_OUT)
    separator = forms.CharField(label="Separator", required=False, max_length=1, strip=False, help_text=_FOUND_OUT)

    def clean_header_rows(self) -> list[int]:
        """Read row numbers between commas."""
        parts = [part.strip() for part in str(self.cleaned_data["header_rows"]).split(",")]
        if not all(part.isascii() and part.isdecimal() and 0 < int(part) < 10_000 for part in parts):
            raise forms.ValidationError("Write row numbers from 1 with commas between them, for example 9, 10.")
        return [int(part) for part in parts]

    def clean(self) -> dict[str, Any]:
        """Refuse data within the header."""
        data = super().clean() or {}
        first, rows = data.get("first_row"), data.get("header_rows")
        if first and rows and first <= max(rows):
            self.add_error("first_row", "The first row of data stands in the header: write the row below it.")
        return data

    def layout(self) -> dict[str, Any]:
        """What was typed, as the layout of a mapping; what is found out is left out."""
        names = ("sheet", "records", "encoding", "separator", "first_row")
        typed = {name: value for name in names if (value := self.cleaned_data[name])}
        rows = self.cleaned_data["header_rows"]
        return typed if rows == [1] else {**typed, "header_rows": rows}


class MeaningsForm(forms.Form):
    """What each column means, and what holds for all rows."""

    basis = forms.ChoiceField(label="Kind of year", choices=PeriodBasis.choices, initial=PeriodBasis.FISCAL_YEAR)
    calendar = forms.ChoiceField(
        label="Years are written in", choices=[(each, _CALENDARS[each]) for each in CALENDARS], initial="auto"
    )
    phase = forms.ChoiceField(label="Phase of the amounts", choices=Phase.choices, initial=Phase.APPROVED)
    unit = forms.ChoiceField(label="Unit", choices=Unit.choices, initial=Unit.MONEY)
    currency = forms.CharField(label="Currency", required=False, max_length=3, initial="THB", help_text="ISO 4217.")
    smallest = forms.ChoiceField(
        label="Amounts are exact multiples of",
        required=False,
        choices=[("", "nothing: they may be rounded"), ("1", "1 (others are refused)"), ("0.01", "0.01")],
    )
    decimal_mark = forms.ChoiceField(
        label="Decimal mark",
        required=False,
        choices=[("", "each amount tells"), (".", "point: 1,234.50"), (",", "comma: 1.234,50")],
    )
    unknown_agency = forms.ChoiceField(
        label="Agencies that are not known",
        choices=[("refuse", "refuse their rows"), ("create", "create them")],
        initial="refuse",
    )
    duplicates = forms.ChoiceField(
        label="Rows about the same", choices=[(each, _DUPLICATES[each]) for each in DUPLICATES], initial="refuse"
    )
    lang = forms.CharField(label="Language of the names", max_length=3, initial="th", help_text="For example th, en.")

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        """Add a field for each column, with the guess chosen."""
        super().__init__(*args, **kwargs)
        self.sample = sample
        marks = {each.decimal_mark for each in sample.guesses if each.meaning is Meaning.AMOUNT}
        if len(marks) == 1:
            self.initial["decimal_mark"] = marks.pop()
        for place, (name, guess) in enumerate(zip(sample.header, sample.guesses, strict=True)):
            self.fields[f"column_{place}"] = forms.ChoiceField(label=name, choices=MEANINGS, initial=guess.meaning)

    def columns(self) -> list[tuple[BoundField, str]]:
        """The fields of the columns, each with examples."""
        return [(self[f"column_{place}"], self.sample.examples(place)) for place in range(len(self.sample.header))]

    def shared(self) -> list[BoundField]:
        """The fields for all rows."""
        return [self[name] for name in self.base_fields]

    def meanings(self) -> list[Meaning]:
        """What was chosen, column by column."""
        return [Meaning(self.cleaned_data[f"column_{place}"]) for place in range(len(self.sample.header))]

    def choices(self) -> Choices:
        """What was chosen for all rows."""
        return Choices(**{name: self.cleaned_data[name] for name in self.base_fields})
