"""People, the names they go by, and the offices they hold for a time."""

from __future__ import annotations

from django.db import models

from budgets.models.columns import COMMON_ERA, date_in_order, public_id, slug
from claims.vocabulary import Language


class Person(models.Model):
    """Somebody who makes claims or answers them."""

    public_id = public_id()
    slug = slug()
    name_en = models.CharField(max_length=200)
    name_th = models.CharField(max_length=200)
    note_en = models.TextField(blank=True, help_text="What readers should know about the person; public.")
    note_th = models.TextField(blank=True)

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name_en


class PersonAlias(models.Model):
    """Another spelling or name of a person, in either script."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    lang = models.CharField(max_length=2, choices=Language.choices)

    class Meta:
        ordering = ["lang", "name"]
        verbose_name_plural = "person aliases"
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="person_alias_once")]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A post that people hold; answers are owed by an office, not by a person."""

    slug = slug()
    agency = models.ForeignKey(
        "budgets.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
    )
    title_en = models.CharField(max_length=200)
    title_th = models.CharField(max_length=200)

    class Meta:
        ordering = ["title_en"]

    def __str__(self) -> str:
        return self.title_en


class Tenure(models.Model):
    """A person in an office. Unknown dates are null, never guessed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tenures")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="tenures")
    start_earliest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    start_latest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    end_earliest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    end_latest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    note_en = models.CharField(max_length=300, blank=True, help_text="For example: implied by the report.")
    note_th = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["person", "id"]
        constraints = [
            date_in_order("tenure_start_in_order", "start_earliest", "start_latest"),
            date_in_order("tenure_end_in_order", "end_earliest", "end_latest"),
            date_in_order("tenure_starts_before_it_ends", "start_earliest", "end_latest"),
            models.UniqueConstraint(
                fields=["person", "office", "start_earliest"],
                nulls_distinct=False,
                name="tenure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"
