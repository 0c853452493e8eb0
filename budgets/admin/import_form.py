"""What is asked for an import: which mapping, which file, and what the file itself does not say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect

from budgets.admin.base import RefusableForm
from budgets.importing.mapping.objects import SpecRefused
from budgets.importing.mapping.spec_reading import read_spec
from budgets.models.agency import Agency
from budgets.models.budget_line import BudgetLine

OWN_FIELDS = ("upload", "table", "agency", "period")


def _agency_field() -> forms.Field:
    widget = AutocompleteSelect(BudgetLine._meta.get_field("agency"), admin.site)
    return forms.ModelChoiceField(
        Agency.objects.all(), required=False, widget=widget, help_text="Only where the mapping asks whose money it is."
    )


class ImportForm(RefusableForm):
    """An import as it is asked for. A file is chosen again after a refusal: browsers do not send it twice."""

    upload = forms.FileField(
        label="File",
        help_text="CSV, XLSX or JSON, at most 200 MB; for a package its datapackage.json. Judged by its content. After "
        "a refusal, choose it again.",
    )
    table = forms.FileField(
        label="Table of the package", required=False, help_text="Only for a package: the CSV file that it describes."
    )
    period = forms.CharField(
        required=False, max_length=40, help_text="Only where the mapping asks for it, for example 2565 or 2014/2020."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the data set be that of the mapping."""
        super().__init__(*args, **kwargs)
        if "dataset" not in self.fields:  # only read
            return
        self.fields["agency"] = _agency_field()
        self.fields["dataset"].required = False
        self.fields[
            "dataset"
        ].help_text = (
            "The series that the file belongs to: a later file of it supersedes its amounts. Empty: the mapping’s name."
        )
        self.fields["dry_run"].initial = True
        self.fields["dry_run"].label = "Only try it"
        self.fields["dry_run"].help_text = "Report what the import would do, and store nothing."

    def clean(self) -> dict[str, Any]:
        """Say at the field what the mapping asks for, before the file is looked at."""
        data = super().clean()
        mapping = data.get("mapping")
        if mapping is None:
            return data
        try:
            wanted = read_spec(mapping.spec).given()
        except SpecRefused as refused:
            self.add_error("mapping", [str(fault) for fault in refused.faults])
            return data
        for name in ("agency", "period"):
            if name in wanted and not data.get(name) and name not in self.errors:
                self.add_error(name, f"The mapping asks for the {name}: say which.")
            elif name not in wanted and data.get(name):
                self.add_error(name, f"The mapping does not ask for the {name}: leave it empty.")
        return data

    def given(self) -> dict[str, str]:
        """What the mapping asks for, as imports keep it."""
        agency, period = self.cleaned_data.get("agency"), self.cleaned_data.get("period")
        answers = {"agency": agency.slug if agency else "", "period": (period or "").strip()}
        return {name: answer for name, answer in answers.items() if answer}
