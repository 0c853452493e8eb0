"""What an observation means for each quote: edited counts at once, lost only when a second look agrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.source import SourceCheck
from claims.sources.observing import Observation
from claims.sources.quote import Quote
from claims.sources.watched import Cited
from claims.sources.writing import update_rows
from claims.vocabulary import FlagCode, Outcome, QuoteState

_LOOKS_ENOUGH = 3  # a loss seen so often counts although the rest of the page changes all the time
_FLAGS = {QuoteState.LOST: FlagCode.QUOTE_LOST, QuoteState.EDITED: FlagCode.QUOTE_EDITED}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state` None: nothing is decided yet, look again soon."""

    cited: Cited
    state: QuoteState | None
    found: str = ""
    similarity: int = 0

    @property
    def is_change(self) -> bool:
        """Whether the citation's row must be written."""
        return self.state is not None and (self.state is not self.cited.state or self.found != self.cited.found)

    @property
    def is_newly_lost(self) -> bool:
        """A confirmed loss that was not known before."""
        return self.state is QuoteState.LOST and self.cited.state is not QuoteState.LOST


def verdicts(seen: Observation, confirm: timedelta, *, now: datetime) -> list[Verdict]:
    """Judge every quote of a page that was read; a page that was not read says nothing about its quotes."""
    if not seen.judgement.opened:
        return []
    out = []
    for finding in seen.findings:
        state, quote = finding.quote.state, finding.quote
        is_news = state is QuoteState.LOST and finding.cited.state is not QuoteState.LOST
        if is_news and not (seen.is_confirmed or _was_lost_before(finding.cited, seen, confirm, now)):
            out.append(Verdict(finding.cited, None))
            continue
        found = quote.found if state is QuoteState.EDITED else ""
        out.append(Verdict(finding.cited, state, found, quote.similarity))
    return out


def _was_lost_before(cited: Cited, seen: Observation, confirm: timedelta, now: datetime) -> bool:
    """An earlier look, long enough ago, saw the same loss on the same text; or several saw it on any text."""
    looks = 1
    for check in _looks_that_read(seen.watched.past):
        if _state_in(check, cited.public_id) != QuoteState.LOST:
            return False
        looks += check.times_seen
        is_old_enough = now - check.checked_at >= confirm
        if is_old_enough and (check.text_sha256 == seen.text_sha256 or looks >= _LOOKS_ENOUGH):
            return True
    return False


def _looks_that_read(past: Sequence[SourceCheck]) -> list[SourceCheck]:
    read = (Outcome.OK, Outcome.REDIRECTED, Outcome.CHANGED, Outcome.QUOTE_MISSING)
    return [check for check in past if check.outcome in read]


def _state_in(check: SourceCheck, public_id: str) -> str | None:
    return next((str(quote["state"]) for quote in check.quotes if quote["citation"] == public_id), None)


def still_as_judged(observations: Sequence[Observation]) -> dict[int, Observation]:
    """The observations by source, without findings on quotes that have changed, moved or gone since they were read.

    Locks the citations: until the end of the transaction nobody can change a quote under its verdict.
    """
    judged = [finding.cited.id for seen in observations for finding in seen.findings]
    rows = EvidenceCitation.objects.select_for_update(of=("self",)).filter(pk__in=judged).order_by("pk")
    stored = {
        pk: (source, Quote(exact, prefix, suffix))
        for pk, source, exact, prefix, suffix in rows.values_list(
            "pk", "source_id", "quote_exact", "quote_prefix", "quote_suffix"
        )
    }
    out = {}
    for seen in observations:
        source = seen.watched.id
        kept = tuple(found for found in seen.findings if stored.get(found.cited.id) == (source, found.cited.quote))
        out[source] = replace(seen, findings=kept)
    return out


def apply_verdicts(found: Sequence[Verdict], *, now: datetime) -> None:
    """Write changed states, open the flags they call for, close those whose cause has gone.

    For a whole batch: the number of statements does not grow with it.
    """
    changed = {verdict.cited.id: verdict for verdict in found if verdict.is_change}
    if not changed:
        return
    citations = list(EvidenceCitation.objects.filter(pk__in=changed).order_by("pk"))
    for citation in citations:
        verdict = changed[citation.pk]
        citation.quote_state = verdict.state or citation.quote_state
        citation.quote_state_at = now
        citation.quote_found = verdict.found
    update_rows(citations, ("quote_state", "quote_state_at", "quote_found"))
    _flag(citations, changed, now=now)


def _flag(citations: list[EvidenceCitation], verdicts: Mapping[int, Verdict], *, now: datetime) -> None:
    standing = Flag.objects.open().filter(code__in=_FLAGS.values(), citation__in=citations)
    open_flags = {(flag.citation_id, flag.code): flag for flag in standing}
    fresh, renewed = [], []
    over: dict[QuoteState, list[int]] = defaultdict(list)
    for citation in citations:
        state = QuoteState(citation.quote_state)
        for code in _FLAGS.values():
            flag = open_flags.get((citation.pk, code))
            if code != _FLAGS.get(state):
                over[state] += [flag.pk] if flag else []
            elif flag:
                flag.detail = _detail(citation, verdicts[citation.pk])
                renewed.append(flag)
            else:
                fresh.append(_flag_of(citation, code, verdicts[citation.pk], now=now))
    for state, flags in over.items():
        if flags:
            note = f"The quote is {state} now."
            Flag.objects.open().filter(pk__in=flags).update(closed_at=now, closing_note=note)
    update_rows(renewed, ("detail",))
    # The partial unique index decides between two that saw the same thing.
    Flag.objects.bulk_create(fresh, ignore_conflicts=True)


def _flag_of(citation: EvidenceCitation, code: FlagCode, verdict: Verdict, *, now: datetime) -> Flag:
    return Flag(
        code=code, claim_id=citation.claim_id, source_id=citation.source_id, citation=citation,
        detail=_detail(citation, verdict), opened_at=now,
    )  # fmt: skip


def _detail(citation: EvidenceCitation, verdict: Verdict) -> dict[str, object]:
    return {"quote": citation.quote_exact, "found": verdict.found, "similarity": verdict.similarity}
