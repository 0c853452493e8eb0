"""What lives about a published claim: one narrow row, the thing that API consumers pull."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from budgets.models.columns import COMMON_ERA, public_id
from claims.vocabulary import Coverage, PublicState, Rating, RequestState, Stance


class PublicStatus(models.Model):
    """Rating, official response and evidence health of one published claim, with its live edition.

    `content_updated_at` and `version` move with people's decisions, `observed_at` with machines' observations.
    `change_no` numbers every visible change, `content_change_no` those of content, so that deltas miss none.
    """

    public_id = public_id()
    claim = models.OneToOneField("claims.Claim", on_delete=models.PROTECT, related_name="status")
    claim_public_id = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    edition = models.OneToOneField("claims.Edition", on_delete=models.PROTECT, related_name="status")
    dossier_slug = models.SlugField(max_length=80, blank=True)
    number = models.PositiveSmallIntegerField(null=True)
    heading_en = models.CharField(max_length=300)
    heading_th = models.CharField(max_length=300)
    claimant_slugs = ArrayField(models.SlugField(max_length=80), default=list)
    agency_slugs = ArrayField(models.SlugField(max_length=80), default=list)
    card = models.TextField(help_text="JSON of the claim's card.")

    state = models.CharField(max_length=12, choices=PublicState.choices, default=PublicState.LIVE)
    rating = models.CharField(max_length=16, choices=Rating.choices)
    request_code = models.CharField(max_length=16, choices=RequestState.choices)
    asked_on = models.DateField(validators=COMMON_ERA, null=True)
    due_on = models.DateField(validators=COMMON_ERA, null=True)
    answered_on = models.DateField(validators=COMMON_ERA, null=True)
    statements_code = models.CharField(max_length=16, default="none", help_text="Strongest coverage, or none.")
    stance = models.CharField(max_length=16, choices=Stance.choices)
    statements_count = models.PositiveSmallIntegerField(default=0)
    statements_last_on = models.DateField(validators=COMMON_ERA, null=True)
    last_searched_on = models.DateField(validators=COMMON_ERA, null=True)
    quotes_intact = models.PositiveSmallIntegerField(default=0)
    quotes_edited = models.PositiveSmallIntegerField(default=0)
    quotes_lost = models.PositiveSmallIntegerField(default=0)
    quotes_unreachable = models.PositiveSmallIntegerField(default=0)
    quotes_unchecked = models.PositiveSmallIntegerField(default=0)
    findings_holds = models.PositiveSmallIntegerField(default=0)
    findings_fails = models.PositiveSmallIntegerField(default=0)
    findings_undetermined = models.PositiveSmallIntegerField(default=0)
    recheck_due_since = models.DateTimeField(
        null=True, help_text="Since when figures differ from those that the edition computed with."
    )

    published_at = models.DateTimeField(help_text="Of the first edition.")
    content_updated_at = models.DateTimeField()
    observed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    change_no = models.BigIntegerField(unique=True)
    content_change_no = models.BigIntegerField(unique=True)
    sources = models.JSONField(
        default=list,
        help_text="Per quote: what the last check of its source saw and when.",
    )
    history = models.JSONField(default=list, help_text="The claim's editions, newest first.")
    body = models.TextField(help_text="JSON of the status exactly as the API serves it.")
    status_due_at = models.DateTimeField(null=True, help_text="Recompute from this time on; null: up to date.")

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name_plural = "public statuses"
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="status_newest"),
            models.Index(fields=["dossier_slug", "number"], name="status_in_dossier"),
            models.Index(
                fields=["status_due_at"],
                condition=Q(status_due_at__isnull=False),
                name="status_due",
            ),
            models.Index(fields=["content_updated_at"], name="status_content_updated"),
            GinIndex(fields=["claimant_slugs"], name="status_claimants"),
            GinIndex(fields=["agency_slugs"], name="status_agencies"),
            GinIndex(OpClass(Upper("heading_en"), name="gin_trgm_ops"), name="status_heading_en_trgm"),
            GinIndex(OpClass(Upper("heading_th"), name="gin_trgm_ops"), name="status_heading_th_trgm"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PublicState.values)
                & Q(rating__in=Rating.values)
                & Q(request_code__in=RequestState.values)
                & Q(stance__in=Stance.values)
                & Q(statements_code__in=[*Coverage.values, "none"]),
                name="status_codes_known",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class ChangeCounter(models.Model):
    """The one row whose lock gives visible changes their order."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="change_counter_single_row")]

    def __str__(self) -> str:
        return str(self.last)
