"""Dossiers, people and agencies as the documents they would be published as."""

from __future__ import annotations

from django.db.models import Prefetch, Q

from budgets.models.agency import Agency
from claims.documents.claim import events
from claims.documents.evidence import evidence_document
from claims.documents.figures import figure_document
from claims.documents.parts import Json, agency_ref, iso, office_title, person_ref, text, text_or_none, uncertain_date
from claims.documents.responses import response_document
from claims.models.claim import Claim, Claimant
from claims.models.dossier import Dossier
from claims.models.evidence import EvidenceCitation
from claims.models.figure_attribution import FigureAttribution
from claims.models.people import Person
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.vocabulary import PublicState

_CITED = EvidenceCitation.objects.select_related("source", "document", "assertion", "response", "dossier")


def read_dossier(pk: int) -> Dossier:
    """Read a dossier with everything its document needs."""
    figures = FigureAttribution.objects.select_related(
        "figure__agency", "figure__line", "said_by", "assertion", "citation", "claim", "dossier"
    )
    responses = OfficialResponse.objects.select_related("speaker", "office", "for_agency").prefetch_related(
        Prefetch("citations", _CITED)
    )
    return Dossier.objects.prefetch_related(
        "notes",
        "events",
        "agencies",
        Prefetch("figures", figures),
        Prefetch("citations", _CITED),
        Prefetch("responses", responses),
    ).get(pk=pk)


def dossier_document(dossier: Dossier, *, beside: int) -> Json:
    """The dossier body of docs/architecture.md, as it stands once the claim with key `beside` is published.

    Drafts of other claims leave no trace in it: neither their claimants nor statements that cover them alone.
    """
    shown = Claim.objects.filter(Q(status__state=PublicState.LIVE) | Q(pk=beside), dossier=dossier)
    claimants = Claimant.objects.filter(claim__in=shown, claim__number__isnull=False).select_related("person")
    covering = set(ResponseCoverage.objects.filter(claim__in=shown).values_list("response_id", flat=True))
    people = {claimant.person_id: claimant.person for claimant in claimants.order_by("claim__number", "position")}
    return {
        "schema": "tamroi/dossier/1",
        "id": str(dossier.public_id),
        "slug": dossier.slug,
        "title": text(dossier, "title"),
        "summary": text(dossier, "summary"),
        "notes": [text(note, "text") for note in dossier.notes.all()],
        "period": uncertain_date(dossier.period_earliest, dossier.period_latest),
        "as_reported_on": iso(dossier.as_reported_on),
        "claimants": [person_ref(person) for person in people.values()],
        "agencies": [agency_ref(agency) for agency in dossier.agencies.all()],
        "figures": [figure_document(attribution) for attribution in dossier.figures.all()],
        "evidence": [
            evidence_document(citation, number, claim_slug=None)
            for number, citation in enumerate(dossier.citations.all(), 1)
        ],
        "events": events(list(dossier.events.all())),
        "responses": [response_document(response) for response in dossier.responses.all() if response.pk in covering],
    }


def person_document(person: Person) -> Json:
    """The person body of docs/architecture.md."""
    return {
        "schema": "tamroi/person/1",
        "id": str(person.public_id),
        "slug": person.slug,
        "name": text(person, "name"),
        "aliases": [{"name": alias.name, "lang": alias.lang} for alias in person.aliases.all()],
        "note": text_or_none(person, "note"),
        "tenures": [
            {
                "office": office_title(tenure.office),
                "agency": agency_ref(tenure.office.agency) if tenure.office.agency else None,
                "start": uncertain_date(tenure.start_earliest, tenure.start_latest),
                "end": uncertain_date(tenure.end_earliest, tenure.end_latest),
                "note": text_or_none(tenure, "note"),
            }
            for tenure in person.tenures.all()
        ],
    }


def agency_document(agency: Agency) -> Json:
    """The agency body of docs/architecture.md."""
    return {
        "schema": "tamroi/agency/1",
        "id": str(agency.public_id),
        "slug": agency.slug,
        "kind": agency.kind,
        "name": text(agency, "name"),
        "abbreviation": text_or_none(agency, "abbreviation"),
        "parent": agency_ref(agency.parent) if agency.parent else None,
        "note": text_or_none(agency, "note"),
    }
