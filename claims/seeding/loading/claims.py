"""Claims with their claimants, assertions, appearances, events and citations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from budgets.models.agency import Agency
from claims.authorship import Frozen
from claims.intake import IntakeRefused, register_claim, revise_claim
from claims.models.appearance import Appearance
from claims.models.assertion import Assertion
from claims.models.claim import Claim, Claimant
from claims.models.event import Event
from claims.seeding.loading.citations import CitationPlan
from claims.seeding.loading.differences import Difference, Wanted, difference, differences
from claims.seeding.loading.dossiers import event_differences, with_agencies
from claims.seeding.loading.session import Session, both
from claims.seeding.schema.story import ClaimantEntry, ClaimFile, DossierHead


@dataclass(frozen=True)
class ClaimPlan:
    """One claim as it stands against its file."""

    found: Difference[Claim]
    claimants: list[Difference[Claimant]]
    assertions: list[Difference[Assertion]]
    appearances: list[Difference[Appearance]]
    events: list[Difference[Event]]
    agencies: list[Agency]

    @property
    def parts(self) -> list[Difference[Any]]:
        """Everything that hangs on the claim and is saved with it."""
        return [*self.claimants, *self.assertions, *self.appearances, *self.events]

    @property
    def all(self) -> list[Difference[Any]]:
        """The claim and its parts."""
        return [self.found, *self.parts]

    def save_parts(self) -> None:
        """Save what hangs on the claim, which stands by now."""
        for part in self.parts:
            part.row.claim = self.found.row
            if part.differs:
                part.save()
        self.found.row.agencies.add(*self.agencies)


def load_claim(session: Session, entry: ClaimFile, head: DossierHead) -> None:
    """Bring one claim into the drafts: registered when new, revised when its file differs, else left alone."""
    plan = _compare(session, entry, head)
    claim = plan.found.row
    if not session.owns(plan.found):
        return
    session.claims[entry.slug] = claim
    refusals = len(session.refusals)
    numbers = {part.values["number"]: part.row for part in plan.assertions}
    citations = CitationPlan(session, entry.slug, claim if claim.pk else None, entry.citations, numbers)
    try:
        if plan.found.is_new:
            claim.slug = entry.slug
            plan.found.take()
            register_claim(claim=claim, save_parts=plan.save_parts, by=session.by, now=session.now)
        elif session.may_change(claim, [*plan.all, *citations.found]):
            _revise(session, plan, citations)
        if len(session.refusals) == refusals:
            citations.cite(claim=claim)
    except Frozen as error:
        session.refuse(f"{error} Or write the file as the claim stands; until then nothing is loaded.")
    except IntakeRefused as error:
        session.refuse(f"{entry.at.file}: {error}")
    except ValidationError as error:
        session.refuse_invalid(entry.at.file, error)


def _revise(session: Session, plan: ClaimPlan, citations: CitationPlan) -> None:
    def save() -> None:
        if plan.found.fields:
            plan.found.save()
        plan.save_parts()
        citations.save_changed()

    if any(one.differs for one in plan.all) or citations.changed:
        revise_claim(claim=plan.found.row, save=save, by=session.by, now=session.now)


def _compare(session: Session, entry: ClaimFile, head: DossierHead) -> ClaimPlan:
    row = Claim.objects.filter(slug=entry.slug).first()
    agencies = [session.agencies[key] for key in entry.agencies]
    found = with_agencies(difference(Claim, row, entry.slug, _values(session, entry)), row, agencies)
    plan = ClaimPlan(
        found=found,
        claimants=_claimants(session, row, entry, {claimant.person: claimant for claimant in head.claimants}),
        assertions=_assertions(row, entry),
        appearances=_appearances(session, row, entry),
        events=event_differences(row, entry.slug, entry.events),
        agencies=agencies,
    )
    session.note("claim", found)
    for noun, parts in (
        ("claimant", plan.claimants),
        ("assertion", plan.assertions),
        ("appearance", plan.appearances),
        ("event", plan.events),
    ):
        for part in parts:
            session.note(noun, part)
    return plan


def _values(session: Session, entry: ClaimFile) -> dict[str, Any]:
    return {
        "dossier": session.dossier,
        "number": entry.number,
        **both("heading", entry.heading),
        **both("summary", entry.summary),
        **both("claimed", entry.minute.claimed),
        **both("said", entry.minute.said),
        **both("known", entry.minute.known),
        **both("not_known", entry.minute.not_known),
        **both("would_settle", entry.would_settle),
    }


def _claimants(
    session: Session, row: Claim | None, entry: ClaimFile, known: dict[str, ClaimantEntry]
) -> list[Difference[Claimant]]:
    standing = {claimant.person_id: claimant for claimant in row.claimants.all()} if row else {}
    wanted = []
    for position, key in enumerate(entry.claimants, start=1):
        claimant, person = known[key], session.people[key]
        values = {
            "person": person,
            "office": session.offices[claimant.office] if claimant.office else None,
            "party": session.agencies[claimant.party] if claimant.party else None,
            "position": position,
            **both("interests", claimant.interests),
        }
        wanted.append(Wanted(f"{entry.slug}/{key}", person.pk, values))
    return differences(Claimant, standing, wanted)


def _assertions(row: Claim | None, entry: ClaimFile) -> list[Difference[Assertion]]:
    standing = {assertion.number: assertion for assertion in row.assertions.all()} if row else {}
    wanted = [
        Wanted(
            f"{entry.slug}/{part.number}",
            part.number,
            {"number": part.number, "kind": part.kind, **both("text", part.text), **both("hedge", part.hedge)},
        )
        for part in entry.assertions
    ]
    return differences(Assertion, standing, wanted)


def _appearances(session: Session, row: Claim | None, entry: ClaimFile) -> list[Difference[Appearance]]:
    """Compare appearances: the first, second, … of each kind."""
    standing: dict[tuple[str, int], Appearance] = {}
    for part in row.appearances.order_by("pk") if row else ():
        standing[_nth(part.kind, standing)] = part
    wanted: list[Wanted] = []
    met: dict[tuple[str, int], None] = {}
    for spoken in entry.appearances:
        identity = _nth(spoken.kind, met)
        met[identity] = None
        values = {
            "kind": spoken.kind,
            **both("where", spoken.where),
            "said_earliest": spoken.date.earliest,
            "said_latest": spoken.date.latest,
            "is_first": spoken.first,
            "is_captured": spoken.captured,
            "source": session.sources[spoken.source] if spoken.source else None,
            **both("note", spoken.note),
        }
        wanted.append(Wanted(f"{entry.slug}/{spoken.kind} {identity[1]}", identity, values))
    return differences(Appearance, standing, wanted)


def _nth(kind: str, known: Collection[tuple[str, int]]) -> tuple[str, int]:
    return str(kind), 1 + sum(1 for other, _ in known if other == kind)
