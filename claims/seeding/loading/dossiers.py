"""The dossier itself: its words, notes, events, agencies and its own citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from budgets.models.agency import Agency
from claims.intake import IntakeRefused, write_subject
from claims.models.claim import Claim
from claims.models.dossier import Dossier, DossierNote
from claims.models.event import Event
from claims.seeding.loading.citations import CitationPlan
from claims.seeding.loading.differences import Difference, Wanted, difference, differences
from claims.seeding.loading.session import Session, both
from claims.seeding.schema.story import DossierHead, EventEntry

Subject = TypeVar("Subject", Claim, Dossier)


def load_dossier(session: Session, head: DossierHead) -> None:
    """Bring the dossier into the drafts; claims, responses and figures come after it."""
    row = Dossier.objects.filter(slug=head.slug).first()
    agencies = [session.agencies[key] for key in head.agencies]
    found = with_agencies(difference(Dossier, row, head.slug, _values(session, head)), row, agencies)
    if found.is_new:
        found.row.slug = head.slug
    session.dossier = found.row
    notes = differences(DossierNote, {note.position: note for note in row.notes.all()} if row else {}, _notes(head))
    events = event_differences(row, head.slug, head.events)
    citations = CitationPlan(session, head.slug, row, head.citations, {})
    session.note("dossier", found)
    for note in notes:
        session.note("note", note)
    for event in events:
        session.note("event", event)
    parts: list[Difference[Any]] = [*notes, *events]
    if session.may_change(found.row, [found, *parts, *citations.found]):
        _write(session, found, parts, citations)
        found.row.agencies.add(*agencies)
    session.stop_if_refused()
    citations.cite(dossier=found.row)


def event_differences(
    row: Dossier | Claim | None, name: str, entries: tuple[EventEntry, ...]
) -> list[Difference[Event]]:
    """Compare events by their place in the file."""
    standing = {event.position: event for event in row.events.all()} if row and row.pk else {}
    wanted = [
        Wanted(
            f"{name}/event {position}",
            position,
            {
                "position": position,
                "happened_earliest": entry.date.earliest,
                "happened_latest": entry.date.latest,
                **both("text", entry.text),
            },
        )
        for position, entry in enumerate(entries, start=1)
    ]
    return differences(Event, standing, wanted)


def with_agencies(found: Difference[Subject], row: Subject | None, agencies: Sequence[Agency]) -> Difference[Subject]:
    """Add to a standing subject's difference the agencies of the file that it does not name yet."""
    if row is None:
        return found
    standing = {agency.pk for agency in row.agencies.all()}
    lacking = [agency.slug for agency in agencies if agency.pk not in standing]
    return replace(found, fields=(*found.fields, f"agencies ({', '.join(lacking)})")) if lacking else found


def _values(session: Session, head: DossierHead) -> dict[str, Any]:
    return {
        "jurisdiction": session.jurisdiction,
        **both("title", head.title),
        **both("summary", head.summary),
        "period_earliest": head.period.earliest if head.period else None,
        "period_latest": head.period.latest if head.period else None,
        "as_reported_on": head.as_reported_on,
    }


def _notes(head: DossierHead) -> list[Wanted]:
    return [
        Wanted(f"{head.slug}/note {position}", position, {"position": position, **both("text", text)})
        for position, text in enumerate(head.notes, start=1)
    ]


def _write(
    session: Session,
    found: Difference[Dossier],
    parts: list[Difference[Any]],
    citations: CitationPlan,
) -> None:
    def save_parts() -> None:
        for part in parts:
            part.row.dossier = found.row
        session.save_all(parts)
        citations.save_changed()

    if not any(one.differs for one in (found, *parts, *citations.changed)):
        return
    try:
        write_subject(subject=found.take(), save=save_parts, by=session.by, now=session.now)
    except IntakeRefused as error:
        session.refuse(f"{found.name}: {error}")
    except ValidationError as error:
        session.refuse_invalid(found.name, error)
