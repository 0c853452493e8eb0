"""What a claim rests on: quotes from sources we watch and documents we hold."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models.columns import public_id
from claims.vocabulary import CitationStance, Language, QuoteState


class EvidenceDocument(models.Model):
    """A file we hold."""

    public_id = public_id()
    title_en = models.CharField(max_length=200)
    title_th = models.CharField(max_length=200)
    file = models.FileField(upload_to="documents/")
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    size = models.PositiveIntegerField(editable=False)
    received_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.title_en


class EvidenceCitation(models.Model):
    """An exact quote from one source or document, for one claim, response, dossier or entry of a watch list.

    `quote_state` is what the last successful look found; a failed fetch never changes it.
    """

    public_id = public_id()
    claim = models.ForeignKey(
        "claims.Claim",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    response = models.ForeignKey(
        "claims.OfficialResponse",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    dossier = models.ForeignKey(
        "claims.Dossier",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    watch = models.ForeignKey(
        "claims.WatchEntry",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="citations",
    )
    assertion = models.ForeignKey(
        "claims.Assertion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="citations",
    )
    source = models.ForeignKey(
        "claims.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
    )
    document = models.ForeignKey(
        EvidenceDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
    )
    position = models.PositiveSmallIntegerField(default=1)
    stance = models.CharField(max_length=12, choices=CitationStance.choices, default=CitationStance.ATTESTS)
    locator_en = models.CharField(max_length=120, blank=True, help_text="Where in it, for example: page 4.")
    locator_th = models.CharField(max_length=120, blank=True)
    quote_exact = models.TextField(help_text="Word for word, in the source's own language.")
    quote_prefix = models.CharField(max_length=120, blank=True, help_text="The words just before it.")
    quote_suffix = models.CharField(max_length=120, blank=True, help_text="The words just after it.")
    quote_lang = models.CharField(max_length=2, choices=Language.choices)
    translation = models.TextField(blank=True, help_text="Our translation into the other language.")

    quote_state = models.CharField(
        max_length=12,
        choices=QuoteState.choices,
        default=QuoteState.UNCHECKED,
        editable=False,
    )
    quote_state_at = models.DateTimeField(null=True, editable=False)
    quote_found = models.TextField(
        blank=True,
        editable=False,
        help_text="What stands there now when it was edited.",
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, response__isnull=True, dossier__isnull=True, watch__isnull=True)
                | Q(claim__isnull=True, response__isnull=False, dossier__isnull=True, watch__isnull=True)
                | Q(claim__isnull=True, response__isnull=True, dossier__isnull=False, watch__isnull=True)
                | Q(claim__isnull=True, response__isnull=True, dossier__isnull=True, watch__isnull=False),
                name="citation_of_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False, document__isnull=True)
                | Q(source__isnull=True, document__isnull=False),
                name="citation_from_one_place",
            ),
            models.CheckConstraint(condition=~Q(quote_exact=""), name="citation_has_quote"),
            models.CheckConstraint(
                condition=Q(stance__in=CitationStance.values)
                & Q(quote_lang__in=Language.values)
                & Q(quote_state__in=[s for s in QuoteState.values if s != QuoteState.UNREACHABLE]),
                name="citation_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(assertion__isnull=True) | Q(claim__isnull=False),
                name="citation_assertion_needs_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.quote_exact[:60]}”"
