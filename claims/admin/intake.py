"""Taking in: a text or an address, its candidates with what is like them, and drafts of those that somebody picks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from budgets.admin.base import Paragraphs, RefusableForm, VerbAdmin, reasons_of, refused_not_cut, staff
from claims.admin.intake_page import Choice, page_of
from claims.authorship import Frozen
from claims.candidates.candidate import MOST_CHARACTERS
from claims.evidence import EvidenceRefused
from claims.intake import IntakeRefused
from claims.models.intake_text import IntakeText
from claims.outbound.configured import policy
from claims.receiving.fetching import MOST_ATTEMPTS
from claims.receiving.picking import Picked, pick
from claims.receiving.texts import NotReceived, discard, receive_text, receive_url
from claims.vocabulary import IntakeState

REFRESH_SECONDS = 3
_REFUSALS = (NotReceived, IntakeRefused, EvidenceRefused, Frozen, IntegrityError)


class IntakeForm(RefusableForm):
    """A text, an address, or both."""

    text = Paragraphs(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=f"Thai or English, at most {MOST_CHARACTERS:,} characters. It is kept word for word.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what the fields are for."""
        super().__init__(*args, **kwargs)
        if "url" in self.fields:
            self.fields["url"].label = "Address"
            self.fields[
                "url"
            ].help_text = "Without a text: the page is fetched and its text taken. With a text: where that text stands."
            self.fields["title"].help_text = "Of the page or text, if it has one; a fetched page brings its own."
            for field in self.fields.values():
                refused_not_cut(field)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data = super().clean()
        if not self.errors and not (data.get("text") or "").strip() and not data.get("url"):
            self.add_error("text", "Paste a text, or give the address of a page.")
        return data


@admin.register(IntakeText)
class IntakeTextAdmin(VerbAdmin):
    """Adds through `receive_text` or `receive_url`; `pick` and `discard` are buttons of the page of a text."""

    form = IntakeForm
    refusals = (NotReceived,)
    list_display = ["__str__", "state", "received_by", "received_at", "done_by", "done_at"]
    list_filter = ["state"]
    list_select_related = ["received_by", "done_by"]
    search_fields = ["title", "url", "text"]
    date_hierarchy = "received_at"
    ordering = ["-id"]
    fields = ["text", "url", "title"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A text that came in is never edited."""
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Let a page that failed be asked for again."""
        return {"url": request.GET.get("url", "")}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Name the page by what it is for."""
        return super().add_view(request, form_url, {"title": "Take in a text or a page", **(extra_context or {})})

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Keep the text, or let the page wait for a worker."""
        asked = form.cleaned_data
        shared: dict[str, Any] = {"url": asked["url"] or "", "policy": policy(), "by": staff(request)}
        if (asked["text"] or "").strip():
            stored = receive_text(text=asked["text"], title=asked["title"] or "", now=timezone.now(), **shared)
        else:
            stored = receive_url(now=timezone.now(), **shared)
        form.instance.pk = stored.pk

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Go where its candidates are shown, or its progress."""
        return HttpResponseRedirect(_url(obj))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the text and its candidates; a POST is a button."""
        text = self.get_object(request, object_id)
        if text is None:
            raise Http404
        if not self.has_view_permission(request, text):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, text)
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._discard(request, text) if "_discard" in request.POST else self._pick(request, text)

    def _pick(self, request: HttpRequest, text: IntakeText) -> HttpResponse:
        choice = Choice.of(request.POST)
        try:
            picked = pick(
                text=text,
                groups=choice.groups(each="_each" in request.POST),
                additions=choice.additions(),
                is_done="go_on" not in request.POST,
                policy=policy(),
                by=staff(request),
                now=timezone.now(),
            )
        except _REFUSALS as refusal:
            return self._page(request, text, choice=choice, refused=reasons_of(refusal))
        messages.success(request, _told(picked))
        if len(picked.made) == 1 and not picked.added_to and "go_on" not in request.POST:
            return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[picked.made[0].pk]))
        return HttpResponseRedirect(_url(text))

    def _discard(self, request: HttpRequest, text: IntakeText) -> HttpResponse:
        try:
            discard(text=text, reason=request.POST.get("reason", ""), by=staff(request), now=timezone.now())
        except NotReceived as refusal:
            return self._page(request, text, refused=refusal.reasons)
        messages.success(request, "Put aside. It stays readable here.")
        return HttpResponseRedirect(_url(text))

    def _page(
        self,
        request: HttpRequest,
        text: IntakeText,
        *,
        choice: Choice | None = None,
        refused: Sequence[str] = (),
    ) -> HttpResponse:
        text.refresh_from_db()
        waits = text.state == IntakeState.WAITING
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": text,
            "title": str(text)[:120],
            "page": page_of(text, number=request.GET.get("page", "1"), choice=choice),
            "refused": refused,
            "reason": request.POST.get("reason", ""),
            "waits": waits,
            "refresh": REFRESH_SECONDS if waits else None,
            "most_attempts": MOST_ATTEMPTS,
            "can_pick": text.state == IntakeState.READ and self.has_add_permission(request),
            "can_discard": text.state != IntakeState.DONE and self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/claims/intaketext/page.html", context)


def _url(text: IntakeText) -> str:
    return reverse("admin:claims_intaketext_change", args=[text.pk])


def _told(picked: Picked) -> str:
    made, added = len(picked.made), len(picked.added_to)
    parts = [f"{made} draft{'s' * (made != 1)} made"] if made else []
    parts += [f"added to {added} claim{'s' * (added != 1)}"] if added else []
    return f"{' and '.join(parts).capitalize()}. Write the headings that are marked before you go on."
