"""Days that the list of holidays does not know, or knows wrongly: recorded once, never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from budgets.admin.base import VerbAdmin, pair, staff
from budgets.models.agency import Jurisdiction
from claims.clock.calendar import COUNTRY, PACKAGE
from claims.deadlines import ClockRefused, record_calendar_day
from claims.models.calendar import CalendarDay


@admin.register(CalendarDay)
class CalendarDayAdmin(VerbAdmin):
    """Records through `record_calendar_day`; a mistake is put right by another row for the same day."""

    refusals = (ClockRefused,)
    list_display = ["day", "name_en", "is_holiday", "stands", "announced_on", "recorded_by", "recorded_at"]
    list_filter = ["is_holiday", "jurisdiction"]
    list_select_related = ["recorded_by"]
    search_fields = ["name_en", "name_th", "where"]
    date_hierarchy = "day"
    autocomplete_fields = ["jurisdiction"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was announced; afterwards also who recorded it."""
        announced = [("day", "is_holiday"), *pair("name"), ("announced_on", "where"), "jurisdiction"]
        about = (
            f"Counted by the list “{PACKAGE}” and by these days, which come first. The deadlines of all requests that "
            "wait are computed anew."
        )
        fields = announced if obj is None else [*announced, ("recorded_by", "recorded_at")]
        return [(None, {"fields": fields, "description": about})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Rows, and whether a later one took their place."""
        later = CalendarDay.objects.filter(
            jurisdiction=OuterRef("jurisdiction"), day=OuterRef("day"), pk__gt=OuterRef("pk")
        )
        found: QuerySet[Any] = super().get_queryset(request).annotate(stands=~Exists(later))
        return found

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Thailand, whose calendar the clock goes by."""
        country = Jurisdiction.objects.filter(code=COUNTRY).first()
        return {"jurisdiction": country and country.pk, **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was announced then stays what was announced then."""
        return False

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Record the day."""
        record_calendar_day(day=form.instance, by=staff(request), now=timezone.now())

    @admin.display(description="stands", boolean=True)
    def stands(self, row: Any) -> bool:
        """Whether no later row took its place."""
        return bool(row.stands)
