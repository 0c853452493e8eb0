"""Everything that rules are asked about: the documents to be published, and what is known around them, read at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from budgets.models.figure import Figure
from claims.clock.asked import Asked
from claims.clock.counting import read_clock
from claims.documents.bundle import Bundle
from claims.documents.parts import Json
from claims.models.review import ClaimReview
from claims.vocabulary import AssertionKind, EditionKind, Rating


@dataclass(frozen=True, slots=True)
class Waived:
    """A rule that an editor set aside, with the public reason in both languages."""

    rule: str
    reason: Mapping[str, str]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Cited:
    """What is known of a quote's place: a source that is watched, or a document that we hold."""

    tier: str
    health: str
    quote_state: str
    has_snapshot: bool
    is_document: bool
    redaction_checked: bool


@dataclass(frozen=True, slots=True)
class AskedOffice:
    """A delivered request, the agency whose office it went to, and whether its deadline has passed."""

    agency: str
    answered: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules are asked about. `today` is the readers' date."""

    review: ClaimReview
    bundle: Bundle
    today: date
    waived: Mapping[str, Waived]
    cited: Mapping[str, Cited]
    asked: Sequence[AskedOffice]
    replaced: Sequence[str]
    standings: Mapping[str, str]
    flags: int
    comments: int
    contacted: Sequence[str]
    last_search: date | None
    rated: Sequence[str]
    successor_is_public: bool

    @property
    def body(self) -> Json:
        """The claim's document."""
        return self.bundle.claim.body

    @property
    def rating(self) -> Rating:
        """The draft's rating."""
        return Rating(self.review.rating)

    @property
    def is_rated(self) -> bool:
        """Whether the edition will carry a conclusion."""
        return self.rating.is_rated

    @property
    def is_later(self) -> bool:
        """Whether another edition stands before it."""
        return self.review.kind != EditionKind.INITIAL

    @property
    def takes_out(self) -> bool:
        """Whether the edition takes the claim out: of what it no longer shows, nothing more is asked."""
        return self.review.kind in (EditionKind.RETRACTION, EditionKind.SUPERSESSION)

    def risky(self) -> list[str]:
        """Return the places of allegations and rumours."""
        return [
            f"assertions[{assertion['number']}]"
            for assertion in self.body["assertions"]
            if AssertionKind(assertion["kind"]).needs_legal_sign_off
        ]


def read_facts(review: ClaimReview, bundle: Bundle, today: date) -> Facts:
    """Read what is known around a revision: one query however much there is, and one more for its figures."""
    body = bundle.claim.body
    with connection.cursor() as cursor:
        cursor.execute(
            _FACTS,
            {
                "claim": review.claim_id,
                "review": review.pk,
                "hash": review.content_hash,
                "successor": review.superseded_by_id,
                "cited": [cited["id"] for cited in body["evidence"]],
                "people": [claimant["person"]["id"] for claimant in body["claimants"]],
            },
        )
        [found] = cursor.fetchone()
    known: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    return Facts(
        review=review,
        bundle=bundle,
        today=today,
        waived={row["rule"]: _waived(row) for row in known["waived"]},
        cited={row.pop("id"): Cited(**row) for row in known["cited"]},
        asked=[_asked(row, today) for row in known["asked"]],
        replaced=_replaced(body),
        standings=known["standings"],
        flags=known["flags"],
        comments=known["comments"],
        contacted=known["contacted"],
        last_search=date.fromisoformat(known["last_search"]) if known["last_search"] else None,
        rated=known["rated"],
        successor_is_public=known["successor_is_public"],
    )


def _waived(row: Json) -> Waived:
    return Waived(row["rule"], {"en": row["en"], "th": row["th"]}, row["by"], datetime.fromisoformat(row["at"]))


def _asked(row: Json, today: date) -> AskedOffice:
    asked = Asked.from_json(row["asked"])
    due_on = read_clock(asked, today).due_on
    return AskedOffice(row["agency"] or "", asked.is_stopped, due_on is not None and due_on < today)


def _replaced(body: Json) -> list[str]:
    shown = [figure["id"] for figure in body["figures"]]
    replaced = Figure.objects.filter(public_id__in=shown).replaced() if shown else Figure.objects.none()
    return [str(public_id) for public_id in replaced.values_list("public_id", flat=True)]


_FACTS = """
WITH quotes AS (
    SELECT c.* FROM claims_evidencecitation c WHERE c.public_id = ANY(%(cited)s::uuid[])
), calendar AS (
    SELECT DISTINCT ON (day) * FROM claims_calendarday ORDER BY day, id DESC
)
SELECT json_build_object(
    'waived', (SELECT coalesce(json_agg(json_build_object(
            'rule', w.rule, 'en', w.reason_en, 'th', w.reason_th, 'by', u.username, 'at', w.at)), '[]')
        FROM claims_waiver w JOIN auth_user u ON u.id = w.by_id
        WHERE w.claim_id = %(claim)s AND w.withdrawn_at IS NULL),
    'cited', (SELECT coalesce(json_agg(json_build_object(
            'id', q.public_id, 'tier', coalesce(s.tier, d.tier), 'health', coalesce(s.health, 'ok'),
            'quote_state', q.quote_state, 'has_snapshot', s.accepted_snapshot_id IS NOT NULL,
            'is_document', d.id IS NOT NULL, 'redaction_checked', d.redaction_checked_at IS NOT NULL)), '[]')
        FROM quotes q LEFT JOIN claims_source s ON s.id = q.source_id
        LEFT JOIN claims_evidencedocument d ON d.id = q.document_id),
    'asked', (SELECT coalesce(json_agg(json_build_object('agency', a.public_id, 'asked', json_build_object(
            'id', r.public_id, 'office', json_build_object('en', o.title_en, 'th', o.title_th),
            'delivered_on', r.asked_on, 'working_days', r.working_days, 'state', r.state,
            'answered_on', r.answered_on,
            'pauses', (SELECT coalesce(json_agg(json_build_object('first', p.from_on, 'last', p.until_on,
                    'reason', json_build_object('en', p.reason_en, 'th', p.reason_th))), '[]')
                FROM claims_clockpause p WHERE p.request_id = r.id),
            'extensions', (SELECT coalesce(json_agg(json_build_object('days', x.working_days,
                    'given_on', x.granted_on,
                    'reason', json_build_object('en', x.reason_en, 'th', x.reason_th))), '[]')
                FROM claims_clockextension x WHERE x.request_id = r.id),
            'calendar', (SELECT coalesce(json_agg(json_build_object('day', k.day, 'is_holiday', k.is_holiday,
                    'name', json_build_object('en', k.name_en, 'th', k.name_th),
                    'announced_on', k.announced_on, 'source', k.where)), '[]')
                FROM calendar k WHERE k.day >= r.asked_on)))), '[]')
        FROM claims_responserequest r JOIN claims_office o ON o.id = r.office_id
        LEFT JOIN budgets_agency a ON a.id = o.agency_id WHERE r.claim_id = %(claim)s),
    'standings', (SELECT coalesce(json_object_agg(p.public_id, p.standing), '{}') FROM claims_person p
        WHERE p.public_id = ANY(%(people)s::uuid[])),
    -- Findings that changed are what the next edition shows; its publication closes those flags.
    'flags', (SELECT count(*) FROM claims_flag f WHERE f.closed_at IS NULL AND f.code <> 'finding_changed'
        AND (f.claim_id = %(claim)s
        OR f.citation_id IN (SELECT id FROM quotes) OR f.source_id IN (SELECT source_id FROM quotes))),
    'comments', (SELECT count(*) FROM claims_reviewcomment m
        WHERE m.claim_id = %(claim)s AND m.resolved_at IS NULL),
    'contacted', (SELECT coalesce(json_agg(DISTINCT p.public_id), '[]') FROM claims_contact t
        JOIN claims_person p ON p.id = t.person_id WHERE t.claim_id = %(claim)s AND t.from_us),
    'last_search', (SELECT max(searched_on) FROM claims_statementsearch WHERE claim_id = %(claim)s),
    'rated', (SELECT coalesce(json_agg(i.rating), '[]') FROM claims_independentrating i
        WHERE i.review_id = %(review)s AND i.content_hash = %(hash)s),
    'successor_is_public', EXISTS (SELECT 1 FROM claims_publicstatus WHERE claim_id = %(successor)s AND state = 'live')
)
"""
