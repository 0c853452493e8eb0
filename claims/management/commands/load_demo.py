"""`manage.py load_demo`: the first case in public on a developer's machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.outbound import configured
from claims.seeding.demo import show_first_case


class Command(BaseCommand):
    """Accounts with guessable passwords, the first case, and its publication by two persons."""

    help = (
        "Development only: make the demo accounts, load the first case and publish it once. Repeating it is harmless."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Show the first case, or refuse outside development."""
        if settings.ENVIRONMENT == "production":
            raise CommandError(
                "load_demo makes accounts with known passwords and publishes with them: it runs in development only. "
                "Use load_dossier, and let two persons publish."
            )
        demo = show_first_case(policy=configured.policy(), clock=timezone.now)
        if demo.accounts_made:
            self.stdout.write(f"Made {demo.accounts_made} demo accounts.")
        if demo.loaded:
            self.stdout.write("Loaded the first case.")
        if demo.published:
            self.stdout.write(f"Published {len(demo.published)} claims, two persons each.")
        if not (demo.accounts_made or demo.loaded or demo.published):
            self.stdout.write("The first case stands already; nothing was changed.")
