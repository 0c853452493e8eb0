"""The first case in public, for development: demo accounts load it, and two persons publish every claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import transaction

from claims.authorship import newest_edition, subject_of
from claims.evidence import cite_evidence, watch_source
from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.review import ClaimReview
from claims.models.source import Source
from claims.outbound.policy import Policy
from claims.publication.verbs import publish
from claims.review.roles import ensure_roles
from claims.review.transitions import Role
from claims.review.verbs import approve, clear_legal_risk, submit
from claims.seeding.budget import show_first_budget
from claims.seeding.loading.run import load
from claims.seeding.reading import read_dossier
from claims.vocabulary import AssertionKind, CitationStance, Language, ReviewState

FIRST_CASE = Path(__file__).parent / "dossiers" / "sso-budget-2025"
PRACTISED_ON = "sso-spending-growth"
PRACTICE_PATH = "/report"
# The practice page stands in for the report, so that a re-check can be watched without the internet.
PRACTICE_QUOTES = (
    (
        "from 4 billion baht in 2020 to 6.61 billion baht in 2023",
        "จาก 4,000 ล้านบาทในปี 2563 เป็น 6,610 ล้านบาทในปี 2566",
    ),
)
_LEGAL_REASON = "The claim says that there were rumours, not what they say; it stands in its assertion only."

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Demo:
    """What a run of the demo did."""

    accounts_made: int
    loaded: bool
    published: tuple[str, ...]


def password_of(role: Role) -> str:
    """Return the password of a role's demo account; development only, and printed at every start."""
    return f"{role.value}-demo"


def show_first_case(*, policy: Policy, clock: Clock) -> Demo:
    """Make the accounts, load the first case and a budget, and publish them; what stands already is left as it is.

    A claim that somebody has been working on since is never touched again.
    """
    people, made = _accounts()
    loaded = not Claim.objects.filter(slug__in=_slugs()).exists()
    if loaded:
        load(read_dossier(FIRST_CASE), policy=policy, by=people[Role.CONTRIBUTOR], now=clock())
    published = []
    for claim in _unpublished():
        with transaction.atomic():
            if claim.slug == PRACTISED_ON and policy.local_site is not None:
                _cite_practice_site(claim, policy, people[Role.CONTRIBUTOR], clock())
            if _publish(claim, people, clock):
                published.append(claim.slug)
    show_first_budget(importer=people[Role.CONTRIBUTOR], publisher=people[Role.EDITOR], clock=clock)
    return Demo(accounts_made=made, loaded=loaded, published=tuple(published))


def _accounts() -> tuple[dict[Role, User], int]:
    ensure_roles()
    people: dict[Role, User] = {}
    made = 0
    for role in Role:
        user, is_new = User.objects.get_or_create(username=role.value, defaults={"is_staff": True})
        if is_new:
            user.set_password(password_of(role))
            user.save(update_fields=["password"])
            made += 1
        user.groups.add(Group.objects.get(name=role.value))
        people[role] = user
    return people, made


def _slugs() -> list[str]:
    return sorted(path.stem for path in (FIRST_CASE / "claims").glob("*.yaml"))


def _unpublished() -> list[Claim]:
    """Return the case's claims that have no edition yet: numbered ones first."""
    claims = Claim.objects.filter(slug__in=_slugs())
    waiting = [claim for claim in claims if newest_edition(subject_of(claim)) == 0]
    return sorted(waiting, key=lambda claim: (claim.number is None, claim.number or 0, claim.slug))


def _publish(claim: Claim, people: dict[Role, User], clock: Clock) -> bool:
    review = ClaimReview.objects.filter(claim=claim, state=ReviewState.DRAFTED).first()
    if review is None:
        return False
    review = submit(review=review, by=people[Role.CONTRIBUTOR], now=clock())
    kinds = [AssertionKind(kind) for kind in claim.assertions.values_list("kind", flat=True)]
    if any(kind.needs_legal_sign_off for kind in kinds):
        review = clear_legal_risk(review=review, reason=_LEGAL_REASON, by=people[Role.EDITOR], now=clock())
    review = approve(review=review, by=people[Role.REVIEWER], now=clock())
    publish(review=review, by=people[Role.EDITOR], now=clock())
    return True


def _cite_practice_site(claim: Claim, policy: Policy, by: User, now: datetime) -> None:
    if policy.local_site is None:
        return
    host, port = policy.local_site
    url = f"http://{host}:{port}{PRACTICE_PATH}"
    source = Source.objects.filter(url=url).first()
    if source is None:
        source = watch_source(source=_practice_source(url), policy=policy, by=by, now=now)
    last = claim.citations.count()
    for position, (quote, translation) in enumerate(PRACTICE_QUOTES, start=last + 1):
        if claim.citations.filter(source=source, quote_exact=quote).exists():
            continue
        citation = EvidenceCitation(
            claim=claim,
            source=source,
            position=position,
            stance=CitationStance.CONTEXT,
            quote_exact=quote,
            quote_lang=Language.EN,
            translation=translation,
            locator_en="Local practice page, development only",
            locator_th="หน้าทดลองในเครื่อง ใช้ระหว่างพัฒนาเท่านั้น",
        )
        cite_evidence(citation=citation, by=by, now=now)


def _practice_source(url: str) -> Source:
    return Source(
        url=url,
        title="Local practice page (development only): edit the quoted sentence and watch the re-check",
        title_lang=Language.EN,
        lang=Language.EN,
        publisher_en="Tamroi, on this machine",
        publisher_th="ตามรอย ในเครื่องนี้",
    )
