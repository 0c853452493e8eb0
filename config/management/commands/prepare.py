from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrate, then load the first case: what `make run` does before it starts anything, in one process."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Bringing the database up to date …")
        call_command("migrate", verbosity=0)
        call_command("load_demo")
