"""One reading of a budget file."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budgets.models.columns import public_id
from budgets.models.mapping import ColumnMapping
from budgets.vocabulary import ImportState, Provenance


class BudgetImportQuerySet(models.QuerySet["BudgetImport"]):
    """Filters over imports."""

    def public(self) -> BudgetImportQuerySet:
        """Imports whose figures readers may see."""
        return self.filter(published_at__isnull=False, state=ImportState.DONE)

    def due(self) -> BudgetImportQuerySet:
        """Imports that a worker should read."""
        return self.filter(state=ImportState.WAITING)


class BudgetImport(models.Model):
    """A file read through a mapping: what it brought, who asked for it, who let readers see it.

    `dataset` names the series that files of the same document share: a later file of a dataset supersedes
    amounts of an earlier one, and files of different datasets stand side by side.
    """

    public_id = public_id()
    mapping = models.ForeignKey(ColumnMapping, on_delete=models.PROTECT, related_name="imports")
    spec = models.JSONField(help_text="The mapping as it was applied.")
    dataset = models.SlugField(max_length=80)
    title_en = models.CharField(max_length=200)
    title_th = models.CharField(max_length=200)
    source_url = models.URLField(max_length=500, blank=True)
    provenance = models.CharField(max_length=24, choices=Provenance.choices)
    given = models.JSONField(default=dict, blank=True, help_text="What the mapping asks for: agency, period.")
    file = models.FileField(upload_to="imports/", blank=True, help_text="Kept when it came through the admin.")
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64, help_text="SHA-256 (hex).")
    file_size = models.BigIntegerField()

    state = models.CharField(max_length=12, choices=ImportState.choices)
    dry_run = models.BooleanField(default=False, help_text="Only report what the import would do.")
    report = models.JSONField(default=dict, help_text="See budgets.importing.report.")
    fault = models.TextField(blank=True, help_text="Why it failed, for people.")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Times that a worker began to read it.")
    finished_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = BudgetImportQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]
        permissions = [("publish_budgetimport", "Can let readers see an import")]
        indexes = [models.Index(fields=["dataset", "-id"], name="import_of_dataset")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values) & Q(provenance__in=Provenance.values),
                name="import_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | (
                    Q(published_at__isnull=False, published_by__isnull=False, dry_run=False)
                    & ~Q(published_by=F("imported_by"))
                ),
                name="import_published_by_another",
                violation_error_message="Another person than the one who imported it lets readers see an import.",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(state=ImportState.UNDONE, undone_by__isnull=False),
                name="import_undone_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}: {self.file_name}"
