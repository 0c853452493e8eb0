"""Spoiling a dossier folder on purpose."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from claims.seeding.faults import Fault, FaultyDossier
from claims.seeding.reading import read_dossier

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Folder:
    """A dossier folder on disk."""

    path: Path

    def replace(self, file: str, old: str, new: str) -> int:
        """Replace the first `old` in a file and return its line, from 1."""
        target = self.path / file
        content = target.read_text(encoding="utf-8")
        assert old in content, f"{file} does not hold {old!r}"
        target.write_text(content.replace(old, new, 1), encoding="utf-8")
        return content[: content.index(old)].count("\n") + 1

    def faults(self) -> list[Fault]:
        """Read the folder and return its faults."""
        try:
            read_dossier(self.path)
        except FaultyDossier as error:
            return error.faults
        return []
