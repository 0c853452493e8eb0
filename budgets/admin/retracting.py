"""Taking a figure back: one question, why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from budgets.admin.base import refused_not_cut, staff
from budgets.figures import FigureRefused, retract_figure
from budgets.models.figure import Figure


class RetractionForm(forms.Form):
    """Why the figure is taken back."""

    reason = forms.CharField(
        label="Why it is taken back",
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="For reviewers: readers see that the figure was taken back, not why.",
    )


class RetractsFigures(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """Adds the page on which a figure is retracted."""

    def get_urls(self) -> list[URLPattern]:
        """Put it under the figure."""
        view = self.admin_site.admin_view(self.retract)
        return [path("<int:pk>/retract/", view, name="budgets_figure_retract"), *super().get_urls()]

    def retract(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then call the verb; a refusal keeps what was typed."""
        figure = Figure.objects.filter(pk=pk).first()
        if figure is None:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RetractionForm(request.POST or None)
        refused_not_cut(form.fields["reason"])
        if request.method == "POST" and form.is_valid():
            try:
                retract_figure(figure=figure, reason=form.cleaned_data["reason"], by=staff(request), now=timezone.now())
            except FigureRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "The figure was retracted. What rests on it is computed again.")
                return HttpResponseRedirect(reverse("admin:budgets_figure_change", args=[pk]))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": figure,
            "title": "Retract a figure",
            "form": form,
        }
        return TemplateResponse(request, "admin/budgets/figure/retract.html", context)
