"""What we asked officials, what they said, and what it covers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budgets.models.columns import COMMON_ERA, date_in_order, public_id, slug
from claims.vocabulary import Coverage, Language, RequestState, ResponseKind, Stance


class ResponseRequest(models.Model):
    """What we sent to an office about a claim. No row means that we have not asked."""

    public_id = public_id()
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="requests")
    office = models.ForeignKey("claims.Office", on_delete=models.PROTECT, related_name="requests")
    asked_on = models.DateField(validators=COMMON_ERA, help_text="The day it was delivered.")
    due_on = models.DateField(validators=COMMON_ERA, help_text="Our own deadline.")
    answered_on = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    state = models.CharField(max_length=16, choices=RequestState.choices, default=RequestState.AWAITING)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-asked_on"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="request_due_after_asked"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="request_answered_after_asked",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values) & ~Q(state=RequestState.NONE_SOUGHT),
                name="request_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.asked_on}"


class OfficialResponse(models.Model):
    """Something officials said, to us or in public. Never “reply”: elsewhere a reply is the fact-check itself."""

    public_id = public_id()
    slug = slug()
    kind = models.CharField(
        max_length=20,
        choices=ResponseKind.choices,
        default=ResponseKind.PUBLIC_STATEMENT,
    )
    request = models.ForeignKey(
        ResponseRequest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
    )
    dossier = models.ForeignKey(
        "claims.Dossier",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
    )
    position = models.PositiveSmallIntegerField(default=1, help_text="Order of the columns of the answer matrix.")
    speaker = models.ForeignKey("claims.Person", on_delete=models.PROTECT, related_name="responses")
    office = models.ForeignKey(
        "claims.Office",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    for_agency = models.ForeignKey(
        "budgets.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    said_earliest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    said_latest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    label_en = models.CharField(max_length=80, help_text="Short, for the head of its column.")
    label_th = models.CharField(max_length=80)
    text_en = models.TextField(help_text="What was said, in the source's own words and hedges.")
    text_th = models.TextField()
    note_en = models.TextField(blank=True, help_text="What is ambiguous or ours in it.")
    note_th = models.TextField(blank=True)

    class Meta:
        ordering = ["dossier", "position"]
        constraints = [
            date_in_order("response_dates_in_order", "said_earliest", "said_latest"),
            models.CheckConstraint(
                condition=(Q(kind=ResponseKind.REPLY_TO_REQUEST) & Q(request__isnull=False))
                | (Q(kind=ResponseKind.PUBLIC_STATEMENT) & Q(request__isnull=True)),
                name="response_reply_has_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.label_en}"


class ResponseCoverage(models.Model):
    """What one response says about one claim, or about one assertion of it."""

    response = models.ForeignKey(OfficialResponse, on_delete=models.CASCADE, related_name="coverage")
    claim = models.ForeignKey("claims.Claim", on_delete=models.CASCADE, related_name="coverage")
    assertion = models.ForeignKey(
        "claims.Assertion",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="coverage",
    )
    coverage = models.CharField(max_length=16, choices=Coverage.choices)
    stance = models.CharField(max_length=16, choices=Stance.choices, default=Stance.NEITHER)
    note_en = models.TextField(blank=True)
    note_th = models.TextField(blank=True)

    class Meta:
        ordering = ["response", "claim", "assertion"]
        verbose_name_plural = "response coverage"
        constraints = [
            models.UniqueConstraint(
                fields=["response", "claim", "assertion"],
                nulls_distinct=False,
                name="coverage_once",
            ),
            models.CheckConstraint(
                condition=Q(coverage__in=Coverage.values) & Q(stance__in=Stance.values),
                name="coverage_codes_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response} / {self.claim}: {self.coverage}"


class StatementSearch(models.Model):
    """A dated, logged search for later statements about a claim."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="searches")
    searched_on = models.DateField(validators=COMMON_ERA)
    searched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    where_en = models.CharField(max_length=300)
    where_th = models.CharField(max_length=300)
    words = models.CharField(max_length=300, help_text="What was typed.")
    words_lang = models.CharField(max_length=2, choices=Language.choices)
    found_en = models.TextField(help_text="What was found; “nothing” is a finding.")
    found_th = models.TextField()

    class Meta:
        ordering = ["-searched_on", "-id"]
        verbose_name_plural = "statement searches"

    def __str__(self) -> str:
        return f"{self.searched_on}"
