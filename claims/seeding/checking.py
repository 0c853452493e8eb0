"""What the schema's types cannot say: numbers in order, figures that make sense, rumours kept out of headings. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from budgets.vocabulary import Exactness, Unit
from claims.seeding.faults import Faults
from claims.seeding.intervals import rounding_interval
from claims.seeding.schema.actors import ActorsFile
from claims.seeding.schema.answers import ResponseEntry
from claims.seeding.schema.money import FigureEntry
from claims.seeding.schema.story import CitationEntry, ClaimFile, DossierHead
from claims.vocabulary import AssertionKind, ResponseKind

_RUMOUR_WORDS = ("rumour", "rumor", "ข่าวลือ")


def check(
    *,
    head: DossierHead | None,
    actors: ActorsFile | None,
    claims: Sequence[ClaimFile],
    responses: Sequence[ResponseEntry],
    figures: Sequence[FigureEntry],
    faults: Faults,
) -> None:
    """Note every fault among the entries that could be read."""
    if actors is not None:
        _check_tenures(actors, faults)
    _check_numbers(claims, faults)
    for claim in claims:
        _check_claim(claim, faults)
    by_slug = {claim.slug: claim for claim in claims}
    for response in responses:
        _check_response(response, by_slug, faults)
    owners = {citation.key: claim.slug for claim in claims for citation in claim.citations}
    own = {citation.key for citation in head.citations} if head else set()
    for figure in figures:
        _check_amount(figure, faults)
        _check_attribution(figure, by_slug, owners, own, faults)
    loose = [*(head.citations if head else ()), *(citation for row in responses for citation in row.citations)]
    _refuse_assertions(loose, faults)


def _check_tenures(actors: ActorsFile, faults: Faults) -> None:
    for person in actors.people:
        for tenure in person.tenures:
            if tenure.start.earliest and tenure.end.latest and tenure.start.earliest > tenure.end.latest:
                faults.add(tenure.at.of("end"), "ends before it starts.", "Check both dates.")
        repeated = Counter((tenure.office, tenure.start.earliest) for tenure in person.tenures)
        for tenure in person.tenures:
            if repeated[tenure.office, tenure.start.earliest] > 1:
                faults.add(tenure.at.of("office"), "stands twice with the same start.", "Keep one of them.")
        names = Counter(alias.name for alias in person.aliases)
        for alias in person.aliases:
            if names[alias.name] > 1:
                faults.add(alias.at.of("name"), f"“{alias.name}” stands twice.", "Keep one of them.")


def _check_numbers(claims: Sequence[ClaimFile], faults: Faults) -> None:
    numbers = Counter(claim.number for claim in claims if claim.number is not None)
    for claim in claims:
        if claim.number is not None and (claim.number < 1 or numbers[claim.number] > 1):
            problem = "is given to two claims." if claim.number >= 1 else "is not a number from 1."
            faults.add(claim.at.of("number"), problem, "Number the claims 1, 2, 3, …, each once.")


def _check_claim(claim: ClaimFile, faults: Faults) -> None:
    for position, assertion in enumerate(claim.assertions, start=1):
        if assertion.number != position:
            faults.add(
                assertion.at.of("number"), f"is {assertion.number}, not {position}.", "Number them 1, 2, 3, … in order."
            )
    _check_appearances(claim, faults)
    if len(set(claim.claimants)) < len(claim.claimants):
        faults.add(claim.at.of("claimants"), "names somebody twice.", "Name everyone once.")
    numbers = {assertion.number for assertion in claim.assertions}
    for citation in claim.citations:
        if citation.assertion is not None and citation.assertion not in numbers:
            _no_such_assertion(citation, claim, faults)
    _check_quotes_once(claim.citations, faults)
    if any(assertion.kind is AssertionKind.RUMOUR for assertion in claim.assertions):
        _check_rumour(claim, faults)


def _check_appearances(claim: ClaimFile, faults: Faults) -> None:
    firsts = [appearance for appearance in claim.appearances if appearance.first]
    for appearance in firsts[1:]:
        faults.add(appearance.at.of("first"), "is a second first appearance.", "Say “first: true” once.")


def _check_quotes_once(citations: Iterable[CitationEntry], faults: Faults) -> None:
    seen: set[tuple[str, str]] = set()
    for citation in citations:
        if (citation.source, citation.quote.exact) in seen:
            faults.add(citation.quote.at.of("exact"), "is quoted twice here.", "Keep one of them.")
        seen.add((citation.source, citation.quote.exact))


def _check_rumour(claim: ClaimFile, faults: Faults) -> None:
    minute = claim.minute
    for text in (claim.heading, claim.summary, minute.claimed, minute.said, minute.known, minute.not_known):
        for lang in ("en", "th"):
            if any(word in getattr(text, lang).lower() for word in _RUMOUR_WORDS):
                faults.add(
                    text.at.of(lang),
                    "repeats a rumour.",
                    "Keep it in its assertion: it never stands in a heading, summary or “In one minute”.",
                )


def _check_response(response: ResponseEntry, claims: dict[str, ClaimFile], faults: Faults) -> None:
    if response.kind is not ResponseKind.PUBLIC_STATEMENT:
        faults.add(
            response.at.of("kind"),
            "a reply to our request cannot come out of a file.",
            "Record the request and its reply in the admin; here only public_statement is known.",
        )
    seen: set[tuple[str, int | None]] = set()
    for row in response.coverage:
        if (row.claim, row.assertion) in seen:
            faults.add(row.at, f"covers “{row.claim}” twice.", "Keep one of them, or name different assertions.")
        seen.add((row.claim, row.assertion))
        claim = claims.get(row.claim)
        if claim and row.assertion is not None and row.assertion not in {part.number for part in claim.assertions}:
            faults.add(row.at.of("assertion"), f"“{claim.slug}” has no assertion {row.assertion}.", "Check its number.")


def _check_amount(figure: FigureEntry, faults: Faults) -> None:
    place = figure.at
    if (figure.unit is Unit.MONEY) != bool(figure.currency):
        faults.add(place.of("currency"), "belongs to money, and only to money.", "Write it for “unit: money” alone.")
    if figure.value is None and figure.words is None:
        faults.add(
            place.of("value"), "is missing, and so are words.", "Write the amount, or the words and the interval."
        )
    if figure.value is None and figure.words is not None and figure.interval is None:
        faults.add(place.of("interval"), "is missing.", "Say what range the words stand for.")
    _check_digits(figure, faults)
    _check_interval(figure, faults)
    period = figure.period
    if period and period.earliest and period.latest and period.earliest > period.latest:
        faults.add(period.at.of("latest"), "is before earliest.", "Check both dates.")


def _check_digits(figure: FigureEntry, faults: Faults) -> None:
    significant = figure.exactness is Exactness.SIGNIFICANT_FIGURES
    digits, place = figure.significant_digits, figure.at.of("significant_digits")
    if significant != bool(digits):
        faults.add(place, "goes with “exactness: significant_figures”.", "Write both, digits from 1, or neither.")
    elif digits and figure.value is None:
        faults.add(place, "counts digits of an amount that is not written.", "Write the value.")
    elif digits and figure.value is not None and rounding_interval(figure.value, digits) is None:
        faults.add(
            place,
            f"does not fit {figure.value}: it is not a rounded number above zero.",
            "Count the digits that were said.",
        )


def _check_interval(figure: FigureEntry, faults: Faults) -> None:
    interval = figure.interval
    if interval is None:
        return
    if interval.low > interval.high:
        faults.add(interval.at.of("low"), "is above high.", "Exchange them.")
    elif interval.low == interval.high and not (interval.low_closed and interval.high_closed):
        faults.add(interval.at.of("low"), "equals high, but an end does not belong to it.", "Close both ends.")
    elif figure.value is not None and not interval.low <= figure.value <= interval.high:
        faults.add(figure.at.of("value"), "lies outside its interval.", "Check both.")


def _check_attribution(
    figure: FigureEntry, claims: dict[str, ClaimFile], owners: dict[str, str], own: set[str], faults: Faults
) -> None:
    claim = claims.get(figure.claim) if figure.claim else None
    if figure.assertion is not None and figure.claim is None:
        faults.add(figure.at.of("assertion"), "needs a claim.", "Say whose assertion it is, or leave it out.")
    if claim and figure.assertion is not None and figure.assertion not in {part.number for part in claim.assertions}:
        faults.add(
            figure.at.of("assertion"), f"“{claim.slug}” has no assertion {figure.assertion}.", "Check its number."
        )
    if figure.citation is None:
        return
    elsewhere = (
        owners.get(figure.citation, figure.claim) != figure.claim if figure.claim else figure.citation not in own
    )
    if elsewhere or (figure.claim and figure.citation in own):
        faults.add(
            figure.at.of("citation"),
            f"“{figure.citation}” stands with another subject.",
            "Cite it where the figure is.",
        )


def _no_such_assertion(citation: CitationEntry, claim: ClaimFile, faults: Faults) -> None:
    faults.add(
        citation.at.of("assertion"), f"“{claim.slug}” has no assertion {citation.assertion}.", "Check its number."
    )


def _refuse_assertions(citations: Iterable[CitationEntry], faults: Faults) -> None:
    for citation in citations:
        if citation.assertion is not None:
            faults.add(citation.at.of("assertion"), "only a claim has assertions.", "Leave it out here.")
