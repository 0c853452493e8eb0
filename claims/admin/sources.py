"""Pages we watch, what each look at them saw, and the bodies that were kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.admin.base import RefusableForm, between, pair, refused_not_cut, staff
from claims.admin.access import roles_of
from claims.admin.filters import DueFilter, IncidentFilter, QuotesFilter, TroubleFilter
from claims.admin.looks import ShowsLooks
from claims.admin.panel import language
from claims.admin.rows import WrittenElsewhere
from claims.admin.snapshots import ShowsSnapshots
from claims.admin.subjects import SharedAdmin
from claims.evidence import EvidenceRefused, check_now, watch_source
from claims.intake import IntakeRefused
from claims.models.heartbeat import Heartbeat
from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceCheck
from claims.outbound import configured
from claims.outbound.policy import Refused, judge_url
from claims.review.transitions import Role
from claims.vocabulary import Outcome, SourceHealth
from ledger.admin import ReadOnlyAdmin, as_json

SEEN = ["outcome", "http_status", "detail", "checked_at", "last_seen_at", "times_seen"]
_CHECKERS = frozenset({Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR, Role.OPERATIONS})


class CheckInline(WrittenElsewhere):
    """The newest looks, as a timeline."""

    model = SourceCheck
    verbose_name_plural = "What each look saw, newest first"
    fields = [*SEEN]
    readonly_fields = SEEN

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The newest ones; the whole history is in its own list."""
        newest = super().get_queryset(request).order_by("-id")
        source = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
        keys = SourceCheck.objects.filter(source=int(source)).order_by("-id") if source.isdecimal() else newest
        return newest.filter(pk__in=list(keys.values_list("pk", flat=True)[:20]))


class SourceForm(RefusableForm):
    """The address is judged where it is typed; the verb judges it again."""

    def clean_url(self) -> str:
        """Return the address as the policy writes it, or say why it cannot be watched."""
        try:
            return judge_url(str(self.cleaned_data["url"]).strip(), configured.policy()).url
        except Refused as refused:
            raise ValidationError(refused.sentence[language()]) from refused


@admin.register(Source)
class SourceAdmin(ShowsSnapshots, ShowsLooks, SharedAdmin):
    """Watches through `watch_source`; the address stays as it was judged."""

    form = SourceForm
    refusals = (EvidenceRefused, IntakeRefused)
    inlines = (CheckInline,)
    actions = ["check_these_now"]
    change_form_template = "admin/claims/source/change_form.html"
    list_display = [
        "title",
        "looks",
        "state",
        "last_outcome",
        "quotes",
        "next_check_at",
        "last_checked_at",
        "host",
    ]
    list_filter = [TroubleFilter, QuotesFilter, IncidentFilter, DueFilter, "health", "last_outcome", "host"]
    search_fields = ["title", "url", "publisher_en", "publisher_th"]
    ordering = ["host", "id"]  # named here too: counting groups the rows, which drops the model's own order

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Sources with the number of quotes that rest on them."""
        found: QuerySet[Any] = super().get_queryset(request).annotate(cited=Count("citations"))
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What it is; then, once it is watched, how it fares."""
        what: Any = (
            None,
            {"fields": ["url", ("title", "title_lang"), ("lang",), *pair("publisher"), between("published")]},
        )
        fares = (
            "How it fares",
            {
                "fields": [
                    ("health", "failures", "failing_since"),
                    ("last_outcome", "last_status", "last_checked_at"),
                    ("next_check_at", "interval_seconds", "checks_made"),
                    "last_final_url",
                ]
            },
        )
        return [what] if obj is None else [what, fares]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What machines write; and the address, which quotes rest on."""
        return [] if obj is None else ["url", *_MACHINE]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Take the address as it was typed: a second parser in front of the policy would be a hole."""
        if db_field.name == "url":
            return refused_not_cut(
                forms.CharField(
                    label="Address",
                    max_length=db_field.max_length,
                    widget=AdminTextInputWidget(attrs={"class": "vTextField", "inputmode": "url"}),
                    help_text="A public page or PDF: http or https, on the usual ports.",
                )
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Watch a new page, or correct what we say about one."""
        if change:
            super().write(request, form, formsets, change=change)
        else:
            watch_source(source=form.instance, policy=configured.policy(), by=staff(request), now=timezone.now())

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """A page that is being added has no history."""
        return [] if obj is None else self.inlines

    def has_check_permission(self, request: HttpRequest) -> bool:
        """Who may ask for a look: those who write, and those who keep the machines."""
        return bool(_CHECKERS & roles_of(request))

    @admin.action(description="Check now", permissions=["check"])
    def check_these_now(self, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponseBase | None:
        """Make the chosen sources due."""
        due = check_now(sources=list(queryset), by=staff(request), now=timezone.now())
        messages.success(request, f"{due} due now: the next tick looks at them.")
        return None

    @admin.display(description="health", ordering="health")
    def state(self, source: Source) -> str:
        """Its health, with the bad looks in a row if there are any."""
        label = str(SourceHealth(source.health).label)
        return f"{label} ({source.failures:,} bad in a row)" if source.failures else label

    @admin.display(description="history")
    def looks(self, source: Source) -> SafeString:
        """Link to its timeline."""
        return format_html('<a href="{}">Looks</a>', reverse("admin:claims_source_looks", args=[source.pk]))

    @admin.display(description="quotes", ordering="cited")
    def quotes(self, source: Any) -> int:
        """How many quotes rest on it."""
        return int(source.cited)


_MACHINE = [
    "health",
    "failures",
    "failing_since",
    "last_outcome",
    "last_status",
    "last_checked_at",
    "next_check_at",
    "interval_seconds",
    "checks_made",
    "last_final_url",
]


@admin.register(SourceCheck)
class SourceCheckAdmin(ReadOnlyAdmin):
    """One observation per line."""

    list_display = ["checked_at", "source", "outcome", "http_status", "times_seen", "last_seen_at"]
    list_filter = ["outcome"]
    list_select_related = ["source"]
    search_fields = ["source__title", "source__url"]
    date_hierarchy = "checked_at"
    fields = [
        "source",
        *SEEN,
        "duration_ms",
        "final_url",
        "chain",
        "answer_headers",
        "address",
        "body_sha256",
        "text_sha256",
        "extractor",
        "found_quotes",
        "snapshot",
    ]

    @admin.display(description="redirects")
    def chain(self, check: SourceCheck) -> SafeString:
        """Every address that was asked."""
        return as_json(check.url_chain)

    @admin.display(description="headers")
    def answer_headers(self, check: SourceCheck) -> SafeString:
        """What the server said about the page."""
        return as_json(check.headers)

    @admin.display(description="quotes")
    def found_quotes(self, check: SourceCheck) -> SafeString:
        """What was found of each quote."""
        return as_json(check.quotes)

    @admin.display(description="in words")
    def outcome_words(self, check: SourceCheck) -> str:
        """The outcome as readers see it."""
        return str(Outcome(check.outcome).label)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Bodies as they were received."""

    list_display = ["taken_at", "source", "content_type", "size_in_words", "short_digest"]
    list_select_related = ["source"]
    search_fields = ["source__title", "source__url", "=sha256"]
    date_hierarchy = "taken_at"
    fields = ["source", "taken_at", "sha256", "size_in_words", "content_type", "charset", "extractor", "visible_text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without the text, which has a page of its own."""
        found: QuerySet[Any] = super().get_queryset(request).defer("text")
        return found

    @admin.display(description="visible text")
    def visible_text(self, snapshot: Snapshot) -> SafeString:
        """Link to where it is read, a page at a time."""
        url = reverse("admin:claims_source_snapshot", args=[snapshot.source_id, snapshot.pk])
        return format_html('<a href="{}">Read it with its quotes</a>', url)

    @admin.display(description="size", ordering="size")
    def size_in_words(self, snapshot: Snapshot) -> str:
        """Its size for people."""
        return filesizeformat(snapshot.size)

    @admin.display(description="SHA-256")
    def short_digest(self, snapshot: Snapshot) -> str:
        """The beginning of the digest."""
        return snapshot.sha256[:12]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    """When the machines last came through."""

    list_display = ["name", "at"]
