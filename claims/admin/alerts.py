"""“What I am told of”: a page of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from budgets.admin.base import staff
from claims.alerting.preferences import Wishes, WishRefused, choose_alerts
from claims.asking.sending import mail_problem
from claims.models.desk import AlertPreference
from claims.outbound import configured
from ledger.admin import ReadOnlyAdmin


class WishForm(forms.Form):
    """The choices."""

    new_replies = forms.BooleanField(label="A new reply came in", required=False)
    lost_quotes = forms.BooleanField(label="A quote was lost", required=False)
    digest = forms.BooleanField(label="What waits for me, once per working day", required=False)
    webhook_url = forms.URLField(
        label="Post alerts to this address as well",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="https only. Each alert is posted as JSON, signed by Standard Webhooks 1.0; empty: e-mail alone.",
    )


@admin.register(AlertPreference)
class AlertPreferenceAdmin(ReadOnlyAdmin):
    """One page: one's own."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the menu; the desk links to it."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody reads those of others."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The page."""
        view = self.admin_site.admin_view(self.mine_view)
        return [path("mine/", view, name="claims_alertpreference_mine"), *super().get_urls()]

    def mine_view(self, request: HttpRequest) -> HttpResponse:
        """Show what one is told of, or change it."""
        user = staff(request)
        kept = AlertPreference.objects.filter(user=user).first() or AlertPreference(user=user)
        first = {name: getattr(kept, name) for name in WishForm.base_fields}
        form = WishForm(request.POST or None, initial=first)
        if request.method == "POST" and form.is_valid() and self._chosen(request, form):
            return HttpResponseRedirect(reverse("admin:claims_alertpreference_mine"))
        context = {
            **self.admin_site.each_context(request),
            "title": "What I am told of",
            "form": form,
            "kept": kept,
            "hour": settings.DIGEST_HOUR,
            "has_mail": not mail_problem(),
        }
        return TemplateResponse(request, "admin/desk/alerts.html", context)

    def _chosen(self, request: HttpRequest, form: WishForm) -> bool:
        """Whether it was stored; else the form says why not."""
        try:
            choose_alerts(wishes=Wishes(**form.cleaned_data), policy=configured.policy(), by=staff(request))
        except WishRefused as refused:
            form.add_error("webhook_url", str(refused))
            return False
        messages.success(request, "Kept.")
        return True
