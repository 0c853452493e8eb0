"""Groups of claims with one story."""

from __future__ import annotations

from django.db import models

from budgets.models.columns import COMMON_ERA, date_in_order, public_id, slug


class Dossier(models.Model):
    """A group of claims; its numbering of them is ours, and the pages say so."""

    public_id = public_id()
    slug = slug()
    jurisdiction = models.ForeignKey("budgets.Jurisdiction", on_delete=models.PROTECT, related_name="dossiers")
    title_en = models.CharField(max_length=200)
    title_th = models.CharField(max_length=200)
    summary_en = models.TextField()
    summary_th = models.TextField()
    period_earliest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    period_latest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    agencies = models.ManyToManyField(
        "budgets.Agency", blank=True, related_name="dossiers", help_text="Organizations that its story names."
    )
    as_reported_on = models.DateField(
        validators=COMMON_ERA,
        null=True,
        blank=True,
        help_text="Date of the report the claims were drawn from.",
    )

    class Meta:
        ordering = ["slug"]
        constraints = [date_in_order("dossier_period_in_order", "period_earliest", "period_latest")]

    def __str__(self) -> str:
        return self.title_en


class DossierNote(models.Model):
    """Something readers should know about a dossier that is not a claim in it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="notes")
    position = models.PositiveSmallIntegerField()
    text_en = models.TextField()
    text_th = models.TextField()

    class Meta:
        ordering = ["dossier", "position"]
        constraints = [models.UniqueConstraint(fields=["dossier", "position"], name="dossier_note_position_once")]

    def __str__(self) -> str:
        return self.text_en[:60]
