"""Parts of editions that collections page through."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef

from claims.models.edition import Edition
from claims.vocabulary import ItemKind


class PublishedItemQuerySet(models.QuerySet["PublishedItem"]):
    """Filters over published items."""

    def live(self) -> PublishedItemQuerySet:
        """Items of editions that no newer edition of their subject has replaced."""
        newer = Edition.objects.filter(
            subject_kind=OuterRef("edition__subject_kind"),
            subject_id=OuterRef("edition__subject_id"),
            number__gt=OuterRef("edition__number"),
        )
        return self.filter(~Exists(newer))

    def naming(self, subject_id: UUID) -> PublishedItemQuerySet:
        """Items that name a person, agency, budget line or dossier."""
        return self.filter(refs__contains=[subject_id])

    def once(self) -> PublishedItemQuerySet:
        """Each public id once, from its newest edition, ordered by public id."""
        return self.order_by("public_id", "-edition_id").distinct("public_id")


class PublishedItem(models.Model):
    """One claim card, response, evidence, figure or assertion as an edition published it."""

    edition = models.ForeignKey("claims.Edition", on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    public_id = models.UUIDField()
    position = models.PositiveIntegerField()
    refs = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="Every person, agency, budget line and dossier it names.",
    )
    body = models.TextField(help_text="JSON, served as it stands.")

    objects = PublishedItemQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "kind", "position"]
        indexes = [
            models.Index(fields=["kind", "public_id", "-edition"], name="published_item_newest"),
            GinIndex(fields=["refs"], name="published_item_refs"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "public_id"], name="published_item_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ItemKind.values),
                name="published_item_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
