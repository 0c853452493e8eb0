"""What the public sees, frozen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.columns import public_id
from claims.vocabulary import EditionKind, SubjectKind


class EditionQuerySet(models.QuerySet["Edition"]):
    """Filters over editions."""

    def newest_of(self, kind: SubjectKind, slug: str) -> EditionQuerySet:
        """Editions of a dossier, person or agency, newest first; the first one is live."""
        return self.filter(subject_kind=kind, slug=slug).select_related("text").order_by("-number")


class Edition(models.Model):
    """A numbered, digested JSON document of one subject. Triggers refuse every change."""

    public_id = public_id()
    subject_kind = models.CharField(max_length=8, choices=SubjectKind.choices)
    subject_id = models.UUIDField()
    slug = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=EditionKind.choices)
    note_en = models.TextField(blank=True)
    note_th = models.TextField(blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the body (hex).")
    published_at = models.DateTimeField()
    review = models.ForeignKey("claims.ClaimReview", on_delete=models.PROTECT, related_name="editions")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["subject_kind", "slug", "-number"], name="edition_newest"),
            models.Index(fields=["kind", "-published_at", "-id"], name="edition_corrections"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "number"],
                name="edition_number_once",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind__in=SubjectKind.values) & Q(kind__in=EditionKind.values) & Q(number__gte=1),
                name="edition_codes_known",
            ),
            models.CheckConstraint(
                condition=(Q(number=1) & Q(kind=EditionKind.INITIAL))
                | (Q(number__gt=1) & ~Q(kind=EditionKind.INITIAL) & ~Q(note_en="") & ~Q(note_th="")),
                name="edition_later_ones_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}, edition {self.number}"


class EditionText(models.Model):
    """The document of an edition, apart from it: the only part that an audited erasure may empty."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, primary_key=True, related_name="text")
    body = models.TextField(help_text="RFC 8785 JSON; see docs/architecture.md for the shapes.")
    sort_key_en = models.CharField(max_length=300, db_index=True, help_text="Where lists in English put the subject.")
    sort_key_th = models.CharField(max_length=300, db_index=True, help_text="The same in Thai dictionary order.")
    withheld_reason_en = models.TextField(blank=True)
    withheld_reason_th = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"text of {self.edition_id}"
