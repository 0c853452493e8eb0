"""The bundle of `claims.documents.bundle`, read in one query instead of one per table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q

from budgets.models.agency import Agency
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from claims.documents.around import Shown, agency_document, dossier_body, person_document
from claims.documents.bundle import Bundle, document_of, imprint_of, refs_of_kind
from claims.documents.claim import claim_document
from claims.documents.together import Rows, Tied, read_together
from claims.models.appearance import Appearance
from claims.models.assertion import Assertion
from claims.models.claim import Claim, Claimant
from claims.models.dossier import Dossier, DossierNote
from claims.models.event import Event
from claims.models.evidence import EvidenceCitation, EvidenceDocument
from claims.models.figure_attribution import FigureAttribution
from claims.models.figure_check import FigureCheck, Finding, Reading
from claims.models.people import Office, Person, PersonAlias, Tenure
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.models.review import ClaimReview
from claims.models.source import Source
from claims.models.waiver import Waiver
from claims.vocabulary import PublicState, SubjectKind

# Agencies name their parents; deeper ones than these are found one by one.
_PARENTS = ("parts", "parts__parts", "parts__parts__parts")
_MANY: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Claim, ("claimants", "appearances", "assertions", "events", "citations", "figures", "coverage", "waivers")),
    (Dossier, ("notes", "events", "figures", "citations", "responses")),
    (OfficialResponse, ("citations",)),
    (Assertion, ("checks",)),
    (FigureCheck, ("readings",)),
    (Person, ("aliases", "tenures")),
)


def build_at_once(review: ClaimReview) -> Bundle:
    """Return what `build` returns, from one query (more only where agencies are nested deeper than anybody's are)."""
    return read_at_once(review).bundle


@dataclass(frozen=True, slots=True)
class AtOnce:
    """The claim with everything that its page shows, and the bundle that publishing it would be."""

    claim: Claim
    bundle: Bundle
    also: list[list[Any]]


def read_at_once(review: ClaimReview, also: Sequence[Rows] = ()) -> AtOnce:
    """Read a review's claim with everything around it, and the rows of other queries in the same breath."""
    around = _Around(review.claim_id)
    models, numbers = around.models(), around.numbers()
    found = read_together([*models, *numbers, *also])
    tied = Tied(row for rows in found[: len(models)] for row in rows)
    sizes, claimed, covering, of_claim, of_dossier = found[len(models) : len(models) + len(numbers)]
    for owner, names in _MANY:
        for name in names:
            tied.gather(owner, name)
    for owner, pairs, key in ((Claim, of_claim, "claim_id"), (Dossier, of_dossier, "dossier_id")):
        chosen = {(row[key], row["agency_id"]) for row in pairs}
        owners = [one.pk for one in tied.all(owner)]
        agencies = [(pk, agency) for pk in owners for agency in tied.all(Agency) if (pk, agency.pk) in chosen]
        tied.gather(owner, "agencies", agencies)
    for reading in tied.all(Reading):
        reading.newest = []
    for finding in tied.all(Finding):
        finding.reading.newest.append(finding)
    claim: Claim = tied.get(Claim, review.claim_id)
    people = list(dict.fromkeys(tied.get(Person, row["person_id"]) for row in claimed))
    size = sizes[0]["n"] if sizes else 0
    shown = Shown(people, {row["response_id"] for row in covering})
    return AtOnce(claim, _bundle(review, claim, tied, size, shown), found[len(models) + len(numbers) :])


def _bundle(review: ClaimReview, claim: Claim, tied: Tied, size: int, shown: Shown) -> Bundle:
    own = document_of(SubjectKind.CLAIM, claim_document(claim, review, dossier_size=size))
    around = []
    if claim.dossier is not None:
        around.append(document_of(SubjectKind.DOSSIER, dossier_body(claim.dossier, shown)))
    wanted = refs_of_kind([own.body, *(document.body for document in around)], "person")
    people = sorted((row for row in tied.all(Person) if row.public_id in wanted), key=lambda row: row.public_id)
    documents = [document_of(SubjectKind.PERSON, person_document(person)) for person in people]
    named = refs_of_kind([own.body, *(document.body for document in around + documents)], "agency")
    agencies = _with_parents(row for row in tied.all(Agency) if row.public_id in named)
    documents += [document_of(SubjectKind.AGENCY, agency_document(agency)) for agency in agencies]
    return Bundle(own, (*around, *documents), imprint_of(review))


def _with_parents(agencies: Iterable[Agency]) -> list[Agency]:
    found: dict[int, Agency] = {}
    for agency in agencies:
        above: Agency | None = agency
        while above is not None and above.pk not in found:
            found[above.pk] = above
            above = above.parent
    return sorted(found.values(), key=lambda row: row.public_id)


class _Around:
    """The queries: every row that a document of the claim, or of what it names, is made of."""

    def __init__(self, claim: int) -> None:
        self.claim = Claim.objects.filter(pk=claim)
        self.dossier = Dossier.objects.filter(claims=claim)
        self.shown = Claim.objects.filter(Q(status__state=PublicState.LIVE) | Q(pk=claim), dossier__claims=claim)
        covered, told = (
            Q(pk__in=ResponseCoverage.objects.filter(claim=claim).values("response")),
            Q(dossier__claims=claim),
        )
        self.responses = OfficialResponse.objects.filter(covered | told)
        self.said = Claimant.objects.filter(Q(claim=claim) | Q(claim__in=self.shown))
        self.figures = FigureAttribution.objects.filter(Q(claim=claim) | Q(dossier__claims=claim))
        self.cited = EvidenceCitation.objects.filter(
            Q(claim=claim) | Q(dossier__claims=claim) | Q(response__in=self.responses.order_by().values("pk"))
        )
        self.people = Person.objects.filter(
            Q(pk__in=self.said.order_by().values("person"))
            | Q(pk__in=self.figures.order_by().values("said_by"))
            | Q(pk__in=self.responses.order_by().values("speaker"))
        )
        self.held = Tenure.objects.filter(person__in=self.people.order_by().values("pk"))

    def models(self) -> list[Rows]:
        """Whose rows are tied to each other."""
        claim, cited, figures = self.claim.values("pk"), self.cited.order_by(), self.figures.order_by()
        shown = Figure.objects.filter(pk__in=figures.values("figure"))
        return [
            *(
                self.claim,
                self.dossier,
                self.responses,
                self.cited,
                self.figures,
                self.people,
                self.held,
                shown,
            ),
            *(model.objects.filter(claim__in=claim) for model in (Appearance, Assertion, Claimant, ResponseCoverage)),
            Waiver.objects.standing().filter(claim__in=claim).order_by("rule"),
            FigureCheck.objects.filter(assertion__claim__in=claim),
            Reading.objects.filter(figure_check__assertion__claim__in=claim),
            Finding.objects.filter(reading__figure_check__assertion__claim__in=claim).current(),
            DossierNote.objects.filter(dossier__in=self.dossier.values("pk")),
            Event.objects.filter(Q(claim__in=claim) | Q(dossier__in=self.dossier.values("pk"))),
            Source.objects.filter(pk__in=cited.values("source")),
            EvidenceDocument.objects.filter(pk__in=cited.values("document")),
            BudgetLine.objects.filter(pk__in=shown.order_by().values("line")),
            PersonAlias.objects.filter(person__in=self.people.order_by().values("pk")),
            self._offices(),
            self._agencies(shown),
        ]

    def numbers(self) -> list[Rows]:
        """How many numbered claims the dossier has, who is shown in it, and what is tied through tables between."""
        numbered = Claim.objects.filter(dossier__claims__in=self.claim.values("pk"), number__isnull=False)
        said = Claimant.objects.filter(claim__in=self.shown, claim__number__isnull=False)
        return [
            numbered.order_by().values("dossier").annotate(n=Count("pk")),
            said.order_by("claim__number", "position").values("person_id"),
            ResponseCoverage.objects.filter(claim__in=self.shown).order_by().values("response_id").distinct(),
            Claim.agencies.through.objects.filter(claim__in=self.claim.values("pk")).values("claim_id", "agency_id"),
            Dossier.agencies.through.objects.filter(dossier__in=self.dossier.values("pk")).values(
                "dossier_id", "agency_id"
            ),
        ]

    def _offices(self) -> Rows:
        return Office.objects.filter(
            Q(pk__in=self.held.order_by().values("office"))
            | Q(pk__in=self.said.order_by().values("office"))
            | Q(pk__in=self.responses.order_by().values("office"))
        )

    def _agencies(self, figures: Rows) -> Rows:
        named = (
            Q(claims__in=self.claim.values("pk")),
            Q(dossiers__in=self.dossier.values("pk")),
            Q(pk__in=self.said.order_by().values("party")),
            Q(pk__in=self.responses.order_by().values("for_agency")),
            Q(pk__in=figures.order_by().values("agency")),
            Q(pk__in=self._offices().order_by().values("agency")),
        )
        either = Q()
        for condition in named:
            either |= condition
        own = Agency.objects.filter(either).order_by().values("pk")
        above = Q(pk__in=own)
        for name in _PARENTS:
            above |= Q(**{f"{name}__in": own})
        return Agency.objects.filter(pk__in=Agency.objects.filter(above).order_by().values("pk"))
