"""Rules about evidence: that it was said, what speaks for and against it, and whether the sources still hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from claims.documents.parts import Json
from claims.review.gates.facts import Cited, Facts
from claims.vocabulary import AssertionKind, CitationStance, QuoteState, Rating, SourceHealth, Tier

_WEIGHED = (CitationStance.SUPPORTS, CitationStance.CONTRADICTS)


def nobody(facts: Facts) -> Iterable[str]:
    """No claimant."""
    return [] if facts.body["claimants"] else ["claimants"]


def nowhere(facts: Facts) -> Iterable[str]:
    """No appearance."""
    return [] if facts.body["appearances"] else ["appearances"]


def nothing_to_check(facts: Facts) -> Iterable[str]:
    """No assertion."""
    return [] if facts.body["assertions"] else ["assertions"]


def not_attested(facts: Facts) -> Iterable[str]:
    """No quote shows that it was said."""
    return [] if _attesting(facts) else ["evidence"]


def not_kept(facts: Facts) -> Iterable[str]:
    """No attesting quote was found in a version of its source that we keep."""
    attesting = _attesting(facts)
    if not attesting or any(_is_anchored(facts.cited.get(cited["id"])) for cited in attesting):
        return []
    return [_place(cited) for cited in attesting]


def _attesting(facts: Facts) -> list[Json]:
    stance = CitationStance.ATTESTS
    return [cited for cited in facts.body["evidence"] if cited["stance"] == stance and not cited["response_id"]]


def _is_anchored(cited: Cited | None) -> bool:
    return cited is not None and (
        cited.is_document or (cited.has_snapshot and cited.quote_state in (QuoteState.INTACT, QuoteState.EDITED))
    )


def has_evidence(facts: Facts) -> bool:
    """Whether anything is cited."""
    return bool(facts.body["evidence"])


def untranslated(facts: Facts) -> Iterable[str]:
    """Quotes that readers of the other language cannot read."""
    if facts.review.pending_language:
        return []
    return [_place(cited) for cited in facts.body["evidence"] if not cited["translation"]]


def not_considered(facts: Facts) -> Iterable[str]:
    """Neither quotes on both sides nor a word on what was looked for."""
    stances = {cited["stance"] for cited in facts.body["evidence"]}
    if set(_WEIGHED) <= stances or facts.body.get("considered"):
        return []
    return ["considered"]


def is_concluded(facts: Facts) -> bool:
    """Whether the edition will carry a conclusion."""
    return facts.is_rated and not facts.takes_out


def no_primary_source(facts: Facts) -> Iterable[str]:
    """A conclusion that rests on retelling alone."""
    return [] if _primary(facts) else ["evidence"]


def _primary(facts: Facts) -> list[str]:
    return [key for key, cited in facts.cited.items() if cited.tier == Tier.PRIMARY]


def is_extreme(facts: Facts) -> bool:
    """Whether the rating is true or false without any reserve."""
    return facts.rating in (Rating.TRUE, Rating.FALSE)


def no_primary_document(facts: Facts) -> Iterable[str]:
    """No primary source or document among what supports or contradicts it."""
    primary = set(_primary(facts))
    weighed = [cited["id"] for cited in facts.body["evidence"] if cited["stance"] in _WEIGHED]
    return [] if primary & set(weighed) else ["evidence"]


def tier_not_stated(facts: Facts) -> Iterable[str]:
    """Sources of which nobody said how near they stand."""
    return _places(facts, lambda cited: cited.tier == Tier.UNSTATED)


def broken_sources(facts: Facts) -> Iterable[str]:
    """Quotes whose source cannot be opened any more."""
    return _places(facts, lambda cited: cited.health == SourceHealth.BROKEN)


def quotes_gone(facts: Facts) -> Iterable[str]:
    """Quotes that their source no longer has, or has in other words."""
    return _places(facts, lambda cited: cited.quote_state in (QuoteState.LOST, QuoteState.EDITED))


def unredacted(facts: Facts) -> Iterable[str]:
    """Documents that nobody has looked through for what must not be shown."""
    return _places(facts, lambda cited: cited.is_document and not cited.redaction_checked)


def has_documents(facts: Facts) -> bool:
    """Whether a document of ours is cited."""
    return any(cited.is_document for cited in facts.cited.values())


def replaced_figures(facts: Facts) -> Iterable[str]:
    """Cards would say one amount and the checks below them another."""
    shown = {figure["id"]: number for number, figure in enumerate(facts.body["figures"], 1)}
    return [f"figures[{number}]" for number in sorted(shown[figure] for figure in facts.replaced)]


def has_figures(facts: Facts) -> bool:
    """Whether figures are shown."""
    return bool(facts.body["figures"])


def unchecked_figures(facts: Facts) -> Iterable[str]:
    """Figure assertions that no check computes and no hedge explains."""
    return [
        f"assertions[{assertion['number']}]"
        for assertion in _figures(facts)
        if not assertion["checks"] and not assertion["hedge"]
    ]


def _figures(facts: Facts) -> list[Json]:
    return [assertion for assertion in facts.body["assertions"] if assertion["kind"] == AssertionKind.FIGURE]


def asserts_figures(facts: Facts) -> bool:
    """Whether a figure is asserted."""
    return bool(_figures(facts))


def _places(facts: Facts, is_faulty: Callable[[Cited], bool]) -> list[str]:
    return [
        _place(cited)
        for cited in facts.body["evidence"]
        if cited["id"] in facts.cited and is_faulty(facts.cited[cited["id"]])
    ]


def _place(cited: Json) -> str:
    return f"evidence[{cited['number']}]"
