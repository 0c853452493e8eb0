"""What can be wrong with a dossier folder, said so that its writer can mend it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """Where an entry stands: file (relative to the folder), line from 1, field path, the line of each of its keys."""

    file: str
    line: int
    path: str
    lines: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def of(self, name: str) -> Place:
        """Return the place of one of the entry's own keys, or of the entry when the key is not written."""
        path = f"{self.path}.{name}" if self.path else name
        return Place(self.file, self.lines.get(name, self.line), path)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one field: where, what, and what to do."""

    file: str
    line: int
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.field or 'the file'}: {self.problem} {self.remedy}"


class FaultyDossier(Exception):
    """The folder cannot be loaded; carries every fault that was found, in the order of files and lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, sorted, each once."""
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Faults:
    """A list of faults being collected."""

    def __init__(self) -> None:
        """Start empty."""
        self.found: list[Fault] = []

    def add(self, place: Place, problem: str, remedy: str) -> None:
        """Note one fault."""
        self.found.append(Fault(place.file, place.line, place.path, problem, remedy))
