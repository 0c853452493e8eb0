"""Looking at a strange file: how it is read, what its columns may mean, and a mapping made of the answers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from budgets.admin.look_forms import LookForm, MeaningsForm
from budgets.importing.mapping.guessing import Guess, Meaning, made_mapping
from budgets.importing.mapping.objects import SpecFault, SpecRefused
from budgets.importing.mapping.packages import propose
from budgets.importing.mapping.samples import Sample, look_at
from budgets.importing.mapping.spec_reading import header_faults, read_spec
from budgets.importing.reading.layout import Layout, Unreadable
from budgets.importing.reading.tables import format_of
from budgets.importing.reading.uploads import DESCRIPTION, SUFFIXES, judge_upload, lay_out_package, write_to
from budgets.models.mapping import ColumnMapping

PROPOSED = "tamroi.proposed_mapping"
_LOOKED = "tamroi.looked_at"
_TEMPLATE = "admin/budgets/columnmapping/look.html"


class LooksAtFiles(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """Adds the page that looks at a file. Nothing is stored: what was seen stays in the session until the next look."""

    def get_urls(self) -> list[URLPattern]:
        """Put it beside the list of mappings."""
        view = self.admin_site.admin_view(self.look)
        return [path("look/", view, name="budgets_columnmapping_look"), *super().get_urls()]

    def look(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file, show it, and take the meanings of its columns to the form of a new mapping."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        mapping = _mapping(request)
        context: dict[str, Any] = {"mapping": mapping}
        form = LookForm(initial=_of_layout(mapping))
        if "_use" in request.POST:
            return self._use(request, context)
        if request.method == "POST":
            form = LookForm(request.POST, request.FILES)
            if form.is_valid():
                try:
                    context |= _looked(request, form, mapping)
                except (Unreadable, SpecRefused) as refusal:
                    form.add_error(None, str(refusal))
        return self._page(request, {**context, "form": form})

    def _use(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Make the mapping; when something is missing, the same page says what."""
        seen = request.session.get(_LOOKED)
        if seen is None:
            return HttpResponseRedirect(request.path)
        if seen["proposal"]:
            return _to_new_mapping(request, seen["proposal"])
        sample = _sample(seen)
        meanings = MeaningsForm(request.POST, sample=sample)
        if meanings.is_valid():
            made = made_mapping(seen["layout"], sample.header, meanings.meanings(), meanings.choices())
            try:
                read_spec(made)
            except SpecRefused as refused:
                for fault in refused.faults:
                    meanings.add_error(None, str(fault))
            else:
                return _to_new_mapping(request, made)
        form = LookForm(initial=_of_layout(None))
        return self._page(request, {**context, "form": form, "sample": sample, "meanings": meanings})

    def _page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        title = "Look at a budget file"
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, _TEMPLATE, shared | context)


def proposed(request: HttpRequest) -> Any:
    """The mapping that the last look gave, or None."""
    return request.session.get(PROPOSED)


def _to_new_mapping(request: HttpRequest, made: Any) -> HttpResponse:
    request.session[PROPOSED] = made
    return HttpResponseRedirect(f"{reverse('admin:budgets_columnmapping_add')}?proposed=1")


def _mapping(request: HttpRequest) -> ColumnMapping | None:
    key = request.GET.get("mapping", "")
    return ColumnMapping.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None


def _of_layout(mapping: ColumnMapping | None) -> dict[str, Any]:
    layout = mapping.spec.get("layout", {}) if mapping is not None and isinstance(mapping.spec, dict) else {}
    rows = layout.get("header_rows", [1]) if isinstance(layout, dict) else [1]
    kept = {name: layout.get(name) for name in ("sheet", "records", "encoding", "separator", "first_row")}
    return {**kept, "header_rows": ", ".join(map(str, rows))}


def _looked(request: HttpRequest, form: LookForm, mapping: ColumnMapping | None) -> dict[str, Any]:
    """Read the upload as the form says. Raises Unreadable, or SpecRefused for a stored mapping with faults."""
    with tempfile.TemporaryDirectory() as name:
        layout, written = form.layout(), Path(name)
        file, table = form.cleaned_data["file"], form.cleaned_data["table"]
        described = table is not None or str(file.name).casefold().endswith(DESCRIPTION)
        if described:
            written = lay_out_package(written, file, table, layout.get("sheet"))
            layout = {"format": "package"} | layout
        else:
            layout = {"format": _format(written, file)} | layout
            written /= f"budget{SUFFIXES[layout['format']]}"
        sample = look_at(written, _layout(layout))
        proposal = propose(written, layout.get("sheet")) if described else None
    notes = (*sample.notes, *(proposal.notes if proposal else ()))
    seen: dict[str, Any] = {
        "layout": layout,
        "header": sample.header,
        "rows": sample.rows,
        "notes": notes,
        "guesses": [(each.meaning.value, each.decimal_mark) for each in sample.guesses],
        "proposal": proposal.mapping if proposal else None,
    }
    request.session[_LOOKED] = seen
    shown: dict[str, Any] = {"sample": sample, "notes": notes, "layout": layout}
    if mapping is not None:
        shown["fits"] = _faults(mapping, sample.header)
        shown["is_checked"] = True
    if proposal is not None:
        shown["proposal"] = json.dumps(proposal.mapping, ensure_ascii=False, indent=2)
    else:
        shown["meanings"] = MeaningsForm(sample=sample)
    return shown


def _format(folder: Path, file: Any) -> str:
    """Write the upload into the folder under a name of ours and tell its format. Raises Unreadable."""
    suffix = Path(str(file.name)).suffix.casefold()
    first = folder / f"budget{suffix if suffix in ('.json', '.jsonl', '.ndjson') else '.csv'}"
    write_to(file, first)
    found: str = format_of(first)
    judge_upload(file, found)
    target = folder / f"budget{SUFFIXES[found]}"
    if first != target:
        first.rename(target)
    return found


def _layout(values: dict[str, Any]) -> Layout:
    return Layout(**{**values, "header_rows": tuple(values.get("header_rows", (1,)))})


def _faults(mapping: ColumnMapping, header: Sequence[str]) -> list[SpecFault]:
    """What of a stored mapping does not fit the columns of the file."""
    return header_faults(read_spec(mapping.spec), header)


def _sample(seen: dict[str, Any]) -> Sample:
    """The sample as the session keeps it."""
    return Sample(
        header=tuple(seen["header"]),
        rows=tuple((number, tuple(cells)) for number, cells in seen["rows"]),
        notes=tuple(seen["notes"]),
        guesses=tuple(Guess(Meaning(meaning), mark) for meaning, mark in seen["guesses"]),
    )
