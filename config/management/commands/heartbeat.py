from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.health import heartbeat_reasons


class Command(BaseCommand):
    help = "Fail unless a periodic task has run lately: the health check of worker and beat."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for reason in heartbeat_reasons().values():
            raise CommandError(reason)
