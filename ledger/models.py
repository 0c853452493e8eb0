"""The log's rows. Triggers in the first migration refuse every change and removal of an entry."""

from __future__ import annotations

from django.db import models


class Head(models.Model):
    """The one row that orders the log: its lock makes indices gapless and time monotonic."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0, help_text="Entries written; the next entry takes this index.")
    last_at = models.DateTimeField(help_text="Time of the newest entry; never goes backwards.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_head_single_row")]

    def __str__(self) -> str:
        return f"head at {self.size}"


class Entry(models.Model):
    """One thing that happened: a dotted verb in the past tense, its subject, and a committed content."""

    index = models.BigIntegerField(primary_key=True)
    verb = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=64)
    refs = models.JSONField(
        default=dict,
        help_text="Ids of what else took part: strings by name, no personal data.",
    )
    recorded_at = models.DateTimeField(help_text="The database's time; defines `as_of`.")
    leaf = models.TextField(help_text="RFC 8785 JSON that the tree is built from.")
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["index"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id", "index"],
                name="ledger_entry_subject",
            )
        ]
        constraints = [models.CheckConstraint(condition=models.Q(index__gte=0), name="ledger_entry_index_from_zero")]

    def __str__(self) -> str:
        return f"#{self.index} {self.verb}"


class EntryContent(models.Model):
    """What a leaf commits to, beside its nonce. Separate, so that erasing it leaves the log whole."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="content")
    nonce = models.BinaryField(max_length=32)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"content of #{self.entry_id}"


class Cursor(models.Model):
    """How far a follower has read the log."""

    name = models.CharField(max_length=64, primary_key=True)
    next_index = models.BigIntegerField(default=0, help_text="The first entry that it has not handled.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(next_index__gte=0), name="ledger_cursor_from_zero")]

    def __str__(self) -> str:
        return f"{self.name} at {self.next_index}"
