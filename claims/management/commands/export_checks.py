"""`manage.py export_checks [--out FILE]`: what the last look at every watched address found."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from claims.sources.exporting import Exported, exported


class Command(BaseCommand):
    """A line for each entry of the watch lists, in the order in which they were taken."""

    help = (
        "Writes a JSON object a line for each entry of the watch lists: id, url, outcome, alert, quote_state, "
        "final_url, checked_at. An entry nobody has looked at has null as its outcome."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("--out", metavar="FILE", help="a file to write instead of standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write."""
        if options["out"] is None:
            _write(self.stdout)  # type: ignore[arg-type]  # Django wraps the stream
            return
        try:
            with Path(options["out"]).open("w", encoding="utf-8") as file:
                count = _write(file)
        except OSError as error:
            raise CommandError(f"{options['out']} was not written: {error.strerror or error}.") from error
        self.stderr.write(f"{count:,} entries written")


def _write(to: TextIO) -> int:
    count = 0
    for entry in exported():
        to.write(_line(entry) + "\n")
        count += 1
    return count


def _line(entry: Exported) -> str:
    when = entry.checked_at
    shown = asdict(entry) | {"checked_at": when and _utc(when)}
    return json.dumps(shown, ensure_ascii=False)


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
