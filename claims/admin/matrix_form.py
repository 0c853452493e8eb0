"""The form of one cell of the answer matrix, and the column of such forms that is sent at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from budgets.admin.base import LANGUAGES, Paragraphs
from claims.coverage import Cell
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.response import ResponseCoverage
from claims.vocabulary import Coverage, Stance

LONGEST_CHOICE = 90
_NOT_JUDGED = [("", "Not yet judged")]
_POSTED = re.compile(r"(c[0-9]+-a[0-9]+)-coverage\Z", re.ASCII)
_FIELDS = ("coverage", "stance", "quote", "note_en", "note_th")


class CellForm(forms.Form):
    """What a person says of one cell. Every field stands in every cell, so what was emptied is sent as empty."""

    coverage = forms.ChoiceField(choices=[*_NOT_JUDGED, *Coverage.choices], required=False)
    stance = forms.ChoiceField(choices=Stance.choices, required=False)
    quote = forms.ChoiceField(required=False)
    note_en = Paragraphs(required=False, label=f"Note ({LANGUAGES['en']})", widget=forms.Textarea)
    note_th = Paragraphs(required=False, label=f"Note ({LANGUAGES['th']})", widget=forms.Textarea)

    def __init__(self, *args: Any, quotes: Sequence[EvidenceCitation], about: str, **kwargs: Any) -> None:
        """`about` names the cell to those who hear the form; `quotes` are those of the statement."""
        super().__init__(*args, **kwargs)
        self.quotes = {str(quote.pk): quote for quote in quotes}
        chosen = self.fields["quote"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [("", "No quote chosen"), *((key, short(quote)) for key, quote in self.quotes.items())]
        for name, words in (("coverage", "Coverage"), ("stance", "Stance"), ("quote", "Quote that answers")):
            self.fields[name].widget.attrs["aria-label"] = f"{words}: {about}"
        for name in ("note_en", "note_th"):
            self.fields[name].widget.attrs |= {"rows": 2, "lang": name[-2:]}

    @property
    def has_note(self) -> bool:
        """Whether a note is there to be seen."""
        return any(self[name].value() or self[name].errors for name in ("note_en", "note_th"))

    def cell(self, claim: Claim, assertion: Assertion | None) -> Cell:
        """What was typed, for the verb; only of a form that is valid."""
        data = self.cleaned_data
        return Cell(
            claim=claim,
            assertion=assertion,
            coverage=Coverage(data["coverage"]) if data["coverage"] else None,
            stance=Stance(data["stance"] or Stance.NEITHER),
            quote=self.quotes.get(data["quote"]),
            note_en=data["note_en"],
            note_th=data["note_th"],
        )


def prefix_of(claim: Claim, assertion: Assertion | None) -> str:
    """The beginning of the names of a cell's fields, and its id in the page."""
    return f"c{claim.pk}-a{assertion.pk if assertion else 0}"


def initial_of(row: ResponseCoverage | None) -> dict[str, Any]:
    """What a cell holds now."""
    if row is None:
        return {"coverage": "", "stance": Stance.NEITHER.value, "quote": "", "note_en": "", "note_th": ""}
    return {name: getattr(row, name) for name in _FIELDS} | {"quote": str(row.quote_id or "")}


def posted_prefixes(data: Mapping[str, Any]) -> set[str]:
    """The cells that a form sent with something in them."""
    sent = {found[1] for name in data if (found := _POSTED.match(name))}
    return {prefix for prefix in sent if any(data.get(f"{prefix}-{name}") for name in _FIELDS if name != "stance")}


def opened_on(data: Mapping[str, Any], claims: Iterable[Claim]) -> dict[int, int]:
    """On which edit of each claim its cells were shown; 0 where that was not sent."""
    return {claim.pk: number_of(data.get(f"c{claim.pk}-opened_on", "")) or 0 for claim in claims}


def number_of(text: str) -> int | None:
    """A key as an address or a hidden field gives it; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def short(quote: EvidenceCitation) -> str:
    """A quote as a choice: its beginning."""
    text = " ".join(quote.quote_exact.split())
    return f"“{text[: LONGEST_CHOICE - 1]}…”" if len(text) > LONGEST_CHOICE else f"“{text}”"
