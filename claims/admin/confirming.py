"""A button on a row's page that leads to a page of its own: what will happen, what is asked, and one POST to a verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from budgets.admin.base import VerbAdmin, reasons_of

if TYPE_CHECKING:
    _Page = VerbAdmin
else:
    _Page = object


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done to a row after a second look. `explained` says what follows from it."""

    name: str
    label: str
    explained: str
    done: str
    form: Callable[[Any], forms.Form] = forms.Form


class Confirms(_Page):
    """Adds the button and its page. A subclass says who may, and which verb it is."""

    change_form_template = "admin/claims/confirmable.html"
    step: ClassVar[Step]

    def may_step(self, request: HttpRequest, row: Any) -> bool:
        """Whether it is theirs to do; whether it is possible, the verb says."""
        raise NotImplementedError

    def offers_step(self, row: Any) -> bool:
        """Whether there is anything left to do."""
        return True

    def carry_out(self, request: HttpRequest, row: Any, said: dict[str, Any]) -> None:
        """Call the verb with what was asked for; what it raises stands in `refusals`."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view = self.admin_site.admin_view(self.step_view)
        return [path(f"<int:key>/{self.step.name}/", view, name=self._name), *super().get_urls()]

    @property
    def _name(self) -> str:
        return f"claims_{self.opts.model_name}_{self.step.name}"

    def step_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask; then do it, or come back with why not."""
        row = self.get_object(request, str(key))
        if row is None:
            raise Http404
        if not self.may_step(request, row):
            raise PermissionDenied
        form = self.step.form(request.POST if request.method == "POST" else None)
        back = reverse(f"admin:claims_{self.opts.model_name}_change", args=[key])
        if request.method == "POST" and form.is_valid():
            try:
                self.carry_out(request, row, form.cleaned_data)
            except self.refusals as refusal:
                for reason in reasons_of(refusal):
                    form.add_error(None, reason)
            else:
                messages.success(request, self.step.done)
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": self.step.label,
            "step": self.step,
            "form": form,
            "back": back,
        }
        return TemplateResponse(request, "admin/claims/confirm.html", context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer the button to those who may."""
        row = context.get("original")
        if row is not None and self.offers_step(row) and self.may_step(request, row):
            context |= {"step": self.step, "step_url": reverse(f"admin:{self._name}", args=[row.pk])}
        return super().render_change_form(request, context, *args, **kwargs)
