"""`manage.py watch_sources FILE`: take a list of addresses under watch."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from claims.management.lines import lines_of
from claims.outbound import configured
from claims.sources.due import database_now
from claims.sources.watching import BATCH, Tally, watch
from claims.sources.watchlist import MAX_LINE, FaultyLine, Wanted, read_line


class Command(BaseCommand):
    """Exit code 0: every line was taken (an address may be refused, which export_checks tells); 1: some were not."""

    help = (
        'Takes a list under watch, one JSON object a line: {"id", "url", "quote": {"exact", "prefix", "suffix"}}; '
        "the quote may be left out. The same list again changes nothing, a changed line changes its entry."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", metavar="FILE", help="a file of this machine, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, store, tell."""
        self._faulty = 0
        if options["file"] == "-":
            total = self._watch(sys.stdin.buffer)
        else:
            try:
                with Path(options["file"]).open("rb") as stream:
                    total = self._watch(stream)
            except OSError as error:
                raise CommandError(f"{options['file']} was not read: {error.strerror or error}.") from error
        self.stdout.write(
            f"{total.added:,} added, {total.changed:,} changed, {total.same:,} as before; "
            f"{total.refused:,} cannot be watched; {total.sources:,} pages are new."
        )
        if self._faulty:
            sys.exit(1)

    def _watch(self, stream: IO[bytes]) -> Tally:
        total = Tally()
        for total in watch(self._wanted(stream), policy=configured.policy(), clock=database_now):
            if total.entries >= BATCH:
                self.stderr.write(f"{total.entries:,} lines taken")
        return total

    def _wanted(self, stream: IO[bytes]) -> Iterator[Wanted]:
        for number, raw in enumerate(lines_of(stream, MAX_LINE), 1):
            if raw is not None and not raw.strip():
                continue
            try:
                yield read_line(raw)
            except FaultyLine as fault:
                self._faulty += 1
                self.stderr.write(f"Line {number}: {fault}")
