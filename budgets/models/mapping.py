"""How the columns of somebody's budget file are read: saved once, used for every file of that shape."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models.agency import Jurisdiction
from budgets.models.columns import slug
from budgets.vocabulary import AliasTarget, Provenance


class ColumnMapping(models.Model):
    """A saved mapping; `spec` is the JSON of docs/importing.md, checked by `budgets.importing.mapping.spec`."""

    name = slug(help_text="Commands and the API call it by this name; never changed once used.")
    title_en = models.CharField(max_length=200, help_text="The document that the figures come from; readers see it.")
    title_th = models.CharField(max_length=200)
    source_url = models.URLField(max_length=500, blank=True, help_text="Where the document can be read.")
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="mappings")
    provenance = models.CharField(
        max_length=24, choices=Provenance.choices, default=Provenance.OFFICIAL_DOCUMENT, help_text="Of every figure."
    )
    spec = models.JSONField()
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(provenance__in=Provenance.values), name="mapping_known")]

    def __str__(self) -> str:
        return str(self.name)


class MappingAlias(models.Model):
    """A name as a file writes it, often damaged, and the name that is meant."""

    mapping = models.ForeignKey(ColumnMapping, on_delete=models.CASCADE, related_name="aliases")
    target = models.CharField(max_length=8, choices=AliasTarget.choices)
    written = models.CharField(max_length=500)
    meant = models.CharField(max_length=500)

    class Meta:
        ordering = ["target", "written"]
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(fields=["mapping", "target", "written"], name="mapping_alias_once"),
            models.CheckConstraint(condition=Q(target__in=AliasTarget.values), name="mapping_alias_target_known"),
            models.CheckConstraint(condition=~Q(written="") & ~Q(meant=""), name="mapping_alias_filled"),
        ]

    def __str__(self) -> str:
        return f"{self.written} → {self.meant}"
