"""The answer matrix as the desk shows it: a row per claim with its assertions, a column per statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from claims.admin.matrix_form import CellForm, initial_of, prefix_of
from claims.documents.responses import clearest, strongest
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.evidence import EvidenceCitation
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.models.review import ClaimReview, DraftEdit
from claims.vocabulary import Coverage, ReviewState, Stance, SubjectKind

# A cell sends five fields, and Django reads a thousand.
MOST_CELLS = 150
_DONE = (ReviewState.PUBLISHED, ReviewState.RETRACTED, ReviewState.SUPERSEDED)
_By = Mapping[tuple[int, int, int | None], ResponseCoverage]

Subject = Dossier | Claim | OfficialResponse


@dataclass(frozen=True, slots=True)
class Sum:
    """What a statement says of a claim, summed up over its assertions; `judged` of them are. No code: none is."""

    code: str
    stance_code: str
    judged: int
    assertions: int

    @property
    def coverage(self) -> str:
        """The strongest coverage in words."""
        return str(Coverage(self.code).label)

    @property
    def stance(self) -> str:
        """The clearest stance in words."""
        return str(Stance(self.stance_code).label)


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: what is stored, and its form where it can be changed. The cell of a claim as a whole has a sum."""

    key: str
    response: OfficialResponse
    stored: ResponseCoverage | None
    form: CellForm | None
    sum: Sum | None = None

    @property
    def code(self) -> str:
        """What decides how it looks."""
        return self.sum.code if self.sum and self.sum.code else self.stored.coverage if self.stored else ""

    @property
    def differs(self) -> bool:
        """Whether the sum says something else than what is recorded for the claim as a whole."""
        if self.sum is None or not self.sum.code or self.stored is None:
            return False
        return (self.stored.coverage, self.stored.stance) != (self.sum.code, self.sum.stance_code)

    @property
    def is_unsaved(self) -> bool:
        """Whether the form holds something else than what is stored."""
        return self.form is not None and self.form.is_bound and self.form.has_changed()


@dataclass(frozen=True, slots=True)
class Line:
    """One assertion, or the claim as a whole (None), across the statements."""

    assertion: Assertion | None
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A claim: its own line, then one per assertion. `frozen` says why its text may not be changed now."""

    claim: Claim
    frozen: str
    opened_on: int
    whole: Line
    lines: tuple[Line, ...]

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The claim as a whole first."""
        return (self.whole, *self.lines)


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix. `opened` is the statement whose column can be changed; `wide` when a column is too long to open."""

    columns: tuple[OfficialResponse, ...]
    rows: tuple[Row, ...]
    opened: OfficialResponse | None
    quotes: tuple[EvidenceCitation, ...]
    judged: int
    cells: int
    wide: bool

    @property
    def unjudged(self) -> int:
        """How many cells nobody has judged: those of assertions, and of claims that have none."""
        return self.cells - self.judged

    @property
    def forms(self) -> list[tuple[Row, Line, CellForm]]:
        """Every form with what it is about."""
        lines = [(row, line) for row in self.rows for line in row.all_lines]
        return [(row, line, cell.form) for row, line in lines for cell in line.cells if cell.form]


def read_grid(subject: Subject, *, opened: int | None, data: Mapping[str, Any] | None, may_write: bool) -> Grid:
    """The matrix of a dossier, claim or statement in five queries.

    `opened` is the key of the statement to judge; a single one is opened by itself. `data` is what was sent of it.
    Raises LookupError when that statement is no column.
    """
    claims, columns = _claims(subject), _columns(subject)
    wide = sum(1 + len(claim.assertions.all()) for claim in claims) > MOST_CELLS
    if opened is not None and opened not in {column.pk for column in columns}:
        raise LookupError(opened)
    if opened is None and len(columns) == 1:
        opened = columns[0].pk
    chosen = next((column for column in columns if column.pk == opened), None) if may_write and not wide else None
    quotes = list(chosen.citations.order_by("position", "pk")) if chosen else []
    stored = _stored(claims, columns)
    maker = _Maker(columns, stored, chosen, quotes, data)
    rows = tuple(maker.row(claim) for claim in claims)
    judgeable = [line for row in rows for line in (row.lines or (row.whole,))]
    return Grid(
        columns=tuple(columns),
        rows=rows,
        opened=chosen,
        quotes=tuple(quotes),
        judged=sum(cell.stored is not None for line in judgeable for cell in line.cells),
        cells=sum(len(line.cells) for line in judgeable),
        wide=wide,
    )


def _claims(subject: Subject) -> list[Any]:
    if isinstance(subject, Claim):
        chosen = Q(pk=subject.pk)
    elif isinstance(subject, Dossier):
        chosen = Q(dossier=subject)
    else:
        chosen = Q(pk__in=subject.coverage.values("claim"))
        if subject.dossier_id is not None:
            chosen |= Q(dossier=subject.dossier_id)
    reviews = ClaimReview.objects.filter(claim=OuterRef("pk")).order_by("-number")
    edits = DraftEdit.objects.filter(subject_kind=SubjectKind.CLAIM, subject_id=OuterRef("public_id"))
    found: QuerySet[Any] = Claim.objects.filter(chosen).annotate(
        newest_state=Subquery(reviews.values("state")[:1]), last_edit=Subquery(edits.order_by("-pk").values("pk")[:1])
    )
    return list(found.order_by("dossier", F("number").asc(nulls_last=True), "pk").prefetch_related("assertions"))


def _columns(subject: Subject) -> list[OfficialResponse]:
    if isinstance(subject, OfficialResponse):
        chosen = Q(pk=subject.pk)
    elif isinstance(subject, Dossier):
        covering = ResponseCoverage.objects.filter(claim__dossier=subject)
        chosen = Q(dossier=subject) | Q(pk__in=covering.values("response"))
    else:
        chosen = Q(pk__in=subject.coverage.values("response"))
        if subject.dossier_id is not None:
            chosen |= Q(dossier=subject.dossier_id)
    found = OfficialResponse.objects.filter(chosen).select_related("speaker", "office")
    return list(found.order_by("position", "pk"))


def _stored(claims: Sequence[Claim], columns: Sequence[OfficialResponse]) -> _By:
    rows = ResponseCoverage.objects.filter(claim__in=claims, response__in=columns).select_related("quote")
    return {(row.response_id, row.claim_id, row.assertion_id): row for row in rows}


@dataclass(frozen=True, slots=True)
class _Maker:
    columns: Sequence[OfficialResponse]
    stored: _By
    opened: OfficialResponse | None
    quotes: Sequence[EvidenceCitation]
    data: Mapping[str, Any] | None

    def row(self, claim: Any) -> Row:
        assertions = list(claim.assertions.all())
        frozen = _frozen(claim.newest_state)
        return Row(
            claim=claim,
            frozen=frozen,
            opened_on=claim.last_edit or 0,
            whole=self.line(claim, None, assertions, frozen),
            lines=tuple(self.line(claim, assertion, (), frozen) for assertion in assertions),
        )

    def line(self, claim: Claim, assertion: Assertion | None, summed: Sequence[Assertion], frozen: str) -> Line:
        key, cells = prefix_of(claim, assertion), []
        for column in self.columns:
            row = self.stored.get((column.pk, claim.pk, assertion.pk if assertion else None))
            form = self.form(key, claim, assertion, row, frozen) if column == self.opened else None
            total = self.sum(column, claim, summed) if summed else None
            cells.append(Shown(key, column, row, form, total))
        return Line(assertion, tuple(cells))

    def form(
        self, key: str, claim: Claim, assertion: Assertion | None, row: ResponseCoverage | None, frozen: str
    ) -> CellForm | None:
        """A cell that was sent keeps its form, also when the claim froze meanwhile: nothing typed is lost."""
        sent = self.data is not None and f"{key}-coverage" in self.data
        if frozen and not sent:
            return None
        part = f"point {assertion.number}" if assertion else "as a whole"
        return CellForm(
            self.data if sent else None,
            prefix=key,
            initial=initial_of(row),
            quotes=self.quotes,
            about=f"{claim}, {part}",
        )

    def sum(self, column: OfficialResponse, claim: Claim, assertions: Iterable[Assertion]) -> Sum:
        all_of_it = list(assertions)
        found = [self.stored.get((column.pk, claim.pk, assertion.pk)) for assertion in all_of_it]
        rows = [row for row in found if row is not None]
        code = strongest(row.coverage for row in rows) if rows else ""
        return Sum(code, clearest(row.stance for row in rows), len(rows), len(all_of_it))


def _frozen(state: str | None) -> str:
    """Why a claim whose newest revision is in `state` cannot be edited; "" when it can."""
    if state is None or state in _DONE or ReviewState(state).is_writable:
        return ""
    return str(ReviewState(state).label)
