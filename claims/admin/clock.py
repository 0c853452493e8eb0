"""Pauses and extensions of our deadlines, and how the clock of a request stands, for the request's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.admin.base import VerbAdmin, pair, staff
from claims.admin.rows import WrittenElsewhere
from claims.clock.counting import read_clock
from claims.deadlines import ClockRefused, extend_clock, pause_clock, resume_clock
from claims.models.asking import ClockExtension, ClockPause
from claims.models.response import ResponseRequest
from claims.publication.asked import read_requests
from claims.publication.status import READERS_ZONE

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

_ABOUT = "The reason is public, in both languages: it stands on the page that explains the deadline."


class _ClockAdmin(VerbAdmin):
    """What pauses and extensions share."""

    refusals = (ClockRefused,)
    list_select_related = ["request__office", "by"]
    search_fields = ["reason_en", "reason_th", "request__office__title_en", "request__claim__slug"]
    autocomplete_fields = ["request"]


@admin.register(ClockPause)
class ClockPauseAdmin(_ClockAdmin):
    """Pauses through `pause_clock`; while one stands without an end, its page ends it through `resume_clock`."""

    list_display = ["request", "from_on", "until_on", "reason_en", "by", "at"]
    list_filter = [("until_on", admin.EmptyFieldListFilter)]
    date_hierarchy = "from_on"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The days and the reason; afterwards also whose decision it was."""
        rows = ["request", ("from_on", "until_on"), *pair("reason")]
        return [(None, {"fields": rows if obj is None else [*rows, ("by", "at")], "description": _ABOUT})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was decided stays; only the end of a pause that stands is still open."""
        return [] if obj is None else ["request", "from_on", "reason_en", "reason_th", "by", "at"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """From today on."""
        today = timezone.now().astimezone(READERS_ZONE).date()
        return {"from_on": today, **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A pause that has its end is over."""
        return super().has_change_permission(request, obj) and (obj is None or _stands(obj))

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Pause the clock, or let it go on."""
        pause, by, now = form.instance, staff(request), timezone.now()
        if change:
            resume_clock(request=pause.request, until_on=pause.until_on, by=by, now=now)
        else:
            pause_clock(pause=pause, by=by, now=now)


def _stands(pause: ClockPause) -> bool:
    """Whether the stored row has no end; the one in hand may carry what was just typed."""
    return ClockPause.objects.filter(pk=pause.pk, until_on__isnull=True).exists()


@admin.register(ClockExtension)
class ClockExtensionAdmin(_ClockAdmin):
    """Extends through `extend_clock`; what was granted is never taken back."""

    list_display = ["request", "working_days", "granted_on", "reason_en", "by", "at"]
    date_hierarchy = "granted_on"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """How many days and why; afterwards also when and by whom."""
        rows = ["request", "working_days", *pair("reason")]
        return [(None, {"fields": rows if obj is None else [*rows, "granted_on", ("by", "at")], "description": _ABOUT})]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: another extension adds to it."""
        return False

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Give more time."""
        extend_clock(extension=form.instance, by=staff(request), now=timezone.now())


class PauseInline(WrittenElsewhere):
    """The pauses of a request."""

    model = ClockPause
    fields = ("from_on", "until_on", "reason_en", "reason_th", "by")
    readonly_fields = fields
    verbose_name_plural = "Pauses of the clock"


class ExtensionInline(WrittenElsewhere):
    """The extensions of a request."""

    model = ClockExtension
    fields = ("working_days", "granted_on", "reason_en", "reason_th", "by")
    readonly_fields = fields
    verbose_name_plural = "Extensions"


class ShowsClock(_Page):
    """Adds to the page of a request how its clock stands (`clock`, a read-only field), pauses and extensions."""

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nothing has been paused before it was asked."""
        inlines = super().get_inlines(request, obj)
        return inlines if obj is None else [*inlines, PauseInline, ExtensionInline]

    @admin.display(description="clock")
    def clock(self, row: ResponseRequest) -> SafeString:
        """Where the count stands today, and where to pause it, let it go on or extend it."""
        today = timezone.now().astimezone(READERS_ZONE).date()
        asked = next(found for found in read_requests([row.claim_id])[row.claim_id] if found.id == str(row.public_id))
        reading = read_clock(asked, today)
        due = f"due on {reading.due_on}" if reading.due_on else "no deadline while it is paused"
        count = "" if reading.number is None else f", working day {reading.number} of {reading.allowed}"
        text = f"{reading.state.label}: {due}{count}."
        if asked.is_stopped:
            return format_html("{}", text)
        standing = row.pauses.filter(until_on__isnull=True).first()
        pause = (f"{reverse('admin:claims_clockpause_add')}?request={row.pk}", "Pause")
        if standing is not None:
            pause = (reverse("admin:claims_clockpause_change", args=[standing.pk]), "Let it go on")
        more = f"{reverse('admin:claims_clockextension_add')}?request={row.pk}"
        return format_html('{} <a href="{}">{}</a> · <a href="{}">Give more days</a>', text, *pause, more)
