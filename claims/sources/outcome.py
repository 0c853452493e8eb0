"""One look at a source to one of the fifteen outcomes. Pure: no clock, no network, no database."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from claims.outbound.magic import Kind
from claims.outbound.results import Fetched, FetchFailure
from claims.sources.compare import Difference
from claims.sources.extract.document import Document
from claims.sources.quote import QuoteFinding
from claims.sources.signals import is_challenge, is_login_wall, needs_script, replaced_because
from claims.vocabulary import Outcome, QuoteState

_QUIET = frozenset({Outcome.OK, Outcome.REDIRECTED})
_REFUSING = frozenset({401, 402, 403, 407, 423, 429, 451})
QUIET_CHANGE = "text_changed"  # the one reason for a change that calls nobody
NO_DIFFERENCE = Difference()


@dataclass(frozen=True, slots=True)
class Judgement:
    """`detail` begins with a reason code or is empty; `alert`: a person would want to know, whatever the thresholds."""

    outcome: Outcome
    detail: str = ""
    alert: bool = False

    @property
    def opened(self) -> bool:
        """The cited page itself was read, so what was found of the quotes counts."""
        return self.outcome in (Outcome.OK, Outcome.REDIRECTED, Outcome.CHANGED, Outcome.QUOTE_MISSING)


def judge_failure(failure: FetchFailure) -> Judgement:
    """A fetch without a usable answer."""
    return Judgement(Outcome(failure.outcome), failure.detail, alert=True)


def judge_status(fetched: Fetched) -> Judgement | None:
    """What the status alone decides; None when the body must be read."""
    status = fetched.status
    if status in (404, 410):
        return Judgement(Outcome.GONE, f"http_status: {status}", alert=True)
    if status in _REFUSING or (status == 503 and _is_challenged(fetched)):
        return Judgement(Outcome.BLOCKED, f"http_status: {status}", alert=True)
    if status == 304 or 200 <= status < 300:
        return None
    return Judgement(Outcome.UNAVAILABLE, f"http_status: {status}", alert=True)


def _is_challenged(fetched: Fetched) -> bool:
    return is_challenge(Document(extractor="", visible=fetched.body[:4_000].decode("utf-8", "replace")), fetched.body)


def judge_unchanged(fetched: Fetched, url: str) -> Judgement:
    """The body is the one already judged good: same validators or same digest."""
    return _moved_or(Judgement(Outcome.OK), url, fetched.final_url)


def judge_body(
    fetched: Fetched, document: Document, findings: list[QuoteFinding], difference: Difference, url: str
) -> Judgement:
    """An answer with a body, its text, what was found of each quote, and how the text differs from the accepted one."""
    if fetched.kind is Kind.UNREAD:
        return Judgement(Outcome.UNSUPPORTED, f"kind_not_read: {fetched.content_type[:60]}", alert=True)
    if document.problem:
        return Judgement(Outcome.UNVERIFIABLE, document.problem, alert=True)
    missing = [finding for finding in findings if finding.state is not QuoteState.INTACT]
    is_all_lost = bool(findings) and all(finding.state is QuoteState.LOST for finding in findings)
    if is_all_lost and (instead := _what_stands_instead(fetched, document, url)):
        return instead
    if missing:
        is_lost = any(finding.state is QuoteState.LOST for finding in missing)
        beside = f": {difference.reason}" if difference else ""
        return Judgement(Outcome.QUOTE_MISSING, ("quote_lost" if is_lost else "quote_edited") + beside, alert=True)
    if not findings and not document.visible.strip():
        return Judgement(
            Outcome.UNVERIFIABLE, "needs_script" if document.has_script_shell else "empty_page", alert=True
        )
    if difference and difference.alerts:
        return Judgement(Outcome.CHANGED, difference.reason, alert=True)
    return _moved_or(
        Judgement(Outcome.CHANGED, difference.reason) if difference else Judgement(Outcome.OK), url, fetched.final_url
    )


def _what_stands_instead(fetched: Fetched, document: Document, url: str) -> Judgement | None:
    """Every quote is lost: is this still the page at all?"""
    if is_challenge(document, fetched.body):
        return Judgement(Outcome.BLOCKED, "challenge", alert=True)
    if needs_script(document):
        return Judgement(Outcome.UNVERIFIABLE, "needs_script", alert=True)
    if is_login_wall(document, url, fetched.final_url):
        return Judgement(Outcome.BLOCKED, "login_wall", alert=True)
    if reason := replaced_because(document, url, fetched.final_url):
        return Judgement(Outcome.SOFT_404, reason, alert=True)
    return None


def alerts(outcome: Outcome, detail: str) -> bool:
    """The `alert` of a judgement, from what is stored of it."""
    if outcome is Outcome.CHANGED:
        return detail.partition(":")[0] != QUIET_CHANGE
    return outcome not in _QUIET


def as_seen_by_one(outcome: Outcome, detail: str, state: QuoteState | None, *, has_moved: bool) -> tuple[Outcome, str]:
    """An observation of a page as it concerns one of those who cite it: a neighbour's lost quote is not theirs.

    `state` is what was found of the one's own quote, None without a quote. What else had changed on the page stands
    behind the reason code (`quote_lost: text_changed`).
    """
    if outcome is not Outcome.QUOTE_MISSING:
        return outcome, detail
    if state in (QuoteState.LOST, QuoteState.EDITED):
        return outcome, f"quote_{state}"
    beside = detail.partition(": ")[2]
    if beside and alerts(Outcome.CHANGED, beside):
        return Outcome.CHANGED, beside
    if has_moved:
        return Outcome.REDIRECTED, ""
    return (Outcome.CHANGED, beside) if beside else (Outcome.OK, "")


def _moved_or(judgement: Judgement, url: str, final_url: str) -> Judgement:
    return Judgement(Outcome.REDIRECTED) if has_moved(url, final_url) else judgement


def has_moved(url: str, final_url: str) -> bool:
    """Whether the page is at another address; https for http, `www.` and a slash at the end are no move."""
    return bool(final_url) and url != final_url and _place(url) != _place(final_url)


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    return (parts.hostname or "").removeprefix("www.") + port, parts.path.rstrip("/"), parts.query
