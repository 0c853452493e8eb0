"""Everything that publishing one claim would show: its own document and those of the subjects it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from budgets.models.agency import Agency
from claims.authorship import Subject
from claims.documents.around import agency_document, dossier_document, person_document, read_dossier
from claims.documents.claim import claim_document, read_claim
from claims.documents.parts import Json
from claims.models.claim import Claim
from claims.models.people import Person
from claims.models.review import ClaimReview
from claims.vocabulary import SubjectKind
from ledger.merkle import canonical


@dataclass(frozen=True, slots=True)
class Document:
    """One subject's document: the parsed body, its canonical text and the SHA-256 of that (hex)."""

    subject: Subject
    slug: str
    body: Json
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """The claim's document first, then those around it; one hash binds them and what the edition says of itself."""

    claim: Document
    around: tuple[Document, ...]
    imprint: str  # canonical JSON of the revision's number, kind and note, which stand on the edition

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, the claim's first."""
        return (self.claim, *self.around)

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) over imprint and digests: what a second person approves."""
        return sha256("\n".join([self.imprint, *self.digests.values()]).encode()).hexdigest()

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each document by `kind:id`; the database holds every edition to it."""
        return {f"{document.subject.kind}:{document.subject.id}": document.digest for document in self.documents}

    @property
    def subjects(self) -> list[Subject]:
        """Every subject whose text the bundle shows."""
        return [document.subject for document in self.documents]


def build(review: ClaimReview) -> Bundle:
    """Build what publishing the review's claim would show now; a constant number of queries."""
    claim = read_claim(review.claim_id)
    imprint = {"revision": review.number, "kind": review.kind, "note": [review.note_en, review.note_th]}
    size = Claim.objects.filter(dossier=claim.dossier_id, number__isnull=False).count() if claim.dossier_id else 0
    own = _document(SubjectKind.CLAIM, claim_document(claim, review, dossier_size=size))
    around = []
    if claim.dossier_id is not None:
        around.append(_document(SubjectKind.DOSSIER, dossier_document(read_dossier(claim.dossier_id), beside=claim.pk)))
    people = list(refs_of_kind([own.body, *(document.body for document in around)], "person"))
    person_documents = [
        _document(SubjectKind.PERSON, person_document(person))
        for person in Person.objects.filter(public_id__in=people)
        .prefetch_related("aliases", "tenures__office__agency")
        .order_by("public_id")
    ]
    around += person_documents
    agencies = list(refs_of_kind([own.body, *(document.body for document in around)], "agency"))
    around += [
        _document(SubjectKind.AGENCY, agency_document(agency))
        for agency in Agency.objects.filter(public_id__in=_with_parents(agencies))
        .select_related("parent")
        .order_by("public_id")
    ]
    return Bundle(own, tuple(around), canonical(imprint).decode())


def refs_of_kind(bodies: list[Json], kind: str) -> set[UUID]:
    """Return the ids of every person, agency or (budget) line, by `kind`, that the documents name."""
    return {UUID(ref["id"]) for body in bodies for found, ref in _refs(body) if found == kind}


def _refs(value: Any, key: str = "") -> Iterator[tuple[str, Json]]:
    """Walk a document: a reference is told by the key it stands under."""
    if isinstance(value, dict):
        if key in _PERSON_KEYS:
            yield "person", value
        elif key in _AGENCY_KEYS:
            yield "agency", value
        elif key == "line":
            yield "line", value
        for name, part in value.items():
            yield from _refs(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _refs(part, "person" if key == "claimants" and "person" not in part else key)


_PERSON_KEYS = frozenset({"person", "speaker"})
_AGENCY_KEYS = frozenset({"agency", "agencies", "for_agency", "party", "parent"})


def _with_parents(ids: list[UUID]) -> set[UUID]:
    """Add the ancestors of agencies, so that every page that a page links to exists."""
    known = set(ids)
    frontier = set(ids)
    while frontier:
        parents = Agency.objects.filter(public_id__in=frontier, parent__isnull=False)
        frontier = set(parents.values_list("parent__public_id", flat=True)) - known
        known |= frontier
    return known


def _document(kind: SubjectKind, body: Json) -> Document:
    raw = canonical(body)
    return Document(Subject(kind, UUID(body["id"])), body["slug"], body, raw.decode(), sha256(raw).hexdigest())
