"""One-time links: made for a request, revoked, and never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from budgets.admin.base import RefusableForm, VerbAdmin, reasons_of, staff
from claims.asking.deadline import end_of
from claims.asking.letters import LetterRefused
from claims.asking.links import make_link, revoke_link, state_of, url_of
from claims.asking.words import LinkState
from claims.models.asking import ReplyLink
from claims.vocabulary import Language


class LinkForm(RefusableForm):
    """For which request, in which language, and until when."""

    until = forms.DateField(label="Last day", help_text="YYYY-MM-DD, in the Common Era; to its end in Bangkok.")
    lang = forms.ChoiceField(label="Language of the page", choices=Language.choices)


@admin.register(ReplyLink)
class ReplyLinkAdmin(VerbAdmin):
    """Makes through `make_link`; afterwards a link can only be revoked."""

    form = LinkForm
    refusals = (LetterRefused,)
    change_form_template = "admin/claims/replylink/change_form.html"
    list_display = ["request", "state", "made_by", "made_at", "expires_at", "used_at", "revoked_at"]
    list_select_related = ["request__office", "made_by"]
    search_fields = ["request__office__title_en", "request__claim__heading_en", "request__claim__slug"]
    autocomplete_fields = ["request"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The token's hash is of no use to anybody."""
        asked = ["request", ("until", "lang")]
        return asked if obj is None else ["request", "made_by", "made_at", "expires_at", "used_at", "revoked_at"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The day and the language are the form's own."""
        kwargs["fields"] = ["request"] if obj is None else []
        return super().get_form(request, obj, change=change, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was made stays as it was made."""
        return False

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Make the link, and show its address this once."""
        data, by, now = form.cleaned_data, staff(request), timezone.now()
        made = make_link(request=data["request"], expires_at=end_of(data["until"]), by=by, now=now)
        form.instance.pk = made.link.pk
        messages.warning(request, f"Copy the address now, it is not shown again: {url_of(made.token, data['lang'])}")

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Stay with it, for the address to be copied."""
        return HttpResponseRedirect(reverse("admin:claims_replylink_change", args=[obj.pk]))

    def get_urls(self) -> list[URLPattern]:
        """Add the button."""
        view = self.admin_site.admin_view(require_POST(self.revoke_view))
        return [path("<int:key>/revoke/", view, name="claims_replylink_revoke"), *super().get_urls()]

    def revoke_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """End a link before its day."""
        link = self.get_object(request, str(key))
        if link is None:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        try:
            revoke_link(link=link, by=staff(request), now=timezone.now())
        except LetterRefused as refusal:
            for reason in reasons_of(refusal):
                messages.error(request, reason)
        else:
            messages.success(request, "Revoked. Whoever opens it reads that it was cancelled.")
        return HttpResponseRedirect(reverse("admin:claims_replylink_change", args=[key]))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer to revoke what is open."""
        link = context.get("original")
        if link is not None:
            is_open = state_of(link, now=timezone.now()) is LinkState.OPEN
            context["may_revoke"] = is_open and self.has_add_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="state")
    def state(self, link: ReplyLink) -> str:
        """Whether it can be answered by today."""
        return str(state_of(link, now=timezone.now()).label)
