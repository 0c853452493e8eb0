"""The verb that makes drafts of the candidates that somebody picked, or adds them to claims that are here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from claims.candidates.candidate import Candidate
from claims.candidates.finding import candidates_in
from claims.candidates.names_th import bare
from claims.evidence import prepare_citation, watch_source
from claims.intake import register_claim, revise_claim
from claims.models.claim import Claim, Claimant
from claims.models.intake_text import IntakeText
from claims.models.people import Person
from claims.models.source import Source
from claims.outbound.policy import Policy
from claims.receiving.drafting import (
    appearance_of,
    assertion_of,
    citation_of,
    free_slug,
    slug_base,
    unsaved_claim,
    unsaved_source,
)
from claims.receiving.texts import NotReceived, finish, lock_open
from claims.vocabulary import IntakeState, ReviewState
from ledger.recording import record

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Picked:
    """Drafts that were made, and claims that the text was added to as one more appearance."""

    made: list[Claim]
    added_to: list[Claim]


def pick(
    *,
    text: IntakeText,
    groups: Sequence[Sequence[Span]],
    additions: Mapping[Claim, Sequence[Span]] | None = None,
    is_done: bool = True,
    policy: Policy,
    by: User,
    now: datetime,
) -> Picked:
    """Make a draft in state `intake` of each group of candidates, and add others to claims that are here.

    A span is a candidate's place in the text. Each becomes an assertion, and with an address a quote that attests it;
    a claim of `additions` gets an appearance and the quotes. `is_done` closes the text. All or nothing. Raises
    `NotReceived`, `IntakeRefused`, `EvidenceRefused` or `Frozen`.
    """
    added = dict(sorted((additions or {}).items(), key=lambda pair: pair[0].pk))  # one order of locks for everyone
    with transaction.atomic():
        locked = lock_open(text)
        found = _candidates(locked, [*groups, *added.values()])
        source = _source(locked, found, policy=policy, by=by, now=now) if locked.url else None
        made = [_draft(locked, [found[span] for span in group], source, by=by, now=now) for group in groups]
        for claim, spans in added.items():
            _add(locked, claim, [found[span] for span in spans], source, by=by, now=now)
        locked.claims.add(*made, *added)
        if is_done:
            finish(locked, by=by, now=now)
        locked.refresh_from_db(fields=["public_id"])
        record(
            "intake.picked",
            subject_kind="intake",
            subject_id=locked.public_id,
            content={"user": str(by.pk), "claims": [str(claim.public_id) for claim in (*made, *added)]},
        )
    return Picked(made, list(added))


def _candidates(text: IntakeText, groups: Sequence[Sequence[Span]]) -> dict[Span, Candidate]:
    """The candidates at the spans. Raises `NotReceived` for none, for one that is none, and for one picked twice."""
    spans = [span for group in groups for span in group]
    if text.state != IntakeState.READ:
        raise NotReceived(["Nothing can be picked before the page is read."])
    if not spans or not all(groups):
        raise NotReceived(["Choose at least one sentence."])
    if len(set(spans)) < len(spans):
        raise NotReceived(["A sentence goes into one draft or one claim: choose one place for it."])
    found = {(candidate.start, candidate.end): candidate for candidate in candidates_in(text.text)}
    if not set(spans) <= set(found):
        raise NotReceived(["The text is cut otherwise by now: open the page again and choose once more."])
    return found


def _source(text: IntakeText, found: Mapping[Span, Candidate], *, policy: Policy, by: User, now: datetime) -> Source:
    """The watched page at the address of the text; a new one when nobody watches it."""
    standing = Source.objects.filter(url=text.url).first()
    if standing is not None:
        Source.objects.filter(pk=standing.pk).update(next_check_at=now)  # its new quotes are looked for at once
        return standing
    return watch_source(source=unsaved_source(text, text.lang), policy=policy, by=by, now=now)


def _draft(text: IntakeText, picked: Sequence[Candidate], source: Source | None, *, by: User, now: datetime) -> Claim:
    base = slug_base(picked)
    taken = Claim.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    claim = unsaved_claim(picked, free_slug(base, taken))

    def parts() -> None:
        for position, person in enumerate(_people(picked), 1):
            Claimant.objects.create(claim=claim, person=person, position=position)
        appearance_of(text, claim, source).save()
        for number, candidate in enumerate(picked, 1):
            assertion = assertion_of(candidate, claim, number)
            assertion.save()
            if source is not None:
                citation = citation_of(candidate, text.text, source, claim, assertion, number)
                prepare_citation(citation)
                citation.save()

    return register_claim(claim=claim, save_parts=parts, first=ReviewState.INTAKE, by=by, now=now)


def _add(
    text: IntakeText, claim: Claim, picked: Sequence[Candidate], source: Source | None, *, by: User, now: datetime
) -> None:
    revise_claim(claim=claim, save=_addition(text, claim, picked, source), by=by, now=now)


def _addition(text: IntakeText, claim: Claim, picked: Sequence[Candidate], source: Source | None) -> Callable[[], None]:
    """Saves one more appearance, and the quotes that show it."""

    def save() -> None:
        appearance_of(text, claim, source).save()
        if source is None:
            return
        last = claim.citations.order_by("-position").values_list("position", flat=True).first() or 0
        for position, candidate in enumerate(picked, last + 1):
            citation = citation_of(candidate, text.text, source, claim, None, position)
            prepare_citation(citation)
            citation.save()

    return save


def _people(picked: Sequence[Candidate]) -> list[Person]:
    """Persons whom we know under the very names that speak, in the order of the text; one query."""
    names = list(dict.fromkeys(bare(candidate.speaker.name) for candidate in picked if candidate.speaker.name))
    known = Person.objects.filter(Q(name_en__in=names) | Q(name_th__in=names) | Q(aliases__name__in=names))
    found = list(known.distinct().prefetch_related("aliases"))

    def place(person: Person) -> int:
        spelled = {person.name_en, person.name_th, *(alias.name for alias in person.aliases.all())}
        return next(n for n, name in enumerate(names) if name in spelled)

    return sorted(found, key=place)
