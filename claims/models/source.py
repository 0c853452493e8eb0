"""Pages we watch, and what each look at them saw."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models.columns import COMMON_ERA, date_in_order, public_id
from claims.vocabulary import Language, Outcome, SourceHealth


class Source(models.Model):
    """A page or PDF on the web that something public rests on.

    `next_check_at` is the queue; a lease moves it ahead, so a dead worker costs one interval, not a stuck row.
    """

    public_id = public_id()
    url = models.URLField(max_length=2000, unique=True)
    host = models.CharField(max_length=255, editable=False, db_index=True)
    title = models.CharField(max_length=300)
    title_lang = models.CharField(max_length=2, choices=Language.choices)
    lang = models.CharField(max_length=2, choices=Language.choices, help_text="Language of the page.")
    publisher_en = models.CharField(max_length=200)
    publisher_th = models.CharField(max_length=200)
    published_earliest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    published_latest = models.DateField(validators=COMMON_ERA, null=True, blank=True)

    health = models.CharField(
        max_length=12,
        choices=SourceHealth.choices,
        default=SourceHealth.UNCHECKED,
        editable=False,
    )
    failures = models.PositiveSmallIntegerField(default=0, editable=False, help_text="Bad looks in a row.")
    failing_since = models.DateTimeField(null=True, editable=False)
    quiet = models.PositiveSmallIntegerField(default=0, editable=False, help_text="Good looks in a row, no change.")
    interval_seconds = models.PositiveIntegerField(default=86_400, editable=False)
    next_check_at = models.DateTimeField(null=True, editable=False)
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False, help_text="Leases that came to nothing.")

    last_outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True, editable=False)
    last_status = models.PositiveSmallIntegerField(null=True, editable=False)
    last_checked_at = models.DateTimeField(null=True, editable=False)
    last_final_url = models.TextField(blank=True, editable=False)
    accepted_snapshot = models.ForeignKey(
        "claims.Snapshot",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    etag = models.CharField(max_length=512, blank=True, editable=False)
    last_modified = models.CharField(max_length=64, blank=True, editable=False)
    checks_made = models.PositiveIntegerField(default=0, editable=False)
    restless = models.JSONField(
        default=list,
        db_default=[],
        editable=False,
        help_text="Per look, newest first, at most five: short hashes of the lines that differed from the baseline.",
    )
    added_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["host", "id"]
        indexes = [
            models.Index(
                fields=["next_check_at"],
                condition=Q(next_check_at__isnull=False),
                name="source_due",
            ),
        ]
        constraints = [
            date_in_order("source_published_in_order", "published_earliest", "published_latest"),
            models.CheckConstraint(condition=Q(health__in=SourceHealth.values), name="source_health_known"),
            models.CheckConstraint(
                condition=Q(lease_token__isnull=True, lease_until__isnull=True)
                | Q(lease_token__isnull=False, lease_until__isnull=False),
                name="source_lease_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SourceCheck(models.Model):
    """One observation of a source; an equal later look extends it instead of adding a row."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="checks")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    detail = models.CharField(max_length=300, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    url_chain = models.JSONField(default=list)
    final_url = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    address = models.CharField(max_length=64, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    extractor = models.CharField(max_length=40, blank=True)
    quotes = models.JSONField(default=list, help_text="Per citation: state, what was found, similarity.")
    snapshot = models.ForeignKey("claims.Snapshot", on_delete=models.PROTECT, null=True, related_name="checks")
    duration_ms = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(help_text="When this was first seen.")
    last_seen_at = models.DateTimeField(help_text="When it was last seen unchanged.")
    times_seen = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-checked_at", "-id"]
        indexes = [models.Index(fields=["source", "-id"], name="source_check_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values),
                name="source_check_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(last_seen_at__gte=models.F("checked_at")),
                name="source_check_times_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.checked_at:%Y-%m-%d %H:%M}"
