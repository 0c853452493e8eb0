"""`manage.py verify_ledger`: recompute the log from its raw leaves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger.verification import LedgerBroken, verify


class Command(BaseCommand):
    """Print size and root, or fail with the first bad index."""

    help = "Recompute the ledger from its raw leaves; fails with the first entry that does not verify."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verification."""
        try:
            result = verify()
        except LedgerBroken as broken:
            raise CommandError(str(broken)) from broken
        self.stdout.write(f"{result.size} entries verify; root {result.root}")
