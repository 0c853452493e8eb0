"""The form of a claim, with what is said about its next edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import cached_property

from budgets.admin.base import Paragraphs, RefusableForm
from claims.authorship import last_edit, subject_of
from claims.models.claim import Claim
from claims.models.review import ClaimReview
from claims.vocabulary import EditionKind, Language, Rating, ReviewState, RevisionReason

EDITION_FIELDS = (
    "edition_kind",
    "edition_rating",
    "edition_reasons_en",
    "edition_reasons_th",
    "edition_note_en",
    "edition_note_th",
    "edition_code",
    "edition_pending",
    "edition_superseded_by",
    "edition_embargo",
)
# What a second person must not have seen before they rate the claim themselves.
BLIND_FIELDS = ("edition_rating", "edition_reasons_en", "edition_reasons_th")
_LATER = (EditionKind.UPDATE, EditionKind.CORRECTION, EditionKind.RETRACTION, EditionKind.SUPERSESSION)
_LATER_ONLY = ("edition_code", "edition_pending", "edition_superseded_by")


@dataclass(frozen=True, slots=True)
class NextEdition:
    """What is said so far about a claim's next edition; texts are (English, Thai)."""

    kinds: tuple[EditionKind, ...] = (EditionKind.INITIAL,)
    kind: EditionKind = EditionKind.INITIAL
    rating: Rating = Rating.NOT_YET_RATED
    reasons: tuple[str, str] = ("", "")
    note: tuple[str, str] = ("", "")
    code: str = ""
    pending: str = ""
    superseded_by: str = ""
    embargo: datetime | None = None


def next_edition(claim: Claim) -> NextEdition:
    """Return the open revision's description, or what the next one would begin with."""
    if claim._state.adding:
        return NextEdition()
    reviews = ClaimReview.objects.filter(claim=claim).select_related("superseded_by").order_by("-number")
    last = reviews.first()
    if last is None:
        return NextEdition()
    rating, reasons = Rating(last.rating), (last.reasons_en, last.reasons_th)
    if not ReviewState(last.state).is_open:
        return NextEdition(_LATER, EditionKind.UPDATE, rating, reasons)
    return NextEdition(
        kinds=(EditionKind.INITIAL,) if last.kind == EditionKind.INITIAL else _LATER,
        kind=EditionKind(last.kind),
        rating=rating,
        reasons=reasons,
        note=(last.note_en, last.note_th),
        code=last.reason_code,
        pending=last.pending_language,
        superseded_by=last.superseded_by.slug if last.superseded_by else "",
        embargo=last.embargo_until,
    )


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
    edition_code = forms.ChoiceField(
        label="Why it was opened again",
        required=False,
        choices=[("", "—"), *RevisionReason.choices],
    )
    edition_pending = forms.ChoiceField(
        label="Language that follows later",
        required=False,
        choices=[("", "None: both languages are complete"), *Language.choices],
        help_text="Only for an urgent correction: the page says “translation pending”.",
    )
    edition_superseded_by = forms.SlugField(
        label="Replaced by",
        required=False,
        help_text="The address (slug) of the claim that takes the place of this one.",
    )
    edition_embargo = forms.DateTimeField(
        label="Not before",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Bangkok time. Nobody can publish it earlier.",
    )

    # Set on the class that the admin makes for one request.
    blind = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the open revision."""
        super().__init__(*args, **kwargs)
        self.found = next_edition(self.instance)
        if "edition_kind" in self.fields:
            self._describe(self.found)
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
        values = (found.kind, found.rating, *found.reasons, *found.note, found.code, found.pending)
        self.initial.update(zip(EDITION_FIELDS, (*values, found.superseded_by, found.embargo), strict=True))
        for name in (*(BLIND_FIELDS if self.blind else ()), *(_LATER_ONLY if found.kinds != _LATER else ())):
            del self.fields[name]

    @cached_property
    def changed_data(self) -> list[str]:
        """What the person changed; the hidden field is not theirs."""
        return [name for name in super().changed_data if name != "opened_on"]

    @property
    def describes(self) -> bool:
        """Whether the person changed what is said about the next edition."""
        return bool(set(EDITION_FIELDS) & set(self.changed_data))

    def clean(self) -> dict[str, Any]:
        """Find the claim that takes the place of this one; only such an edition names one."""
        data = super().clean() or {}
        replaces = data.get("edition_kind") == EditionKind.SUPERSESSION
        slug = data.get("edition_superseded_by") or ""
        other = Claim.objects.filter(slug=slug).exclude(pk=self.instance.pk).first() if slug else None
        if replaces and other is None:
            self.add_error("edition_superseded_by", "Name the claim that takes the place of this one.")
        elif slug and not replaces:
            self.add_error(
                "edition_superseded_by", f"Choose “{EditionKind.SUPERSESSION.label}” as the kind, or empty it."
            )
        self.other = other
        return data

    @property
    def edition(self) -> dict[str, Any]:
        """The arguments of `describe_revision` as typed; what the person may not see stays as it is."""
        data, found = self.cleaned_data, self.found
        reasons = (data.get("edition_reasons_en"), data.get("edition_reasons_th"))
        return {
            "kind": EditionKind(data["edition_kind"]),
            "rating": found.rating if self.blind else Rating(data["edition_rating"]),
            "reasons": found.reasons if self.blind else reasons,
            "note": (data["edition_note_en"], data["edition_note_th"]),
            "code": RevisionReason(data["edition_code"]) if data.get("edition_code") else None,
            "pending_language": data.get("edition_pending", ""),
            "superseded_by": self.other,
            "embargo_until": data["edition_embargo"],
        }
