"""What was corrected or retracted, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from budgets.quantities.formatting import Lang
from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.vocabulary import EditionKind, SubjectKind

from .cards import heading
from .dates import When, bangkok_day
from .words import label, say

_PAGES = {
    SubjectKind.CLAIM: "web:claim",
    SubjectKind.DOSSIER: "web:dossier",
    SubjectKind.PERSON: "web:person",
    SubjectKind.AGENCY: "web:agency",
}


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction or retraction; `page` is the url name of what it corrects."""

    kind: str
    kind_label: str
    subject_label: str
    name: str
    slug: str
    page: str
    number: int
    note: str
    published: When


def correction_line(edition: Edition, statuses: Mapping[str, PublicStatus], lang: Lang) -> CorrectionLine:
    """An edition of kind correction or retraction; a claim is named by its heading, anything else by its slug."""
    status = statuses.get(edition.slug) if edition.subject_kind == SubjectKind.CLAIM else None
    return CorrectionLine(
        edition.kind,
        label(EditionKind, edition.kind, lang),
        label(SubjectKind, edition.subject_kind, lang),
        heading(status, lang) if status else edition.slug,
        edition.slug,
        _PAGES[SubjectKind(edition.subject_kind)],
        edition.number,
        say({"en": edition.note_en, "th": edition.note_th}, lang),
        bangkok_day(edition.published_at, lang),
    )
