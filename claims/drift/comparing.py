"""Compare a claim with a reprint or a later statement. Pure: texts and names in, differences out."""

from __future__ import annotations

from collections.abc import Sequence

from claims.drift.amounts import amount_differences
from claims.drift.difference import Difference, Known
from claims.drift.mentions import mentions_of
from claims.drift.naming import blanked
from claims.drift.passages import language_of, passages
from claims.drift.people import people_differences

LONGEST = 200_000  # characters of a text that are read; a longer one is cut


def compare(claim_text: str, other_text: str, names: Sequence[Known]) -> list[Difference]:
    """Where `other_text` differs from `claim_text` in units, magnitudes, periods, names, titles and hedges.

    One passage of the claim a line, its best wording first. What is only written otherwise (Thai digits, another scale
    word, B.E. for C.E., a rounding) is no difference, and neither is what the text does not mention. Between two
    languages sentences cannot be compared, so only amounts, hedges and known names are. In the order of the text.
    """
    text = other_text[:LONGEST]
    claim_bare, bare = blanked(claim_text, names), blanked(text, names)
    ours, theirs = passages(claim_text, claim_bare), passages(text, bare)
    in_one_language = language_of(claim_text) == language_of(text)
    found = amount_differences(
        mentions_of(claim_text, claim_bare), mentions_of(text, bare), (ours, theirs) if in_one_language else None
    ) + people_differences(claim_text, text, names, (ours, theirs, in_one_language))
    return sorted(dict.fromkeys(found), key=lambda each: (each.start < 0, each.start, each.end, each.kind))
