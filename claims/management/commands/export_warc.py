"""`manage.py export_warc CLAIM_SLUG [--out FILE]`: the stored sources of a claim as a WARC file."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.models.claim import Claim
from claims.sources.bodies import BodyUnreadable
from claims.sources.warc import Written, write_warc


class Command(BaseCommand):
    """A WARC 1.1 file that warcio and pywb read. Nothing is left behind when it cannot be written whole."""

    help = "Writes every stored version of a claim's sources to CLAIM_SLUG.warc.gz, or to the file that --out names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which claim, and where to."""
        parser.add_argument("claim_slug")
        parser.add_argument("--out", metavar="FILE", help="the file to write (default: CLAIM_SLUG.warc.gz, here)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write beside the file, then put it in its place."""
        slug = options["claim_slug"]
        claim = Claim.objects.filter(slug=slug).first()
        if claim is None:
            raise CommandError(f"There is no claim “{slug}”; give the last part of its address.")
        path = Path(options["out"] or f"{slug}.warc.gz")
        try:
            written = _write(claim, path)
        except BodyUnreadable as unreadable:
            raise CommandError(f"{path} was not written. {unreadable}") from unreadable
        except OSError as error:
            raise CommandError(f"{path} was not written: {error.strerror or error}.") from error
        self.stdout.write(
            f"{path}: {written.sources} sources, {written.responses + written.resources} bodies, "
            f"{written.revisits} seen again"
        )


def _write(claim: Claim, path: Path) -> Written:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".warc-", delete=False) as file:
        part = Path(file.name)
        try:
            written = write_warc(claim, file)
            file.flush()
            part.chmod(0o644)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return written
