"""Who changed which field of what people write, and when. Triggers write both tables; nobody else can."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class ExactNumbers(json.JSONDecoder):
    """Amounts of money come back as they were stored."""

    def __init__(self, **options: Any) -> None:
        """Read fractions as decimals."""
        super().__init__(**options | {"parse_float": Decimal})


class Change(models.Model):
    """One row that was added, saved or removed, by whatever road: a form, a bulk update, SQL.

    `before` and `after` hold the columns that differ, by the columns' names; null on the side where the row was not
    there, and without empty columns when it came or went. `subjects` are the pages that the row is part of, each
    `table:key`. `tx` is the transaction's number in this server.
    """

    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    subjects = ArrayField(models.CharField(max_length=90))
    before = models.JSONField(null=True, decoder=ExactNumbers)
    after = models.JSONField(null=True, decoder=ExactNumbers)
    tx = models.BigIntegerField()
    at = models.DateTimeField(help_text="The database's time.")
    role = models.CharField(max_length=63, help_text="Role that was connected to the database.")
    program = models.CharField(max_length=63, blank=True, help_text="What the connection called itself.")

    class Meta:
        ordering = ["-id"]
        indexes = [
            GinIndex(fields=["subjects"], name="change_subjects"),
            models.Index(fields=["tx", "id"], name="change_of_transaction"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(before__isnull=False) | Q(after__isnull=False), name="change_has_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}, {self.at:%Y-%m-%d %H:%M}"


class ChangeCause(models.Model):
    """The verb that made changes `first` to `last` of a transaction, known from its entry in the ledger.

    `first` is behind `last` when the verb itself changed nothing more: it called one that did.
    """

    tx = models.BigIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="Null: a machine."
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["tx", "first"], name="change_cause_of_transaction")]

    def __str__(self) -> str:
        return f"{self.entry_id} by {self.user_id}"
