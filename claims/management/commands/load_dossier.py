"""`manage.py load_dossier PATH`: bring a dossier folder into the drafts."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.outbound import configured
from claims.review.transitions import Role
from claims.seeding.faults import FaultyDossier
from claims.seeding.loading.run import load
from claims.seeding.loading.session import LoadRefused
from claims.seeding.reading import read_dossier


class Command(BaseCommand):
    """Read the folder, say everything that is wrong with it, or load it whole."""

    help = "Load a dossier folder (docs/dossier-format.md) into the drafts. Loading twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and who loads."""
        parser.add_argument("path", type=Path, help="The folder that holds dossier.yaml.")
        parser.add_argument("--dry-run", action="store_true", help="Report what would be done, and do nothing.")
        parser.add_argument(
            "--by", metavar="USERNAME", help="The contributor who loads; may be left out if there is one only."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or fail with every reason."""
        try:
            dossier = read_dossier(options["path"])
        except FaultyDossier as error:
            raise CommandError(f"{options['path']} was not loaded:\n{error}") from error
        by = _contributor(options["by"])
        try:
            report = load(dossier, policy=configured.policy(), by=by, now=timezone.now(), dry_run=options["dry_run"])
        except LoadRefused as error:
            raise CommandError(f"{options['path']} was not loaded:\n{error}") from error
        if options["verbosity"] > 1 or options["dry_run"]:
            self._write(report.lines)
        self._write(report.summary())
        if options["dry_run"]:
            self._write(["Dry run: nothing was stored."])
        elif report.total("created") or report.total("changed"):
            self._write(["Stored as drafts: two other persons review and publish them."])
        else:
            self._write(["Nothing to do: the drafts already say this."])

    def _write(self, lines: list[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _contributor(username: str | None) -> User:
    contributors = User.objects.filter(is_active=True, groups__name=Role.CONTRIBUTOR)
    if username is not None:
        user = contributors.filter(username=username).first()
        if user is None:
            raise CommandError(f"“{username}” is not an active contributor: give --by the name of one who is.")
        return user
    found = list(contributors.order_by("pk")[:2])
    if len(found) != 1:
        count = "no contributor" if not found else "more than one contributor"
        raise CommandError(f"There is {count}: give --by the username of the one who loads.")
    return found[0]
