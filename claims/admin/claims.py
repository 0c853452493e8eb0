"""The page of a claim: its draft, and the moves of its revision."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from budgets.admin.base import VerbAdmin, pair, staff
from claims.admin.access import roles_of
from claims.admin.citations import save_citations
from claims.admin.claim_form import EDITION_FIELDS, ClaimForm, next_edition
from claims.admin.claim_parts import CLAIM_PARTS
from claims.admin.drift import ComparesTexts
from claims.admin.filters import ReviewStateFilter
from claims.admin.moves import MovesMixin, taken_refusal
from claims.admin.panel import panel_of
from claims.admin.warc import ExportsSources
from claims.authorship import EditedMeanwhile, Frozen, refuse_overwriting, subject_of
from claims.evidence import EvidenceRefused
from claims.intake import IntakeRefused, register_claim, revise_claim
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.evidence import EvidenceCitation
from claims.models.review import ClaimReview
from claims.review.transitions import SUBMIT
from claims.review.verbs import NotAllowed, describe_revision
from claims.vocabulary import ReviewState, SubjectKind

_SAVED = "tamroi.saved"


def _submits(request: HttpRequest) -> bool:
    return request.POST.get("_move") == SUBMIT.verb


@admin.register(Claim)
class ClaimAdmin(MovesMixin, ComparesTexts, ExportsSources, VerbAdmin):
    """Drafts through `register_claim`, `revise_claim` and `describe_revision`; moves through the verbs of review."""

    form = ClaimForm
    refusals = (IntakeRefused, Frozen, EditedMeanwhile, EvidenceRefused, NotAllowed)
    inlines = CLAIM_PARTS
    change_form_template = "admin/claims/claim/change_form.html"
    list_display = ["heading_en", "dossier", "number", "revision", "edition"]
    list_filter = [ReviewStateFilter, "dossier", ("agencies", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["dossier"]
    search_fields = ["heading_en", "heading_th", "slug", "summary_en", "summary_th"]
    autocomplete_fields = ["dossier", "agencies"]
    prepopulated_fields = {"slug": ("heading_en",)}
    ordering = ["-registered_at"]
    save_on_top = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """Claims with the state of their open revision and the number of their newest edition."""
        reviews = ClaimReview.objects.filter(claim=OuterRef("pk")).exclude(state=ReviewState.PUBLISHED)
        editions = Edition.objects.filter(subject_kind=SubjectKind.CLAIM, subject_id=OuterRef("public_id"))
        found: QuerySet[Claim] = super().get_queryset(request)
        return found.annotate(
            open_state=Subquery(reviews.values("state")[:1]),
            newest=Subquery(editions.order_by("-number").values("number")[:1]),
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Group the fields by what the reader will see."""
        return [
            ("What was claimed", {"fields": [*pair("heading"), "slug", *pair("summary")]}),
            ("In one minute", {"fields": pair("claimed", "said", "known", "not_known")}),
            ("What would settle it", {"fields": pair("would_settle")}),
            ("Where it belongs", {"fields": [("dossier", "number"), "agencies"]}),
            (
                "The next edition",
                {
                    "fields": [
                        ("edition_kind", "edition_rating"),
                        *pair("edition_reasons"),
                        *pair("edition_note"),
                        *(["opened_on"] if self.has_change_permission(request, obj) else []),
                    ]
                },
            ),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address stays as it was first published."""
        return ["slug"] if obj is not None and obj.newest else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only where a slug can be typed."""
        return {} if obj is not None and obj.newest else self.prepopulated_fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Name the form's own fields, which Django cannot know."""
        fields = kwargs.get("fields") or []
        own = {"opened_on", *EDITION_FIELDS}
        kwargs["fields"] = [name for name in fields if name not in own]
        return super().get_form(request, obj, change=change, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Readable only while a second person judges it. A POST is let through: the verb refuses it and says why."""
        if not super().has_change_permission(request, obj):
            return False
        frozen = getattr(obj, "open_state", None) not in (None, ReviewState.DRAFTED)
        return request.method == "POST" or not frozen

    def subjects_of(self, row: Any) -> list[str]:
        """The claim and its revisions."""
        reviews = ClaimReview.objects.filter(claim=row).values_list("public_id", flat=True)
        return [str(row.public_id), *map(str, reviews)]

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Store the claim, its rows and what is said about its next edition."""
        claim, by, now = form.instance, staff(request), timezone.now()

        def store() -> None:
            if change:
                refuse_overwriting(subject_of(claim), opened_on=form.cleaned_data["opened_on"] or 0, by=by)
                claim.save()
            self.save_parts(request, form, formsets, change=change)
            if form.describes:
                describe_revision(claim=claim, **form.edition, by=by, now=now)

        if change:
            revise_claim(claim=claim, save=store, by=by, now=now)
        else:
            register_claim(claim=claim, save_parts=store, by=by, now=now)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Quotes are prepared by their verb."""
        if formset.model is EvidenceCitation:
            save_citations(formset, timezone.now())
        else:
            super().save_formset(request, form, formset, change)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Save; then, outside that transaction, submit when the person asked for both."""
        response = super().changeform_view(request, object_id, form_url, extra_context)
        saved: Claim | None = request.META.pop(_SAVED, None)
        if saved is None or not _submits(request):
            return response
        self.submit_saved(request, saved)
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[saved.pk]))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Remember that it was saved; what became of its submission is said instead."""
        request.META[_SAVED] = obj
        if _submits(request):
            return HttpResponseRedirect(request.path)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Remember that it was saved; what became of its submission is said instead."""
        request.META[_SAVED] = obj
        if _submits(request):
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Put the panel beside the form."""
        claim = context.get("original")
        if claim is not None and not context.get("is_popup"):
            context["panel"] = panel_of(claim, staff(request), roles_of(request))
            context["refused_move"] = taken_refusal(request, claim)
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="revision", ordering="open_state")
    def revision(self, claim: Any) -> str:
        """Where the open revision stands."""
        return str(ReviewState(claim.open_state).label) if claim.open_state else "—"

    @admin.display(description="edition", ordering="newest")
    def edition(self, claim: Any) -> str:
        """The number of the newest edition."""
        return str(claim.newest or "—")

    @admin.display(description="Kind of edition")
    def edition_kind(self, claim: Claim) -> str:
        """What the form says, for those who only read."""
        return str(next_edition(claim).kind.label)

    @admin.display(description="Rating")
    def edition_rating(self, claim: Claim) -> str:
        """The rating of the next edition."""
        return str(next_edition(claim).rating.label)

    @admin.display(description="Reasons (English)")
    def edition_reasons_en(self, claim: Claim) -> str:
        """Why this rating."""
        return next_edition(claim).reasons[0] or "—"

    @admin.display(description="Reasons (ไทย)")
    def edition_reasons_th(self, claim: Claim) -> str:
        """Why this rating, in Thai."""
        return next_edition(claim).reasons[1] or "—"

    @admin.display(description="What changed and why (English)")
    def edition_note_en(self, claim: Claim) -> str:
        """What changed."""
        return next_edition(claim).note[0] or "—"

    @admin.display(description="What changed and why (ไทย)")
    def edition_note_th(self, claim: Claim) -> str:
        """What changed, in Thai."""
        return next_edition(claim).note[1] or "—"
