"""What a load did, or would do, noun by noun. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

What = Literal["created", "changed", "unchanged"]
_ORDER: tuple[What, ...] = ("created", "changed", "unchanged")


@dataclass
class Report:
    """Counts per noun, and one line per row that was created or changed."""

    counts: dict[str, Counter[What]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def note(self, noun: str, name: str, what: What, fields: tuple[str, ...] = ()) -> None:
        """Count one row; `fields` are those that changed."""
        self.counts.setdefault(noun, Counter())[what] += 1
        if what == "created":
            self.lines.append(f"+ {noun} {name}")
        elif what == "changed":
            self.lines.append(f"~ {noun} {name}: {', '.join(fields)}")

    def total(self, what: What) -> int:
        """Return how many rows of all nouns were created, changed or unchanged."""
        return sum(counter[what] for counter in self.counts.values())

    def summary(self) -> list[str]:
        """Return one line per noun: "claim: 8 created, 0 changed, 0 unchanged"."""
        return [
            f"{noun}: " + ", ".join(f"{counter[what]} {what}" for what in _ORDER)
            for noun, counter in self.counts.items()
        ]
