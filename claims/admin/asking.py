"""Letters to offices: written, looked at, sent or handed over, and what became of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from budgets.admin.base import VerbAdmin, reasons_of, staff
from claims.admin.kept_files import attachment
from claims.asking.deadline import day_of
from claims.asking.letters import LetterRefused, Wording, prepare_letter, revise_letter, state_of
from claims.asking.links import token_of, url_of
from claims.asking.page import compose
from claims.asking.pdf import letter_pdf
from claims.asking.sending import deliver_by_hand, mail_problem, queue_letter, withdraw_letter
from claims.asking.words import LetterState
from claims.authorship import Frozen
from claims.models.asking import RequestLetter
from claims.vocabulary import Channel, Language

WRITABLE = (LetterState.DRAFT, LetterState.GIVEN_UP)
_REFUSALS = (LetterRefused, Frozen)
_ASKED_FIRST = ["claim", "office", ("lang", "channel"), "working_days"]
_WRITTEN = ["to_name", "to_address", "subject", "body", "working_days"]
_STATES = {
    LetterState.DRAFT: Q(request__isnull=True, failed_at__isnull=True, send_due_at__isnull=True),
    LetterState.QUEUED: Q(request__isnull=True, failed_at__isnull=True, send_due_at__isnull=False, attempts=0),
    LetterState.RETRYING: Q(request__isnull=True, failed_at__isnull=True, send_due_at__isnull=False, attempts__gt=0),
    LetterState.GIVEN_UP: Q(request__isnull=True, failed_at__isnull=False),
    LetterState.DELIVERED: Q(request__isnull=False),
}
_DONE = {
    "queue": "It is on its way: a worker sends it within a minute. Its clock runs from then.",
    "deliver": "Logged. The clock runs from the day of delivery, and the link in the letter works.",
    "withdraw": "Taken back. It keeps its number and can be taken up again.",
}


class LetterStateFilter(admin.SimpleListFilter):
    """Letters by where they stand."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The closed list."""
        return [(state.value, str(state.label)) for state in LetterState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by the choice."""
        chosen = self.value()
        return queryset.filter(_STATES[LetterState(chosen)]) if chosen in _STATES else queryset


class DeliveredForm(forms.Form):
    """How and when a letter arrived."""

    delivered_on = forms.DateField(label="Delivered on", help_text="YYYY-MM-DD, in the Common Era.")
    channel = forms.ChoiceField(
        label="How", choices=[(code.value, str(code.label)) for code in Channel if code is not Channel.EMAIL]
    )


@admin.register(RequestLetter)
class RequestLetterAdmin(VerbAdmin):
    """Writes through `prepare_letter` and `revise_letter`; each button is one POST to one verb."""

    refusals = _REFUSALS
    change_form_template = "admin/claims/requestletter/change_form.html"
    list_display = ["number", "state", "office", "claim", "channel", "prepared_by", "prepared_at", "failure"]
    list_filter = [LetterStateFilter, "channel", "lang"]
    list_select_related = ["office", "claim", "prepared_by"]
    search_fields = ["subject", "to_name", "office__title_en", "office__title_th", "claim__heading_en", "claim__slug"]
    autocomplete_fields = ["claim", "office"]
    date_hierarchy = "prepared_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With all that a letter is composed of."""
        related = ("claim", "office__agency__jurisdiction", "prepared_by", "request")
        found: QuerySet[Any] = super().get_queryset(request).select_related(*related)
        return found

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask whom and about what; the text is drafted from the claim, and changed afterwards."""
        return _ASKED_FIRST if obj is None else _WRITTEN

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Say what the marks in a text are."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "body" and field is not None:
            field.help_text = (
                "{link} is where the one-time link stands; {link_until}, {due_on} and {working_days} are filled in on "
                "the day it goes out."
            )
        return field

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Readable only once it is under way. A POST is let through: the verb refuses it and says why."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or request.method == "POST" or state_of(obj) in WRITABLE

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Draft a letter, or store its text."""
        by, now = staff(request), timezone.now()
        if change:
            letter = form.instance
            to = Wording(letter.to_name, letter.to_address, letter.subject, letter.body, letter.working_days)
            revise_letter(letter=letter, to=to, by=by, now=now)
            return
        data = form.cleaned_data
        made = prepare_letter(
            claim=data["claim"],
            office=data["office"],
            lang=Language(data["lang"]),
            channel=Channel(data["channel"]),
            working_days=data["working_days"],
            by=by,
            now=now,
        )
        form.instance.pk, form.instance.year, form.instance.serial = made.pk, made.year, made.serial

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Go on to its text."""
        messages.success(request, f"Letter {obj.number} is drafted. Read it, change what is wrong, then send it.")
        return HttpResponseRedirect(self._url(obj.pk))

    def get_urls(self) -> list[URLPattern]:
        """Add the letter as PDF, and the buttons."""
        view = self.admin_site.admin_view
        return [
            path("<int:key>/pdf/", view(self.pdf_view), name="claims_requestletter_pdf"),
            path("<int:key>/print/", view(require_POST(self.print_view)), name="claims_requestletter_print"),
            path("<int:key>/do/<slug:verb>/", view(require_POST(self.verb_view)), name="claims_requestletter_do"),
            *super().get_urls(),
        ]

    def pdf_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """Hand out our copy, or what it will be: without the link, which is the office's alone."""
        letter = self._letter(request, key)
        if letter.pdf:
            return attachment(letter.pdf.open("rb"), f"{_file_name(letter)}", "application/pdf")
        page = compose(letter, now_on=day_of(timezone.now()))
        return attachment(letter_pdf(page, made_at=letter.prepared_at), _file_name(letter), "application/pdf")

    def print_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """Hand out the letter with its link, to be printed by those who may send it."""
        letter = self._letter(request, key)
        if not self.has_change_permission(request, letter):
            raise PermissionDenied
        if letter.channel == Channel.EMAIL or state_of(letter) not in WRITABLE:
            messages.error(request, "Only a letter that is to be handed over is printed with its link.")
            return HttpResponseRedirect(self._url(key))
        link = url_of(token_of(letter), letter.lang)
        page = compose(letter, now_on=day_of(timezone.now()), link=link)
        return attachment(letter_pdf(page, made_at=letter.prepared_at), _file_name(letter), "application/pdf")

    def verb_view(self, request: HttpRequest, key: int, verb: str) -> HttpResponse:
        """Make one move, or come back with why not."""
        letter = self._letter(request, key)
        if verb not in _DONE:
            raise Http404
        if not self.has_change_permission(request, letter):
            raise PermissionDenied
        try:
            self._call(request, letter, verb)
        except _REFUSALS as refusal:
            for reason in reasons_of(refusal):
                messages.error(request, reason)
        else:
            messages.success(request, _DONE[verb])
        return HttpResponseRedirect(self._url(key))

    def _call(self, request: HttpRequest, letter: RequestLetter, verb: str) -> None:
        by, now = staff(request), timezone.now()
        reason = request.POST.get("reason", "")
        calls: dict[str, Callable[[], Any]] = {
            "queue": lambda: queue_letter(letter=letter, by=by, now=now),
            "withdraw": lambda: withdraw_letter(letter=letter, reason=reason, by=by, now=now),
            "deliver": lambda: deliver_by_hand(letter=letter, **_delivered(request), by=by, now=now),
        }
        calls[verb]()

    def _letter(self, request: HttpRequest, key: int) -> RequestLetter:
        letter = self.get_object(request, str(key))
        if letter is None:
            raise Http404
        if not self.has_view_permission(request, letter):
            raise PermissionDenied
        return cast(RequestLetter, letter)

    def _url(self, key: int) -> str:
        return reverse("admin:claims_requestletter_change", args=[key])

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Put the letter as it is, and what can be done with it, above the form."""
        letter = context.get("original")
        if letter is not None:
            state = state_of(letter)
            may = super().has_change_permission(request, letter)
            by_mail = letter.channel == Channel.EMAIL
            context |= {
                "state": state,
                "page": compose(letter, now_on=day_of(letter.sent_at or timezone.now())),
                "mail_problem": mail_problem() if by_mail else "",
                "may_queue": may and by_mail and state in WRITABLE,
                "may_deliver": may and not by_mail and state in WRITABLE,
                "may_withdraw": may and state in (LetterState.DRAFT, LetterState.QUEUED, LetterState.RETRYING),
                "delivered_form": DeliveredForm(initial={"channel": letter.channel}),
                "links": list(letter.request.links.select_related("made_by")) if letter.request else [],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="state")
    def state(self, letter: RequestLetter) -> str:
        """Where it stands."""
        return str(state_of(letter).label)


def _delivered(request: HttpRequest) -> dict[str, Any]:
    form = DeliveredForm(request.POST)
    if not form.is_valid():
        raise LetterRefused(
            [f"{form[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
        )
    day: date = form.cleaned_data["delivered_on"]
    return {"delivered_on": day, "channel": Channel(form.cleaned_data["channel"])}


def _file_name(letter: RequestLetter) -> str:
    return f"TR-{letter.year}-{letter.serial:04d}.pdf"
