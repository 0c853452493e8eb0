"""Jurisdiction, agencies, offices, people and sources: what the story is about, before the story."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from budgets.models.agency import Agency, Jurisdiction
from budgets.reference import ReferenceRefused, write_reference
from claims.evidence import EvidenceRefused, watch_source
from claims.intake import IntakeRefused, write_subject
from claims.models.people import Office, Person, PersonAlias, Tenure
from claims.models.source import Source
from claims.outbound.policy import Refused, judge_url
from claims.seeding.loading.differences import Difference, Wanted, difference, differences
from claims.seeding.loading.session import Session, both, by_slug
from claims.seeding.schema.actors import ActorsFile, AgencyEntry, JurisdictionEntry, OfficeEntry, PersonEntry
from claims.seeding.schema.story import SourceEntry


def load_actors(session: Session, actors: ActorsFile) -> None:
    """Bring agencies, offices and people into the drafts; parents before parts."""
    _load_jurisdiction(session, actors.jurisdiction)
    session.stop_if_refused()
    standing = by_slug(Agency, [entry.key for entry in actors.agencies])
    for agency in _parents_first(actors.agencies):
        _load_agency(session, agency, standing.get(agency.key))
    session.stop_if_refused()
    offices = by_slug(Office, [entry.key for entry in actors.offices])
    for office in actors.offices:
        _load_office(session, office, offices.get(office.key))
    session.stop_if_refused()
    people = by_slug(Person, [entry.key for entry in actors.people])
    for person in actors.people:
        _load_person(session, person, people.get(person.key))
    session.stop_if_refused()


def load_source(session: Session, entry: SourceEntry) -> None:
    """Watch a source, or take the changed words about one that is watched already; its address identifies it."""
    try:
        url = judge_url(entry.url, session.policy).url
    except Refused as refused:
        session.refuse(f"{entry.at.file}:{entry.at.line}: {entry.url}: {refused.sentence['en']}")
        return
    values = {
        "title": entry.title,
        "title_lang": entry.lang,
        "lang": entry.lang,
        **both("publisher", entry.publisher),
        "published_earliest": entry.published_on.earliest,
        "published_latest": entry.published_on.latest,
    }
    found = difference(Source, Source.objects.filter(url=url).first(), entry.key, values)
    session.note("source", found)
    try:
        session.sources[entry.key] = _store_source(session, found, url)
    except (EvidenceRefused, IntakeRefused) as error:
        session.refuse(f"{entry.key}: {error}")


def _store_source(session: Session, found: Difference[Source], url: str) -> Source:
    if not found.is_new:
        session.write_shared(found)
        return found.row
    found.row.url = url
    return watch_source(source=found.take(), policy=session.policy, by=session.by, now=session.now)


def _load_jurisdiction(session: Session, entry: JurisdictionEntry) -> None:
    values = {
        **both("name", entry.name),
        "time_zone": entry.time_zone,
        "currency": entry.currency,
        "fiscal_year_starts_month": entry.fiscal_year_starts_month,
        "fiscal_year_named_by_end": entry.fiscal_year_named_by_end,
    }
    found = difference(Jurisdiction, Jurisdiction.objects.filter(code=entry.code).first(), entry.code, values)
    session.note("jurisdiction", found)
    session.jurisdiction = found.row
    if found.is_new:
        found.row.code = entry.code
        try:
            write_reference(row=found.take(), by=session.by)
        except ReferenceRefused as error:
            session.refuse(f"{entry.code}: {error}")
    elif found.differs:
        session.refuse(
            f"Jurisdiction {entry.code} stands with another {', '.join(found.fields)}, and every dossier of it rests "
            "on that: change it in the admin, or write actors.yaml as it stands."
        )


def _parents_first(entries: tuple[AgencyEntry, ...]) -> list[AgencyEntry]:
    """Order agencies so that a parent comes before its parts; what stands in a circle comes last and is refused."""
    ordered: list[AgencyEntry] = []
    waiting = list(entries)
    while waiting:
        done = {entry.key for entry in ordered}
        ready = [entry for entry in waiting if entry.parent is None or entry.parent in done]
        if not ready:
            return ordered + waiting
        ordered += ready
        waiting = [entry for entry in waiting if entry not in ready]
    return ordered


def _load_agency(session: Session, entry: AgencyEntry, row: Agency | None) -> None:
    if entry.parent is not None and entry.parent not in session.agencies:
        session.refuse(f"{entry.at.file}:{entry.at.line}: {entry.key}: its parents go round in a circle. Cut it.")
        return
    values = {
        "kind": entry.kind,
        "jurisdiction": session.jurisdiction,
        "parent": session.agencies[entry.parent] if entry.parent else None,
        **both("name", entry.name),
        **both("abbreviation", entry.abbreviation),
        **both("note", entry.note),
    }
    found = difference(Agency, row, entry.key, values)
    session.note("agency", found)
    session.agencies[entry.key] = found.row
    if found.is_new:
        found.row.slug = entry.key
    if session.may_change(found.row, [found]):
        _write(session, found)


def _load_office(session: Session, entry: OfficeEntry, row: Office | None) -> None:
    values = {**both("title", entry.title), "agency": session.agencies[entry.agency] if entry.agency else None}
    found = difference(Office, row, entry.key, values)
    session.note("office", found)
    session.offices[entry.key] = found.row
    if found.is_new:
        found.row.slug = entry.key
    session.write_shared(found)


def _load_person(session: Session, entry: PersonEntry, row: Person | None) -> None:
    found = difference(Person, row, entry.key, {**both("name", entry.name), **both("note", entry.note)})
    session.people[entry.key] = found.row
    if found.is_new:
        found.row.slug = entry.key
    aliases = differences(PersonAlias, _standing_aliases(row), _wanted_aliases(entry))
    tenures = differences(Tenure, _standing_tenures(row), _wanted_tenures(session, entry))
    parts: list[Difference[Any]] = [*aliases, *tenures]
    session.note("person", found)
    for alias in aliases:
        session.note("alias", alias)
    for tenure in tenures:
        session.note("tenure", tenure)
    if session.may_change(found.row, [found, *parts]):
        _write(session, found, parts)


def _write(session: Session, found: Difference[Any], parts: list[Difference[Any]] | None = None) -> None:
    def save_parts() -> None:
        for part in parts or []:
            part.row.person = found.row
        session.save_all(parts or [])

    try:
        write_subject(subject=found.take(), save=save_parts, by=session.by, now=session.now)
    except IntakeRefused as error:
        session.refuse(f"{found.name}: {error}")
    except ValidationError as error:
        session.refuse_invalid(found.name, error)


def _standing_aliases(row: Person | None) -> dict[str, PersonAlias]:
    return {alias.name: alias for alias in row.aliases.all()} if row else {}


def _wanted_aliases(entry: PersonEntry) -> list[Wanted]:
    return [
        Wanted(f"{entry.key}/{alias.name}", alias.name, {"name": alias.name, "lang": alias.lang})
        for alias in entry.aliases
    ]


def _standing_tenures(row: Person | None) -> dict[tuple[int, date | None], Tenure]:
    return {(tenure.office_id, tenure.start_earliest): tenure for tenure in row.tenures.all()} if row else {}


def _wanted_tenures(session: Session, entry: PersonEntry) -> list[Wanted]:
    wanted = []
    for tenure in entry.tenures:
        office = session.offices[tenure.office]
        values = {
            "office": office,
            "start_earliest": tenure.start.earliest,
            "start_latest": tenure.start.latest,
            "end_earliest": tenure.end.earliest,
            "end_latest": tenure.end.latest,
            **both("note", tenure.note),
        }
        wanted.append(Wanted(f"{entry.key}/{tenure.office}", (office.pk, tenure.start.earliest), values))
    return wanted
