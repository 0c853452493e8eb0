"""One thing that somebody said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models.columns import public_id, slug


class Claim(models.Model):
    """The draft of a claim. The public never reads it: publishing freezes an edition."""

    public_id = public_id()
    slug = slug(help_text="Part of the address; never changes after the first publication.")
    dossier = models.ForeignKey(
        "claims.Dossier",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
    )
    number = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Our number in the dossier; empty for claims registered beside it.",
    )
    heading_en = models.CharField(max_length=300, help_text="Attributed: “MP says …”. Never a rumour.")
    heading_th = models.CharField(max_length=300)
    summary_en = models.TextField(help_text="What is claimed, in the source's own words and hedges.")
    summary_th = models.TextField()
    claimed_en = models.TextField(blank=True, help_text="In one minute: what is claimed.")
    claimed_th = models.TextField(blank=True)
    said_en = models.TextField(blank=True, help_text="In one minute: what those responsible said.")
    said_th = models.TextField(blank=True)
    known_en = models.TextField(blank=True, help_text="In one minute: what is known.")
    known_th = models.TextField(blank=True)
    not_known_en = models.TextField(blank=True, help_text="In one minute: what is not known.")
    not_known_th = models.TextField(blank=True)
    would_settle_en = models.TextField(blank=True, help_text="The document or figure that is missing.")
    would_settle_th = models.TextField(blank=True)
    agencies = models.ManyToManyField(
        "budgets.Agency",
        blank=True,
        related_name="claims",
        help_text="Whose money or conduct it is about.",
    )
    registered_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["dossier", "number", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="claim_number_once_in_dossier"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1, dossier__isnull=False),
                name="claim_number_needs_dossier",
            ),
        ]

    def __str__(self) -> str:
        return self.heading_en


class Claimant(models.Model):
    """Who said it, in which office, with which interests that matter here."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="claimants")
    person = models.ForeignKey("claims.Person", on_delete=models.PROTECT, related_name="claimed")
    office = models.ForeignKey(
        "claims.Office",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    party = models.ForeignKey(
        "budgets.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    position = models.PositiveSmallIntegerField(default=1)
    interests_en = models.TextField(blank=True)
    interests_th = models.TextField(blank=True)

    class Meta:
        ordering = ["claim", "position"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "person"], name="claimant_once"),
            models.UniqueConstraint(fields=["claim", "position"], name="claimant_position_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)
