"""One look at one source: fetch, read, find the quotes, compare, judge. No database; the network is an argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from claims.outbound.magic import Kind
from claims.outbound.results import Fetch, Fetched, FetchFailure, Postponed, Request
from claims.sources.compare import Difference, compare
from claims.sources.extract import extract
from claims.sources.extract.document import Document
from claims.sources.outcome import (
    NO_DIFFERENCE,
    Judgement,
    has_moved,
    judge_body,
    judge_failure,
    judge_status,
    judge_unchanged,
)
from claims.sources.quote import QuoteFinding, find_quote
from claims.sources.watched import Cited, Watched
from claims.vocabulary import Outcome, QuoteState

FULL_EVERY = 10  # one check in ten asks for the whole body: some servers answer 304 for ever
Keep = Callable[[str, bytes], str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one citation."""

    cited: Cited
    quote: QuoteFinding


@dataclass(frozen=True, slots=True)
class Kept:
    """A body that was stored, for its snapshot row."""

    sha256: str
    size: int
    content_type: str
    charset: str
    storage_name: str
    text: str
    extractor: str


@dataclass(frozen=True, slots=True)
class Observation:
    """The result of a look. `is_confirmed`: a second fetch at once saw the same loss.

    `difference` is to the accepted version, without what is noise.
    """

    watched: Watched
    answer: Fetched | FetchFailure
    judgement: Judgement
    findings: tuple[Finding, ...] = ()
    text_sha256: str = ""
    extractor: str = ""
    kept: Kept | None = None
    is_same_text: bool = False
    is_confirmed: bool = False
    difference: Difference = NO_DIFFERENCE

    @property
    def has_lost(self) -> bool:
        """Whether a quote was not found on a page that was read."""
        return self.judgement.opened and any(f.quote.state is QuoteState.LOST for f in self.findings)


async def observe(watched: Watched, *, fetch: Fetch, keep: Keep, confirm_at_once: bool) -> Observation | Postponed:
    """Look at a source. A quote that seems lost is looked for a second time at once when `confirm_at_once`."""
    first = await _look(watched, _request(watched), fetch, keep)
    if isinstance(first, Postponed) or not first.has_lost:
        return first
    if former := _former_address(watched, first):
        moved = await _look(watched, Request(former), fetch, keep)
        if isinstance(moved, Observation) and moved.judgement.opened and not moved.has_lost:
            return moved
    if not confirm_at_once:
        return first
    second = await _look(watched, Request(watched.url), fetch, keep)
    if isinstance(second, Postponed):
        return first
    return replace(second, is_confirmed=second.has_lost and second.text_sha256 == first.text_sha256)


def _request(watched: Watched) -> Request:
    """Validators go only where an unchanged body would leave nothing to find out."""
    if not watched.is_settled or watched.checks_made % FULL_EVERY == FULL_EVERY - 1:
        return Request(watched.url)
    return Request(watched.url, watched.etag, watched.last_modified, watched.last_final_url or watched.url)


def _former_address(watched: Watched, seen: Observation) -> str:
    """Where the page used to be found, if it is somewhere else now."""
    former = watched.last_final_url
    if former and has_moved(watched.url, former) and has_moved(former, seen.answer.final_url):
        return former
    return ""


async def _look(watched: Watched, request: Request, fetch: Fetch, keep: Keep) -> Observation | Postponed:
    answer = await fetch(request)
    if isinstance(answer, Postponed):
        return answer
    if isinstance(answer, FetchFailure):
        return Observation(watched, answer, judge_failure(answer))
    if judged := judge_status(answer):
        return Observation(watched, answer, judged)
    if _is_unchanged(watched, answer):
        return _unchanged(watched, answer)
    if answer.not_modified:
        return Observation(watched, answer, Judgement(Outcome.UNAVAILABLE, "answer_malformed: unasked 304", alert=True))
    return await _read(watched, answer, keep)


def _is_unchanged(watched: Watched, answer: Fetched) -> bool:
    if not watched.is_settled or watched.accepted is None:
        return False
    return answer.not_modified or answer.body_sha256 == watched.accepted.body_sha256


def _unchanged(watched: Watched, answer: Fetched) -> Observation:
    intact = tuple(Finding(cited, QuoteFinding(QuoteState.INTACT, similarity=100)) for cited in watched.citations)
    return Observation(
        watched,
        replace(answer, body=b""),
        judge_unchanged(answer, watched.url),
        findings=intact,
        text_sha256=_accepted_digest(watched),
        extractor=watched.accepted.extractor if watched.accepted else "",
        is_same_text=True,
    )


def _accepted_digest(watched: Watched) -> str:
    """Digest of the accepted text, from the check that saw it; folding it again is the exception."""
    accepted = watched.accepted
    if accepted is None:
        return ""
    for check in watched.past:
        if check.text_sha256 and (check.snapshot_id, check.extractor) == (accepted.snapshot, accepted.extractor):
            return check.text_sha256
    title, _, main = accepted.text.partition("\n")
    return Document(accepted.extractor, title, main).text_sha256


def _says_the_same(watched: Watched, document: Document) -> bool:
    """The accepted article word for word, with every quote in it letter for letter: nothing is left to find out."""
    accepted = watched.accepted
    if not watched.is_settled or accepted is None or document.problem or accepted.extractor != document.extractor:
        return False
    return accepted.text == document.text and all(c.quote.exact in document.text for c in watched.citations)


async def _read(watched: Watched, answer: Fetched, keep: Keep) -> Observation:
    document = await extract(answer.kind, answer.body, answer.content_type)
    if _says_the_same(watched, document):
        return _unchanged(watched, answer)
    findings = tuple(Finding(cited, _find(cited, document)) for cited in watched.citations)
    accepted = watched.accepted
    is_same_text = accepted is not None and accepted.text == document.text
    difference = NO_DIFFERENCE
    is_comparable = accepted is not None and not _is_new_extractor(accepted.extractor, document.extractor)
    if accepted and is_comparable and not is_same_text:
        standing = [f.cited.quote.exact for f in findings if f.quote.state is QuoteState.INTACT]
        difference = compare(accepted.text, document.text, tuple(standing), list(watched.restless))
    judgement = judge_body(answer, document, [finding.quote for finding in findings], difference, watched.url)
    is_only_noise = is_comparable and not difference and judgement.outcome in (Outcome.OK, Outcome.REDIRECTED)
    is_worth_keeping = answer.body and answer.kind is not Kind.UNREAD and not is_same_text and not is_only_noise
    return Observation(
        watched,
        replace(answer, body=b""),
        judgement,
        findings=findings if judgement.opened else (),
        text_sha256=document.text_sha256 if document.visible else "",
        extractor=document.extractor,
        kept=_kept(answer, document, keep) if is_worth_keeping else None,
        is_same_text=is_same_text,
        difference=difference,
    )


def _find(cited: Cited, document: Document) -> QuoteFinding:
    """In the article first, then in all that is visible."""
    best = find_quote(cited.quote, document.folded, is_pdf=document.is_pdf)
    if best.state is QuoteState.INTACT or document.visible == document.main:
        return best
    anywhere = find_quote(cited.quote, document.folded_visible, is_pdf=document.is_pdf)
    return anywhere if anywhere.similarity > best.similarity else best


def _is_new_extractor(before: str, now: str) -> bool:
    """Another version of the same extractor: a difference would be ours, not the page's."""
    return before != now and before.partition("/")[0] == now.partition("/")[0]


def _kept(answer: Fetched, document: Document, keep: Keep) -> Kept:
    return Kept(
        sha256=answer.body_sha256,
        size=len(answer.body),
        content_type=answer.content_type,
        charset=document.charset,
        storage_name=keep(answer.body_sha256, answer.body),
        text=document.text.replace("\x00", ""),
        extractor=document.extractor,
    )
