"""Figure checks as a page shows them: the words, the sum written out, what came out, and where every number is from.

Documents of older editions have no checks, which shows nothing. Sums and sentences come written in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from budgets.arithmetic.numbers import Scale, percent, shown, shown_range
from budgets.intervals import Interval
from budgets.quantities import formatting
from budgets.quantities.formatting import Lang
from budgets.vocabulary import Formula, PeriodBasis, Phase, Provenance, Reason, Relation, Result, Unit

from .dates import year_text
from .words import Doc, Link, label, say

OWN_FIGURES = {"en": "All figures are the speaker's own", "th": "ตัวเลขทั้งหมดมาจากผู้กล่าวเอง"}
OWN_FIGURE = {"en": "The figure is the speaker's own", "th": "ตัวเลขนี้มาจากผู้กล่าวเอง"}
_LISTED = (Reason.NOT_COMPARABLE, Reason.MAY_OVERLAP)
_JOINTS = ("คือ ",)
# How a written-out sum goes on to the range that rounding leaves; older editions have no comma there.
_SPREADS: dict[Lang, tuple[str, str]] = {
    "en": ("; ", "with rounding"),
    "th": (" และ", "เมื่อคำนึงถึงการปัดเศษ"),
}
# With the speaker's own figures only, no result has a tone: numbers that agree with themselves prove nothing.
_TONES = {Result.HOLDS: "good", Result.FAILS: "mixed"}

Anchors = Mapping[str, str]
"""The anchors of figures that stand on the page, by the id of the figure."""


@dataclass(frozen=True, slots=True)
class OperandView:
    """One number of a sum. `anchor` is its place on the page, where all else stands; `url` the file it is from.

    `line` has a page of its own when it has a slug, which it has when its figure is from a file.
    """

    label: str
    amount: str
    line: Link | None
    facts: tuple[str, ...]
    provenance: str
    provenance_label: str
    anchor: str
    source: str
    source_line: str
    url: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """What one reading came to. `because` is the reason clause by clause, after `why`; empty when `why` says it all.

    `sum` is "" when it would only repeat that figures are missing, `spread` the range that rounding leaves. `value`,
    `range`, `deviation` and `tolerance` are as exact as they are stored, "" when there is none.
    """

    result: str
    result_label: str
    tone: str
    own: str
    sum: str
    spread: str
    why: str
    because: tuple[str, ...]
    notes: tuple[str, ...]
    operands: tuple[OperandView, ...]
    value: str
    range: str
    deviation: str
    tolerance: str
    formula_version: int


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One way to understand the sentence; `words` is "" when there is only one."""

    number: int
    words: str
    finding: FindingView | None


@dataclass(frozen=True, slots=True)
class CheckView:
    """One computation of an assertion; `claimed` is what it says comes out, "" when that is its first figure."""

    id: str
    number: int
    words: str
    formula: str
    claimed: str
    result: str
    result_label: str
    readings: tuple[ReadingView, ...]

    @property
    def several(self) -> bool:
        """Whether the sentence can be understood in more than one way."""
        return len(self.readings) > 1


def check_views(checks: Iterable[Doc], anchors: Anchors, lang: Lang) -> tuple[CheckView, ...]:
    """The CHECK objects of an assertion, in one language."""
    return tuple(_check(check, anchors, lang) for check in checks)


def checked_provenances(assertions: Iterable[Doc]) -> frozenset[str]:
    """The codes of everyone who stands behind a figure that some check of these assertions computes with."""
    return frozenset(figure["provenance"] for finding in _findings(assertions) for figure in _figures(finding))


def _findings(assertions: Iterable[Doc]) -> Iterator[Doc]:
    for assertion in assertions:
        for check in assertion.get("checks", ()):
            yield from (reading["finding"] for reading in check["readings"] if reading["finding"])


def _figures(finding: Doc) -> list[Doc]:
    """The figures of a sum; what is missing is named by the reason."""
    return [operand["figure"] for operand in finding["operands"] if operand["figure"]]


def _check(check: Doc, anchors: Anchors, lang: Lang) -> CheckView:
    claimed = check["claimed"]
    return CheckView(
        id=check["id"],
        number=check["number"],
        words=say(claimed["words"], lang),
        formula=label(Formula, check["formula"], lang),
        claimed=_claimed(claimed, check["relation"], lang),
        result=check["result"],
        result_label=label(Result, check["result"], lang),
        readings=tuple(
            ReadingView(
                reading["number"],
                say(reading["words"], lang),
                _finding(reading["finding"], check["formula"], anchors, lang) if reading["finding"] else None,
            )
            for reading in check["readings"]
        ),
    )


def _claimed(claimed: Doc, relation: str, lang: Lang) -> str:
    """ "Equals 2", "More than 0%"; a range that is equalled stands for itself."""
    spread = _spread(claimed, claimed["unit"], claimed["currency"], lang)
    is_range = claimed["low"] != claimed["high"]
    return (
        spread
        if not spread or (is_range and relation == Relation.EQUALS)
        else f"{label(Relation, relation, lang)} {spread}"
    )


def _finding(finding: Doc, formula: str, anchors: Anchors, lang: Lang) -> FindingView:
    scale, figures = Scale(finding["unit"], finding["currency"]), _figures(finding)
    why, because = _why(finding, lang)
    told = bool(figures) and not (formula == Formula.VALUE and len(figures) < len(finding["operands"]))
    written, spread = _sum(finding, lang) if told else ("", "")
    own, value, deviation = finding["own_figures"], finding["value"], finding["deviation"]
    return FindingView(
        result=finding["result"],
        result_label=label(Result, finding["result"], lang),
        tone="open" if own else _TONES.get(finding["result"], "open"),
        own=(OWN_FIGURE if len(figures) == 1 else OWN_FIGURES)[lang] if own else "",
        sum=written,
        spread=spread,
        why=why,
        because=because,
        notes=tuple(say(note, lang) for note in finding["notes"] if not _is_own(note)),
        operands=tuple(_operand(figure, anchors, lang) for figure in figures),
        value=shown(Fraction(value), scale)[lang] if value is not None else "",
        range=_spread(finding, finding["unit"], finding["currency"], lang),
        deviation=percent(Fraction(deviation))[lang] if deviation is not None else "",
        tolerance=_tolerance(finding["thresholds"]),
        formula_version=finding["formula_version"],
    )


def _sum(finding: Doc, lang: Lang) -> tuple[str, str]:
    """The sum and, apart from it, the range that rounding leaves."""
    sentence, (joint, opening) = say(finding["sum"], lang), _SPREADS[lang]
    written, found, spread = sentence.partition(joint + opening)
    return (written, opening + spread) if found else (sentence, "")


def _is_own(note: Doc) -> bool:
    """Whether a note only repeats what stands beside the result."""
    return note["en"].rstrip(".") in (OWN_FIGURE["en"], OWN_FIGURES["en"])


def _why(finding: Doc, lang: Lang) -> tuple[str, tuple[str, ...]]:
    """The sentence that gives the reason, without the result that stands above it; several mismatches as a list."""
    sentence = say(finding["why"], lang)
    clauses = tuple(say(mismatch["words"], lang) for mismatch in finding["mismatches"])
    if finding["reason"] in _LISTED and len(clauses) > 1 and clauses[0] in sentence:
        return sentence.partition(clauses[0])[0].rstrip(), clauses
    return _without_the_result(sentence, label(Result, finding["result"], lang)), ()


def _without_the_result(sentence: str, result: str) -> str:
    if not sentence.startswith(result):
        return sentence
    rest = sentence.removeprefix(result).lstrip(" ,:")
    for joint in _JOINTS:
        rest = rest.removeprefix(joint)
    return rest[:1].upper() + rest[1:]


def _spread(interval: Doc, unit: str, currency: str | None, lang: Lang) -> str:
    """An interval of a document in words, "" for none; a document of a claim has no open lower end."""
    if interval["low"] is None or interval["high"] is None:
        return ""
    low, high = Fraction(interval["low"]), Fraction(interval["high"])
    found = Interval.between(
        low, high, low_closed=interval.get("low_closed", True), high_closed=bool(interval["high_closed"])
    )
    return shown_range(found, Scale(unit, currency))[lang]


def _tolerance(thresholds: Doc) -> str:
    tolerance = thresholds.get("tolerance")
    return f"{formatting.plain(Decimal(tolerance) * 100)}%" if tolerance is not None else ""


def _operand(figure: Doc, anchors: Anchors, lang: Lang) -> OperandView:
    source, anchor = figure["source"] or {}, anchors.get(figure["id"], "")
    return OperandView(
        label=say(figure["label"], lang),
        amount=_amount(figure, lang),
        line=None if anchor else _line(figure, lang),
        facts=_facts(figure, lang, apart=not anchor),
        provenance=figure["provenance"],
        provenance_label=label(Provenance, figure["provenance"], lang),
        anchor=anchor,
        source=say(source.get("title"), lang),
        source_line=str(source.get("line") or ""),
        url=_address(source.get("url")),
    )


def _address(url: str | None) -> str:
    """An address that a page may link to, else ""."""
    return url if url and url.startswith(("https://", "http://")) else ""


def _amount(figure: Doc, lang: Lang) -> str:
    low, high, unit = Decimal(figure["low"]), Decimal(figure["high"]), Unit(figure["unit"])
    if figure["value"] is not None:
        return formatting.quantity(Decimal(figure["value"]), unit, figure["currency"], lang)
    return formatting.interval(low, high, (True, True), unit, figure["currency"], lang)


def _facts(figure: Doc, lang: Lang, *, apart: bool) -> tuple[str, ...]:
    """Year and phase, as far as they are known; `apart` from its own entry with which kind of year it is."""
    year, facts = figure["year"], []
    if year is not None:
        facts.append(_year(year, figure["basis"], lang) if apart else year_text(year, lang))
    if apart and figure["phase"] != Phase.UNSTATED:
        facts.append(label(Phase, figure["phase"], lang))
    return tuple(facts)


def _line(figure: Doc, lang: Lang) -> Link | None:
    line = figure["line"]
    return Link(say(line["name"], lang), line["slug"] if figure["source"] else "") if line else None


def _year(year: int, basis: str, lang: Lang) -> str:
    written, kind = year_text(year, lang), label(PeriodBasis, basis, lang)
    if basis == PeriodBasis.YEAR_UNKNOWN:
        return f"{'ปี ' if lang == 'th' else ''}{written} ({kind})"
    return f"{kind} {written}"
