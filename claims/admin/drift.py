"""A reprint or later statement beside a claim: pasted, compared, and nothing of it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from budgets.admin.base import Paragraphs, refused_not_cut
from claims.drift.difference import Kind
from claims.drift.of_claim import drift_of

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

MOST_CHARACTERS = 50_000
AROUND = 40
_KINDS = {
    Kind.UNIT: "Unit",
    Kind.MAGNITUDE: "Amount",
    Kind.PERIOD: "Period",
    Kind.NAME: "Name",
    Kind.ROLE: "Title",
    Kind.HEDGE: "Hedge",
    Kind.MISSING: "Missing",
}


class DriftForm(forms.Form):
    """The text to compare."""

    text = Paragraphs(
        label="Text",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
        help_text=f"A reprint, translation or later statement, at most {MOST_CHARACTERS:,} characters. It is not kept.",
    )


class ComparesTexts(_Page):
    """Adds the page that compares a text with a claim. It writes nothing."""

    def get_urls(self) -> list[URLPattern]:
        """Put it under the claim."""
        view = self.admin_site.admin_view(self.drift_view)
        return [path("<int:key>/drift/", view, name="claims_claim_drift"), *super().get_urls()]

    def drift_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask for the text, then list in what it differs."""
        claim = self.get_object(request, str(key))
        if claim is None:
            raise Http404
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        form = DriftForm(request.POST or None)
        refused_not_cut(form.fields["text"])
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": claim,
            "title": "Compare a text with this claim",
            "form": form,
        }
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            context |= {"compared": True, "differences": [_row(each, text) for each in drift_of(claim, text)]}
        return TemplateResponse(request, "admin/claims/claim/drift.html", context)


def _row(difference: Any, text: str) -> dict[str, str]:
    """A difference with what stands around it in the text."""
    start, end = difference.start, difference.end
    if start < 0:
        before = after = ""
    else:
        before = ("…" if start > AROUND else "") + text[max(start - AROUND, 0) : start]
        after = text[end : end + AROUND] + ("…" if end + AROUND < len(text) else "")
    return {
        "kind": _KINDS[difference.kind],
        "claimed": difference.claimed,
        "before": before,
        "found": difference.found,
        "after": after,
        "sentence": difference.sentence,
    }
