"""Names of agencies and budget lines as a file writes them, made fit to be shown and compared. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from budgets import texts

LONGEST_AGENCY = 200
LONGEST_LINE = 500
_KEPT = 50_000

TOO_LONG = "A name of more than {longest} characters is not taken: is this column a name?"
UNSEEN = "The name has characters that nobody can see, or that turn its direction: write it again without them."
BLANK_AGENCY = "No agency is named in this row."
BLANK_LINE = "All columns of the budget line are blank in this row."


class BadName(ValueError):
    """A name that is not taken; the text says why and what to do."""


def clean_name(written: str, longest: int = LONGEST_LINE) -> str:
    """Return a name in Unicode's composed form (NFC) with single spaces; raise BadName if it cannot be shown.

    Formulas and HTML stay what they are: text.
    """
    name = unicodedata.normalize("NFC", " ".join(written.split()))
    if len(name) > longest:
        raise BadName(TOO_LONG.format(longest=longest))
    if (not name.isascii() or not name.isprintable()) and texts.faults(name):
        raise BadName(UNSEEN)
    return name


class NameReader:
    """Cleans the names of one kind, through the aliases of a mapping; a name seen before costs one look-up."""

    def __init__(self, aliases: Mapping[str, str], longest: int) -> None:
        """Take what is written and what is meant; both are cleaned as names of the file are."""
        self._meant = {clean_name(written, longest): clean_name(meant, longest) for written, meant in aliases.items()}
        self._longest = longest
        self._seen: dict[str, str] = {"": ""}

    def read(self, written: str | None) -> str:
        """Return the name that is meant; blank is empty. Raises BadName."""
        if written is None:
            return ""
        known = self._seen.get(written)
        if known is not None:
            return known
        name = clean_name(written, self._longest)
        name = self._meant.get(name, name)
        # A file of a million different names must not be kept in memory.
        if len(self._seen) >= _KEPT:
            self._seen.clear()
        self._seen[written] = name
        return name
