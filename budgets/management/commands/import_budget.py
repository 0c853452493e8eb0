"""`manage.py import_budget FILE --mapping NAME`: the figures of a budget file, through a saved mapping."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser, ArgumentTypeError
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from budgets.importing.jobs import ImportRefused
from budgets.importing.report import Report
from budgets.importing.report_text import report_lines
from budgets.importing.run import import_budget
from budgets.models.mapping import ColumnMapping

_SOME_REFUSED = 1
_FAILED = 2
_SECONDS = 1


class Command(BaseCommand):
    """Exit code 0: all amounts taken; 1: some refused, the others taken; 2: nothing stored, with every reason."""

    help = (
        "Import a budget file (docs/importing.md). Rows that cannot be taken are reported and do not stop the others, "
        "unless --strict. Exit code 0: everything was taken; 1: some amounts were refused; 2: nothing was stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how to read it."""
        parser.add_argument("file", type=Path, help="The file; for a package its datapackage.json.")
        parser.add_argument("--mapping", required=True, metavar="NAME", help="The saved mapping.")
        parser.add_argument("--dry-run", action="store_true", help="Report what would be done, and do nothing.")
        parser.add_argument("--dataset", metavar="NAME", help="The series of files; the mapping's name if left out.")
        parser.add_argument(
            "--set", action="append", default=[], type=_pair, metavar="agency=SLUG|period=YEAR",
            help="What the mapping asks for.",
        )  # fmt: skip
        parser.add_argument("--by", metavar="USERNAME", help="Who imports; a dry run can do without.")
        parser.add_argument("--report", type=Path, metavar="FILE", help="Write the whole report there, as JSON.")
        parser.add_argument(
            "--expect", action="append", default=[], type=_total, metavar="COLUMN=TOTAL",
            help="Store nothing unless the column adds up to this, in base units.",
        )  # fmt: skip
        parser.add_argument("--strict", action="store_true", help="Store nothing if any amount is refused.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, tell, and end with the exit code."""
        mapping = ColumnMapping.objects.filter(name=options["mapping"]).select_related("jurisdiction").first()
        if mapping is None:
            known = ", ".join(ColumnMapping.objects.values_list("name", flat=True)[:30])
            saved = f"Saved: {known}." if known else "None is saved yet: make one in the admin."
            raise CommandError(f"There is no mapping “{options['mapping']}”. {saved}", returncode=_FAILED)
        by = _user(options["by"], dry_run=options["dry_run"])
        try:
            report = import_budget(
                path=options["file"], mapping=mapping, by=by, now=timezone.now(), dataset=options["dataset"],
                given=dict(options["set"]), expected=dict(options["expect"]), strict=options["strict"],
                dry_run=options["dry_run"], on_progress=self._progress(),
            )  # fmt: skip
        except ImportRefused as error:
            if error.report is not None:
                self._tell(error.report, options["report"])
            raise CommandError(f"{options['file']} was not imported:\n{error}", returncode=_FAILED) from error
        self._tell(report, options["report"])
        self.stdout.write(_closing(report, dry_run=options["dry_run"]))
        if report.refused:
            raise CommandError(
                f"{report.refused:,} amounts were refused; the reasons are above.", returncode=_SOME_REFUSED
            )

    def _tell(self, report: Report, path: Path | None) -> None:
        for line in report_lines(report):
            self.stdout.write(line)
        if path is not None:
            path.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def _progress(self) -> Any:
        begun = told = time.monotonic()

        def tell(rows: int) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told >= _SECONDS:
                told = now
                self.stderr.write(f"{rows:,} rows read, {rows / (now - begun):,.0f} a second")

        return tell


def _closing(report: Report, *, dry_run: bool) -> str:
    if dry_run:
        return "Dry run: nothing was stored."
    if not report.changes():
        return "Nothing to do: the figures already say this."
    return "Stored. Readers see it when another person publishes the import."


def _user(username: str | None, *, dry_run: bool) -> User | None:
    if username is None:
        if dry_run:
            return None
        raise CommandError("Give --by the username of the one who imports.", returncode=_FAILED)
    user = User.objects.filter(is_active=True, username=username).first()
    if user is None or not user.has_perm("budgets.add_budgetimport"):
        raise CommandError(f"“{username}” is nobody who may import: give the name of one who may.", returncode=_FAILED)
    return user


def _pair(text: str) -> tuple[str, str]:
    key, found, value = text.partition("=")
    if not (found and key and value):
        raise ArgumentTypeError(f"“{text}”: write it like period=2565.")
    return key, value


def _total(text: str) -> tuple[str, Decimal]:
    column, found, total = text.rpartition("=")
    try:
        value = Decimal(total.replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not (found and column and value.is_finite()):
        raise ArgumentTypeError(f"“{text}”: write it like AMOUNT=45000097800.")
    return column, value
