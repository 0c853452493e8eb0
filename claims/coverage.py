"""The verb of the answer matrix: what a person judged that one statement says of claims and of their assertions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.authorship import EditedMeanwhile, begin_edit, last_edit, lock, refuse_overwriting, subject_of
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.vocabulary import Coverage, Stance
from ledger.recording import record

_WRITTEN = ("coverage", "stance", "quote", "note_en", "note_th")
_UNMENTIONED = (Coverage.NOT_MENTIONED, Coverage.NOT_APPLICABLE)
_Key = tuple[int, int | None]


class CoverageRefused(Exception):
    """What was judged cannot be stored; carries one sentence per fault."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a statement says about one assertion, or about the claim as a whole (None).

    Without coverage it is not judged; then it says nothing else either.
    """

    claim: Claim
    assertion: Assertion | None = None
    coverage: Coverage | None = None
    stance: Stance = Stance.NEITHER
    quote: EvidenceCitation | None = None
    note_en: str = ""
    note_th: str = ""

    @property
    def key(self) -> _Key:
        """What it is about: keys of claim and assertion."""
        return self.claim.pk, self.assertion.pk if self.assertion else None

    @property
    def said(self) -> tuple[str, str, int | None, str, str]:
        """All that it says, comparable with a stored row."""
        return str(self.coverage or ""), str(self.stance), self.quote.pk if self.quote else None, *self.notes

    @property
    def notes(self) -> tuple[str, str]:
        """Its note, English and Thai."""
        return self.note_en, self.note_th

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return self.said == ("", Stance.NEITHER.value, None, "", "")

    def __str__(self) -> str:
        return f"“{self.claim}”, " + (f"assertion {self.assertion.number}" if self.assertion else "as a whole")


def cover(
    *, response: OfficialResponse, cells: Sequence[Cell], opened_on: Mapping[int, int], by: User, now: datetime
) -> int:
    """Store what `by` judged of a response and return how many cells changed; an empty cell takes its row away.

    Only what differs is written, and only the claims where something does are edited. `opened_on` gives for each
    claim's key the edit on which its cells were shown (`authorship.last_edit`). Raises `CoverageRefused`, `Frozen`
    while somebody judges one of the claims, or `EditedMeanwhile` when one was edited since it was shown; then nothing
    is stored.
    """
    with transaction.atomic():
        # The locks come before the look, so that nobody slips in between what is compared and what is written.
        lock(subject_of(cell.claim) for cell in cells)
        OfficialResponse.objects.select_for_update().get(pk=response.pk)
        stored = _stored(response, {cell.claim.pk for cell in cells})
        changed = [cell for cell in cells if _differs(cell, stored.get(cell.key))]
        if not changed:
            return 0
        _refuse_faults(response, changed)
        claims = sorted({cell.claim for cell in changed}, key=lambda claim: claim.pk)
        _refuse_overwriting(claims, opened_on, by)
        for claim in claims:
            begin_edit(claim, by=by, now=now)
        _write(response, changed, stored)
        record("response.covered", subject_kind="response", subject_id=response.public_id, content={"user": str(by.pk)})
    return len(changed)


def _stored(response: OfficialResponse, claims: set[int]) -> dict[_Key, ResponseCoverage]:
    rows = ResponseCoverage.objects.filter(response=response, claim__in=claims)
    return {(row.claim_id, row.assertion_id): row for row in rows}


def _differs(cell: Cell, row: ResponseCoverage | None) -> bool:
    if row is None:
        return not cell.is_empty
    return cell.said != (row.coverage, row.stance, row.quote_id, row.note_en, row.note_th)


def _refuse_faults(response: OfficialResponse, cells: Sequence[Cell]) -> None:
    reasons = [f"{cell}: {fault}" for cell in cells for fault in _faults(response, cell)]
    if len({cell.key for cell in cells}) < len(cells):
        reasons.append("One cell was given twice.")
    if reasons:
        raise CoverageRefused(reasons)


def _faults(response: OfficialResponse, cell: Cell) -> Iterator[str]:
    if cell.assertion is not None and cell.assertion.claim_id != cell.claim.pk:
        yield "this assertion belongs to another claim."
    if cell.quote is not None and cell.quote.response_id != response.pk:
        yield "the quote is not one of this statement."
    if cell.coverage is None and not cell.is_empty:
        yield "choose what the statement covers, or leave the whole cell empty."
    if cell.coverage in _UNMENTIONED and cell.stance is not Stance.NEITHER:
        yield f"“{cell.coverage.label}” goes with no stance."
    if cell.coverage is Coverage.NOT_MENTIONED and cell.quote is not None:
        yield "what is not mentioned has no quote that answers it."


def _refuse_overwriting(claims: Iterable[Claim], opened_on: Mapping[int, int], by: User) -> None:
    """Look at every claim before refusing: whoever saves again has been told of all that they replace."""
    reasons = []
    for claim in claims:
        subject, opened = subject_of(claim), opened_on.get(claim.pk, 0)
        try:
            refuse_overwriting(subject, opened_on=opened, by=by)
        except EditedMeanwhile as refusal:
            reasons.append(f"“{claim}”: {refusal}")
        else:
            if last_edit(subject) > opened:
                reasons.append(
                    f"“{claim}”: you saved this claim yourself after you opened this page. Nothing typed here is "
                    "stored yet. Saving again replaces what is stored."
                )
    if reasons:
        raise EditedMeanwhile(" ".join(reasons))


def _write(response: OfficialResponse, cells: Sequence[Cell], stored: Mapping[_Key, ResponseCoverage]) -> None:
    emptied = [stored[cell.key].pk for cell in cells if cell.is_empty]
    kept = [_row(response, cell, stored.get(cell.key)) for cell in cells if not cell.is_empty]
    ResponseCoverage.objects.filter(pk__in=emptied).delete()
    ResponseCoverage.objects.bulk_create(row for row in kept if row.pk is None)
    ResponseCoverage.objects.bulk_update([row for row in kept if row.pk is not None], _WRITTEN)
    if emptied and not ResponseCoverage.objects.filter(response=response).exists():
        raise CoverageRefused(["A statement covers at least one claim: say which, also when it does not mention it."])


def _row(response: OfficialResponse, cell: Cell, row: ResponseCoverage | None) -> ResponseCoverage:
    row = row or ResponseCoverage(response=response, claim=cell.claim, assertion=cell.assertion)
    row.coverage, row.stance, row.quote = str(cell.coverage), str(cell.stance), cell.quote
    row.note_en, row.note_th = cell.notes
    return row
