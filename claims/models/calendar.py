"""Days that the published calendar of holidays does not know, or knows wrongly."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from budgets.models.columns import COMMON_ERA


class CalendarDay(models.Model):
    """One day as announced. Append-only: of several rows for a day the newest counts, so every version can be told."""

    jurisdiction = models.ForeignKey("budgets.Jurisdiction", on_delete=models.PROTECT, related_name="calendar_days")
    day = models.DateField(validators=COMMON_ERA)
    is_holiday = models.BooleanField(default=True, help_text="No: a working day after all.")
    name_en = models.CharField(max_length=200)
    name_th = models.CharField(max_length=200)
    announced_on = models.DateField(validators=COMMON_ERA)
    where = models.CharField(max_length=300, help_text="Where it was announced; an address or a gazette's number.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["jurisdiction", "day", "-id"], name="calendar_day_newest")]

    def __str__(self) -> str:
        return f"{self.day}: {self.name_en}"
