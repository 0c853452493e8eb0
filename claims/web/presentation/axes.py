"""The strip of the four axes under every claim and dossier: rating, answers, figures, sources. Never one verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop, ngettext

from budgets.quantities.formatting import Lang
from budgets.vocabulary import Provenance
from claims.models.public_status import PublicStatus
from claims.vocabulary import Coverage, QuoteState, Rating, RequestState, Stance

from .dates import bangkok_day, moment
from .responses import as_of, coverage_label
from .words import label

_FINDINGS = (
    ("findings_holds", gettext_noop("The numbers agree: %(n)s")),
    ("findings_fails", gettext_noop("The numbers do not agree: %(n)s")),
    ("findings_undetermined", gettext_noop("Cannot be determined: %(n)s")),
)


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis in words; `shape` names its drawing and `tone` is "open", "good" or "mixed", never the only sign."""

    name: str
    shape: str
    value: str
    lines: tuple[str, ...]
    tone: str = "open"
    anchor: str = ""


def claim_axes(
    status: PublicStatus,
    provenances: Sequence[str],
    reported: str | None,
    lang: Lang,
    computed_with: Collection[str] = (),
) -> tuple[Axis, Axis, Axis, Axis]:
    """The four axes of one claim; `provenances` has one code per figure of its edition.

    `computed_with` are the codes of everyone who stands behind a figure in its checks.
    """
    return (
        _rating_axis(status, lang),
        _answers_axis(status, reported, lang),
        _figures_axis([status], provenances, computed_with),
        _sources_axis([status], lang),
    )


def dossier_axes(
    statuses: Sequence[PublicStatus], responses: int, provenances: Sequence[str], reported: str | None, lang: Lang
) -> tuple[Axis, Axis, Axis, Axis]:
    """The four axes over the claims of a dossier; `responses` counts its statements."""
    return (
        _ratings_axis(statuses, lang),
        _dossier_answers_axis(statuses, responses, reported, lang),
        _figures_axis(statuses, provenances),
        _sources_axis(statuses, lang),
    )


def rating_sentence(rating: str) -> str:
    """What a page says under its stamp: without a rating it tracks, and says that it has not checked."""
    if rating == Rating.NOT_YET_RATED:
        return gettext("We track this claim; we have not checked it yet.")
    return gettext("Two persons concluded this; their reasons stand beside it.")


def _rating_axis(status: PublicStatus, lang: Lang) -> Axis:
    number, published = status.edition.number, bangkok_day(status.content_updated_at, lang, short=True)
    line = gettext("edition %(number)s, %(date)s") % {"number": number, "date": published.text}
    return Axis(gettext("Rating"), status.rating, label(Rating, status.rating, lang), (line,), anchor="history")


def _ratings_axis(statuses: Sequence[PublicStatus], lang: Lang) -> Axis:
    counts = {code: sum(status.rating == code for status in statuses) for code in Rating.values}
    parts = [(code, n) for code, n in counts.items() if n]
    value = " · ".join(f"{label(Rating, code, lang)}: {n}" for code, n in parts) or gettext("No claim published yet")
    only_tracked = all(code == Rating.NOT_YET_RATED for code, _ in parts)
    lines = (gettext("We track these claims; we have not checked them yet."),) if only_tracked and parts else ()
    return Axis(gettext("Rating"), parts[0][0] if len(parts) == 1 else "several", value, lines, anchor="matrix")


def _answers_axis(status: PublicStatus, reported: str | None, lang: Lang) -> Axis:
    stated = status.statements_code != "none"
    count = ngettext("%(n)s statement", "%(n)s statements", status.statements_count) % {"n": status.statements_count}
    stance = f" · {label(Stance, status.stance, lang)}" if stated else ""
    lines = [f"{count}{stance}"] if status.statements_count else []
    lines += [as_of(reported, status.last_searched_on, lang), label(RequestState, status.request_code, lang)]
    value = coverage_label(status.statements_code, lang)
    return Axis(gettext("What those responsible said"), status.statements_code, value, tuple(lines), anchor="responses")


def _dossier_answers_axis(statuses: Sequence[PublicStatus], responses: int, reported: str | None, lang: Lang) -> Axis:
    value = ngettext("%(n)s statement", "%(n)s statements", responses) % {"n": responses}
    asked = sum(status.request_code != RequestState.NONE_SOUGHT for status in statuses)
    searched = [status.last_searched_on for status in statuses]
    oldest = min((found for found in searched if found), default=None) if all(searched) else None
    lines = [as_of(reported, oldest, lang)]
    lines.append(
        gettext("Asked about %(n)s of %(all)s claims") % {"n": asked, "all": len(statuses)}
        if asked
        else label(RequestState, RequestState.NONE_SOUGHT, lang)
    )
    shape = _strongest(statuses) if responses else "none"
    return Axis(gettext("What those responsible said"), shape, value, tuple(lines), anchor="responses")


def _strongest(statuses: Iterable[PublicStatus]) -> str:
    codes = {status.statements_code for status in statuses}
    return next((str(code) for code in Coverage.values if code in codes), "none")


def _figures_axis(
    statuses: Sequence[PublicStatus], provenances: Sequence[str], computed_with: Collection[str] = ()
) -> Axis:
    name = gettext("What the figures say")
    findings = [
        gettext(text) % {"n": total}
        for field, text in _FINDINGS
        if (total := sum(getattr(status, field) for status in statuses))
    ]
    if not provenances and not findings:
        return Axis(name, "figures_none", gettext("No figure in this claim"), (), anchor="assertions")
    count = len(provenances)
    stated = ngettext("%(n)s figure stated", "%(n)s figures stated", count) % {"n": count}
    lines = [_standing(frozenset(provenances).union(computed_with))]
    if any(status.recheck_due_since for status in statuses):
        lines.append(gettext("Figures have changed since; the findings are those of the edition"))
    if not findings:
        lines.append(gettext("No sum has been worked out yet"))
    return Axis(
        name,
        "figures",
        " · ".join(findings) or stated,
        tuple(line for line in lines if line),
        anchor="assertions",
    )


def _standing(provenances: frozenset[str]) -> str:
    """Whose figures they are: numbers that only agree with themselves prove nothing."""
    if provenances == {Provenance.CLAIMANT}:
        return gettext("All figures are the speaker's own")
    if provenances and Provenance.OFFICIAL_DOCUMENT not in provenances:
        return gettext("None is from an official document")
    return ""


def _sources_axis(statuses: Sequence[PublicStatus], lang: Lang) -> Axis:
    counts = {state: sum(getattr(status, f"quotes_{state.value}") for status in statuses) for state in QuoteState}
    total, observed = sum(counts.values()), [status.observed_at for status in statuses if status.observed_at]
    when = gettext("last checked %(time)s") % {"time": moment(max(observed), lang).text} if observed else ""
    name = gettext("Whether the sources still hold")
    if not total:
        return Axis(name, "quotes_none", gettext("No quote cited"), (), anchor="evidence")
    state = next(state for state in _ALERTING if counts[state])
    value = f"{label(QuoteState, state, lang)}: " + gettext("%(n)s of %(all)s") % {"n": counts[state], "all": total}
    others = [f"{label(QuoteState, s, lang)}: {n}" for s, n in counts.items() if n and s is not state]
    tone = "good" if state is QuoteState.INTACT else "mixed" if state in _CHANGED else "open"
    return Axis(name, state.value, value, tuple(line for line in (*others, when) if line), tone, "evidence")


_CHANGED = (QuoteState.LOST, QuoteState.EDITED)
_ALERTING = (*_CHANGED, QuoteState.UNREACHABLE, QuoteState.UNCHECKED, QuoteState.INTACT)
