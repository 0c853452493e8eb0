"""Replies that came through links: a queue of what nobody has read yet, and what was decided about each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from budgets.admin.base import VerbAdmin, reasons_of, staff
from claims.admin.kept_files import attachment
from claims.asking.deadline import day_of
from claims.asking.handling import acknowledge, set_aside, take_over
from claims.asking.letters import LetterRefused
from claims.authorship import Frozen
from claims.models.asking import ReceivedReply
from claims.uploads import UploadKind
from claims.vocabulary import ResponseKind

if TYPE_CHECKING:
    _Page = VerbAdmin
else:
    _Page = object

_REFUSALS = (LetterRefused, Frozen)
_THAI = re.compile("[\u0e00-\u0e7f]")
_SHOWN = ("sender_name", "sender_post", "only_acknowledges", "received_at", "text")
_DONE = {
    "acknowledge": "Noted as an acknowledgement. The clock of the request runs on.",
    "set_aside": "Put aside. The request stays as it is.",
}


class HandledFilter(admin.SimpleListFilter):
    """What waits comes first, and is shown unless something else is asked for."""

    title = "handled"
    parameter_name = "handled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Waiting is the default, so that it needs no choice."""
        return [("yes", "Handled"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """Name the default."""
        for choice in super().choices(changelist):
            yield choice | ({"display": "Waiting"} if choice["display"] == "All" and self.value() is None else {})

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by the choice."""
        return queryset if self.value() == "all" else queryset.filter(handled_at__isnull=self.value() != "yes")


@admin.register(ReceivedReply)
class ReceivedReplyAdmin(VerbAdmin):
    """Read here, never written: each button is one POST to one verb, and none of them publishes."""

    change_form_template = "admin/claims/receivedreply/change_form.html"
    list_display = ["received_at", "office", "claim", "says", "sender_name", "handled_by", "handling_note"]
    list_filter = [HandledFilter, "only_acknowledges"]
    list_select_related = ["request__office", "request__claim", "handled_by"]
    search_fields = ["sender_name", "text", "request__office__title_en", "request__claim__heading_en"]
    date_hierarchy = "received_at"
    ordering = ["received_at"]
    fields = _SHOWN

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Replies come through links alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What an official sent stays as it was sent."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what was asked."""
        related = ("request__office", "request__claim", "handled_by", "response")
        found: QuerySet[Any] = super().get_queryset(request).select_related(*related)
        return found

    def get_urls(self) -> list[URLPattern]:
        """Add the file and the buttons."""
        view = self.admin_site.admin_view
        return [
            path("<int:key>/file/", view(self.file_view), name="claims_receivedreply_file"),
            path("<int:key>/do/<slug:verb>/", view(require_POST(self.verb_view)), name="claims_receivedreply_do"),
            *super().get_urls(),
        ]

    def file_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """Hand out what was sent along, under a name of ours."""
        reply = self._reply(request, key)
        if not reply.file:
            raise Http404
        kind = UploadKind(str(reply.file.name).rpartition(".")[2])
        return attachment(reply.file.open("rb"), f"{reply.file_sha256[:16]}.{kind.value}", kind.content_type)

    def verb_view(self, request: HttpRequest, key: int, verb: str) -> HttpResponse:
        """Decide, or come back with why not."""
        reply = self._reply(request, key)
        if verb not in _DONE:
            raise Http404
        if not may_handle(request):
            raise PermissionDenied
        by, now, note = staff(request), timezone.now(), request.POST.get("note", "")
        calls: dict[str, Callable[[], Any]] = {
            "acknowledge": lambda: acknowledge(reply=reply, by=by, now=now),
            "set_aside": lambda: set_aside(reply=reply, note=note, by=by, now=now),
        }
        try:
            calls[verb]()
        except _REFUSALS as refusal:
            for reason in reasons_of(refusal):
                messages.error(request, reason)
        else:
            messages.success(request, _DONE[verb])
        return HttpResponseRedirect(reverse("admin:claims_receivedreply_change", args=[key]))

    def _reply(self, request: HttpRequest, key: int) -> ReceivedReply:
        reply = self.get_object(request, str(key))
        if reply is None:
            raise Http404
        if not self.has_view_permission(request, reply):
            raise PermissionDenied
        return cast(ReceivedReply, reply)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Put what can be decided above what was sent."""
        reply = context.get("original")
        context["may_handle"] = reply is not None and reply.handled_at is None and may_handle(request)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="office", ordering="request__office__title_en")
    def office(self, reply: ReceivedReply) -> str:
        """Who was asked."""
        return str(reply.request.office)

    @admin.display(description="claim")
    def claim(self, reply: ReceivedReply) -> str:
        """What it is about."""
        return str(reply.request.claim)

    @admin.display(description="says", ordering="only_acknowledges")
    def says(self, reply: ReceivedReply) -> str:
        """What the sender says it is; a person decides."""
        return "that it arrived" if reply.only_acknowledges else "an answer"


def may_handle(request: HttpRequest) -> bool:
    """Whether somebody may decide about replies."""
    return staff(request).has_perm("claims.change_receivedreply")


class TakesOverReplies(_Page):
    """The form of a response, opened from a reply: it is filled in from it, and saving joins the two.

    `?reply=<key>`; the reviewer writes both languages and says what it covers. Nothing is taken from the address but
    the key, so no word of a reply stands in a log.
    """

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill in what the reply knows."""
        reply = _reply_of(request)
        initial = super().get_changeform_initial_data(request)
        if reply is None:
            return initial
        day = day_of(reply.received_at)
        return initial | {
            "kind": ResponseKind.REPLY_TO_REQUEST,
            "request": reply.request_id,
            "dossier": reply.request.claim.dossier_id,
            "office": reply.request.office_id,
            "for_agency": reply.request.office.agency_id,
            "said_earliest": day,
            "said_latest": day,
            "text_th" if _THAI.search(reply.text) else "text_en": reply.text,
        }

    def save_parts(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Join the two inside the transaction of the verb, once the response has its key."""
        super().save_parts(request, form, formsets, change=change)
        reply = None if change else _reply_of(request)
        if reply is not None:
            take_over(reply=reply, response=form.instance, by=staff(request), now=timezone.now())


def _reply_of(request: HttpRequest) -> ReceivedReply | None:
    key = request.GET.get("reply", "")
    if not key.isdigit() or not may_handle(request):
        return None
    return ReceivedReply.objects.select_related("request__claim", "request__office").filter(pk=key).first()
