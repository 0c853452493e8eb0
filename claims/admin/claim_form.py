"""The form of a claim, with what is said about its next edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property

from budgets.admin.base import Paragraphs, RefusableForm
from claims.authorship import last_edit, subject_of
from claims.models.claim import Claim
from claims.models.review import ClaimReview
from claims.vocabulary import EditionKind, Rating, ReviewState

EDITION_FIELDS = (
    "edition_kind",
    "edition_rating",
    "edition_reasons_en",
    "edition_reasons_th",
    "edition_note_en",
    "edition_note_th",
)
_LATER = (EditionKind.UPDATE, EditionKind.CORRECTION, EditionKind.RETRACTION)


@dataclass(frozen=True, slots=True)
class NextEdition:
    """What is said so far about a claim's next edition; texts are (English, Thai)."""

    kinds: tuple[EditionKind, ...] = (EditionKind.INITIAL,)
    kind: EditionKind = EditionKind.INITIAL
    rating: Rating = Rating.NOT_YET_RATED
    reasons: tuple[str, str] = ("", "")
    note: tuple[str, str] = ("", "")


def next_edition(claim: Claim) -> NextEdition:
    """Return the open revision's description, or what the next one would begin with."""
    last = ClaimReview.objects.filter(claim=claim).order_by("-number").first() if claim.pk else None
    if last is None:
        return NextEdition()
    rating, reasons = Rating(last.rating), (last.reasons_en, last.reasons_th)
    if last.state == ReviewState.PUBLISHED:
        return NextEdition(_LATER, EditionKind.UPDATE, rating, reasons)
    kinds = (EditionKind.INITIAL,) if last.kind == EditionKind.INITIAL else _LATER
    return NextEdition(kinds, EditionKind(last.kind), rating, reasons, (last.note_en, last.note_th))


def _long(label: str, lang: str, help_text: str = "") -> Paragraphs:
    widget = forms.Textarea(attrs={"rows": 3, "lang": lang, "class": "vLargeTextField"})
    return Paragraphs(label=label, widget=widget, required=False, help_text=help_text)


class ClaimForm(RefusableForm):
    """A claim's draft. `opened_on` is the edit that the form was opened on, so that no one's words are overwritten."""

    opened_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    edition_kind = forms.ChoiceField(label="Kind of edition")
    edition_rating = forms.ChoiceField(
        label="Rating",
        choices=Rating.choices,
        help_text="People decide it. “Not yet rated” is an honest rating.",
    )
    edition_reasons_en = _long("Reasons for the rating (English)", "en", "Public.")
    edition_reasons_th = _long("Reasons for the rating (ไทย)", "th")
    edition_note_en = _long("What changed and why (English)", "en", "Public; needed from the second edition on.")
    edition_note_th = _long("What changed and why (ไทย)", "th")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the open revision."""
        super().__init__(*args, **kwargs)
        if "edition_kind" in self.fields:
            self._describe(next_edition(self.instance))
        if self.instance.pk is not None:
            self.initial["opened_on"] = last_edit(subject_of(self.instance))
            if self.refused and self.is_bound:  # whoever saves after the warning knows what they replace
                typed: Any = self.data
                typed = typed.copy()
                typed["opened_on"] = str(self.initial["opened_on"])
                self.data = typed

    def _describe(self, found: NextEdition) -> None:
        kinds = self.fields["edition_kind"]
        if isinstance(kinds, forms.ChoiceField):
            kinds.choices = [(kind.value, kind.label) for kind in found.kinds]
        values = (found.kind, found.rating, *found.reasons, *found.note)
        self.initial.update(zip(EDITION_FIELDS, values, strict=True))

    @cached_property
    def changed_data(self) -> list[str]:
        """What the person changed; the hidden field is not theirs."""
        return [name for name in super().changed_data if name != "opened_on"]

    @property
    def describes(self) -> bool:
        """Whether the person changed what is said about the next edition."""
        return bool(set(EDITION_FIELDS) & set(self.changed_data))

    @property
    def edition(self) -> dict[str, Any]:
        """The arguments of `describe_revision` as typed."""
        data = self.cleaned_data
        return {
            "kind": EditionKind(data["edition_kind"]),
            "rating": Rating(data["edition_rating"]),
            "reasons": (data["edition_reasons_en"], data["edition_reasons_th"]),
            "note": (data["edition_note_en"], data["edition_note_th"]),
        }
