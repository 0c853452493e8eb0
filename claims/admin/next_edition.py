"""What is said about a claim's next edition, for those who only read; and from whom its rating is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from budgets.admin.base import staff
from claims.admin.claim_form import NextEdition, next_edition
from claims.admin.panel import open_review
from claims.models.claim import Claim
from claims.review.blinding import rating_hidden_from
from claims.vocabulary import EditionKind, Language, RevisionReason

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object


def is_blind(request: HttpRequest, claim: Claim | None) -> bool:
    """Whether the person may still be asked to rate the open revision without having seen its rating; read once."""
    key = f"tamroi.blind.{claim.pk if claim else ''}"
    if key not in request.META:
        review = open_review(claim) if claim else None
        request.META[key] = review is not None and rating_hidden_from(review, staff(request))
    blind: bool = request.META[key]
    return blind


def is_later(claim: Claim | None) -> bool:
    """Whether the next edition follows another one."""
    return claim is not None and _read(claim).kinds != (EditionKind.INITIAL,)


def _read(claim: Claim) -> NextEdition:
    """One query for all the fields of a page."""
    row: Any = claim
    if not hasattr(row, "described"):
        row.described = next_edition(claim)
    found: NextEdition = row.described
    return found


class ShowsNextEdition(_Page):
    """The form's own fields as text."""

    @admin.display(description="Kind of edition")
    def edition_kind(self, claim: Claim) -> str:
        """What the form says."""
        return str(_read(claim).kind.label)

    @admin.display(description="Rating")
    def edition_rating(self, claim: Claim) -> str:
        """The rating of the next edition."""
        return str(_read(claim).rating.label)

    @admin.display(description="Reasons (English)")
    def edition_reasons_en(self, claim: Claim) -> str:
        """Why this rating."""
        return _read(claim).reasons[0] or "—"

    @admin.display(description="Reasons (ไทย)")
    def edition_reasons_th(self, claim: Claim) -> str:
        """Why this rating, in Thai."""
        return _read(claim).reasons[1] or "—"

    @admin.display(description="What changed and why (English)")
    def edition_note_en(self, claim: Claim) -> str:
        """What changed."""
        return _read(claim).note[0] or "—"

    @admin.display(description="What changed and why (ไทย)")
    def edition_note_th(self, claim: Claim) -> str:
        """What changed, in Thai."""
        return _read(claim).note[1] or "—"

    @admin.display(description="Why it was opened again")
    def edition_code(self, claim: Claim) -> str:
        """The reason that was chosen."""
        code = _read(claim).code
        return str(RevisionReason(code).label) if code else "—"

    @admin.display(description="Language that follows later")
    def edition_pending(self, claim: Claim) -> str:
        """The language that an urgent correction does without."""
        pending = _read(claim).pending
        return str(Language(pending).label) if pending else "—"

    @admin.display(description="Replaced by")
    def edition_superseded_by(self, claim: Claim) -> str:
        """The address of the other claim."""
        return _read(claim).superseded_by or "—"

    @admin.display(description="Not before")
    def edition_embargo(self, claim: Claim) -> str:
        """Until when nobody can publish it, in Bangkok."""
        until = _read(claim).embargo
        return f"{timezone.localtime(until):%Y-%m-%d %H:%M}" if until else "—"
