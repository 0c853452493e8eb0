"""Rules about fairness: who was asked, who was given time, what is risky, and who decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from claims.review.gates.facts import Facts
from claims.vocabulary import EditionKind, Rating, Standing

SEARCH_DAYS = 30


def names_agencies(facts: Facts) -> bool:
    """Whether the claim is about somebody's money or conduct."""
    return bool(facts.body["agencies"]) and not facts.takes_out


def not_asked(facts: Facts) -> Iterable[str]:
    """Agencies that the claim is about and none of whose offices has had a request of ours."""
    asked = {office.agency for office in facts.asked}
    return [f"agencies[{agency['slug']}]" for agency in facts.body["agencies"] if agency["id"] not in asked]


def has_asked(facts: Facts) -> bool:
    """Whether a request of ours was delivered."""
    return bool(facts.asked) and not facts.takes_out


def still_running(facts: Facts) -> Iterable[str]:
    """Requests that are neither answered nor past our own deadline."""
    running = [office for office in facts.asked if not office.answered and not office.overdue]
    return [f"requests ({len(running)})"] if running else []


def not_searched(facts: Facts) -> Iterable[str]:
    """Nobody looked for statements lately."""
    last = facts.last_search
    return [] if last is not None and facts.today - last <= timedelta(days=SEARCH_DAYS) else ["searches"]


def is_risky(facts: Facts) -> bool:
    """Whether it repeats an allegation or a rumour."""
    return bool(facts.risky())


def legal_risk(facts: Facts) -> Iterable[str]:
    """Allegations and rumours whose legal risk no editor has signed off in this very text."""
    if facts.review.legal_hash and facts.review.legal_hash == facts.bundle.content_hash:
        return []
    return facts.risky()


def claimant_not_asked(facts: Facts) -> Iterable[str]:
    """Claimants of an allegation or rumour whom we have not contacted."""
    return [
        f"claimants[{claimant['person']['slug']}]"
        for claimant in facts.body["claimants"]
        if claimant["person"]["id"] not in facts.contacted
    ]


def minors(facts: Facts) -> Iterable[str]:
    """Claimants who are minors."""
    return _standing(facts, Standing.MINOR)


def private_persons(facts: Facts) -> Iterable[str]:
    """Claimants who are no public figures."""
    return _standing(facts, Standing.PRIVATE)


def names_private_person(facts: Facts) -> bool:
    """Whether a claimant is no public figure."""
    return any(standing != Standing.PUBLIC_FIGURE for standing in facts.standings.values())


def _standing(facts: Facts, standing: Standing) -> list[str]:
    return [
        f"claimants[{claimant['person']['slug']}]"
        for claimant in facts.body["claimants"]
        if facts.standings.get(claimant["person"]["id"]) == standing
    ]


def open_flags(facts: Facts) -> Iterable[str]:
    """Flags that nobody has closed."""
    return [f"flags ({facts.flags})"] if facts.flags else []


def open_comments(facts: Facts) -> Iterable[str]:
    """Comments that nobody has resolved."""
    return [f"comments ({facts.comments})"] if facts.comments else []


def is_rated(facts: Facts) -> bool:
    """Whether the edition will carry a conclusion."""
    return facts.is_rated


def no_reasons(facts: Facts) -> Iterable[str]:
    """A rating without its reasons."""
    pending = facts.review.pending_language
    given = {"en": facts.review.reasons_en, "th": facts.review.reasons_th}
    return [] if all(text or lang == pending for lang, text in given.items()) else ["rating.reasons"]


def not_rated_by_another(facts: Facts) -> Iterable[str]:
    """Nobody came to the same rating without having seen it."""
    return [] if facts.review.rating in facts.rated else ["rating"]


def is_unverifiable(facts: Facts) -> bool:
    """Whether the edition says that the evidence does not suffice."""
    return facts.rating in (Rating.UNVERIFIABLE, Rating.NOT_YET_RATED)


def is_later(facts: Facts) -> bool:
    """Whether another edition stands before it."""
    return facts.is_later


def no_note(facts: Facts) -> Iterable[str]:
    """A later edition that does not say what changed."""
    return [] if facts.review.note_en and facts.review.note_th else ["note"]


def no_reason_code(facts: Facts) -> Iterable[str]:
    """A later edition that does not say why it was opened."""
    return [] if facts.review.reason_code else ["reason_code"]


def supersedes(facts: Facts) -> bool:
    """Whether another claim takes the place of this one."""
    return facts.review.kind == EditionKind.SUPERSESSION


def successor_not_public(facts: Facts) -> Iterable[str]:
    """The other claim cannot be read."""
    return [] if facts.successor_is_public else ["superseded_by"]
