"""`manage.py refresh_statuses`: recompute public statuses now, for example after PUBLIC_ORIGIN changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from claims.publication.status import refresh_all, refresh_due


class Command(BaseCommand):
    """Recompute the statuses that are due, or all."""

    help = "Recompute the public statuses that are due; --all recomputes every one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --all."""
        parser.add_argument("--all", action="store_true", help="Also those that are not due.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and say how many were looked at."""
        now = timezone.now()
        count = refresh_all(now=now) if options["all"] else refresh_due(now=now)
        self.stdout.write(f"{count} statuses recomputed")
