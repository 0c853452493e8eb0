"""The history of a source as a timeline: what each look saw, and what changed between two versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from budgets.admin.base import staff
from claims.admin.snapshots import may_read
from claims.admin.words import WordedChanges, worded_changes
from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceCheck
from claims.models.watch import AcceptedVersion
from claims.outbound import reasons
from claims.sources.changes import MOST_CHARACTERS, Changes, changes
from claims.sources.outcome import alerts, has_moved
from claims.vocabulary import Outcome, QuoteState

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

SHOWN = 15  # looks a page
MOST_COMPARED = 1_000_000  # characters a page may compare
_ACCEPTED = 5  # decisions shown

_SENTENCES = {
    Outcome.OK: "The page opened and nothing that matters has changed.",
    Outcome.REDIRECTED: "The page opened at another address.",
    Outcome.CHANGED: "The page has changed; every quote still stands.",
    Outcome.QUOTE_MISSING: "A quote is no longer there as it was.",
    Outcome.SOFT_404: "Another page stands in its place.",
    Outcome.GONE: "The site says that the page is gone.",
    Outcome.BLOCKED: "The site does not let our checker in; that says nothing about the page.",
    Outcome.TLS_ERROR: "The site's certificate does not hold.",
    Outcome.DNS_ERROR: "The site's name leads nowhere.",
    Outcome.TIMEOUT: "The site did not answer in time.",
    Outcome.TOO_LARGE: "The answer was larger than what is read.",
    Outcome.UNSUPPORTED: "The answer is of a kind that is not read.",
    Outcome.UNVERIFIABLE: "There is no text in it that can be read.",
    Outcome.UNAVAILABLE: "The site is out of order.",
    Outcome.REFUSED: "The address is one that we never open.",
}


@dataclass(frozen=True, slots=True)
class Look:
    """A line of the timeline."""

    check: SourceCheck
    label: str
    sentence: str
    needs_eye: bool
    quotes: str
    moved_to: str
    version: int | None
    before: int | None
    changes: WordedChanges | None


class ShowsLooks(_Page):
    """Adds the timeline of a source."""

    def get_urls(self) -> list[URLPattern]:
        """Put it under the source."""
        view = self.admin_site.admin_view(self.looks_view)
        return [path("<int:key>/looks/", view, name="claims_source_looks"), *super().get_urls()]

    def looks_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """A page of looks, newest first; `before` is the id of the look above which the page ends."""
        source = self.get_object(request, str(key))
        if source is None:
            raise Http404
        if not (self.has_view_permission(request, source) and staff(request).has_perm("claims.view_sourcecheck")):
            raise PermissionDenied
        checks = _checks(source, request.GET.get("before", ""))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": source,
            "title": "What each look saw",
            "looks": _looks(source, checks[:SHOWN], with_texts=may_read(request)),
            "older": checks[SHOWN - 1].pk if len(checks) > SHOWN else None,
            "is_newest": "before" not in request.GET,
            "accepted": _accepted(source),
            "can_read": may_read(request),
        }
        return TemplateResponse(request, "admin/claims/source/looks.html", context)


def sentence_of(check: SourceCheck) -> str:
    """What a look saw, in a sentence or two: by its reason code, else by its outcome."""
    code, _, beside = check.detail.partition(": ")
    said = [reasons.sentence(code)["en"] or _SENTENCES[Outcome(check.outcome)], reasons.sentence(beside)["en"]]
    return " ".join(sentence for sentence in said if sentence)


def _checks(source: Source, before: str) -> list[SourceCheck]:
    found = source.checks.order_by("-pk")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    return list(found[: SHOWN + 1])


def _accepted(source: Source) -> list[AcceptedVersion]:
    rows = AcceptedVersion.objects.filter(source=source).select_related("by", "snapshot")
    return list(rows.defer("snapshot__text")[:_ACCEPTED])


def _looks(source: Source, checks: Sequence[SourceCheck], *, with_texts: bool) -> list[Look]:
    pairs = _steps(source, checks) if with_texts else {}
    found = _compared(source, list(pairs.values()))
    out = []
    for check in checks:
        pair = pairs.get(check.pk)
        before = pair[0] if pair else None
        out.append(_look(source, check, before, found.get(pair) if pair else None, with_texts=with_texts))
    return out


def _look(
    source: Source, check: SourceCheck, before: int | None, found: WordedChanges | None, *, with_texts: bool
) -> Look:
    outcome = Outcome(check.outcome)
    return Look(
        check=check,
        label=str(outcome.label),
        sentence=sentence_of(check),
        needs_eye=alerts(outcome, check.detail),
        quotes=_quotes(check),
        moved_to=check.final_url if has_moved(source.url, check.final_url) else "",
        version=check.snapshot_id if with_texts else None,
        before=before,
        changes=found,
    )


def _quotes(check: SourceCheck) -> str:
    """How many quotes were found how."""
    states = Counter(str(quote["state"]) for quote in check.quotes)
    return ", ".join(f"{states[state.value]:,} × {state.label}" for state in QuoteState if states[state.value])


def _steps(source: Source, checks: Sequence[SourceCheck]) -> dict[int, tuple[int, int]]:
    """By look: (version before, its own version), where the two differ."""
    seen = [check for check in checks if check.snapshot_id]
    if not seen:
        return {}
    rows = source.checks.filter(pk__lt=seen[-1].pk, snapshot__isnull=False).order_by("-pk")
    oldest = rows.values_list("snapshot_id", flat=True).first()
    versions = [(check.pk, check.snapshot_id) for check in seen] + ([(0, oldest)] if oldest else [])
    return {
        pk: (before, version)
        for (pk, version), (_, before) in pairwise(versions)
        if version and before and version != before
    }


def _compared(source: Source, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], WordedChanges]:
    """What differs, newest first until the page has compared enough; the rest is told to be too long."""
    if not pairs:
        return {}
    named = {version for pair in pairs for version in pair}
    lengths = dict(Snapshot.objects.filter(pk__in=named).annotate(n=Length("text")).values_list("pk", "n"))
    affordable, left = [], MOST_COMPARED
    for pair in dict.fromkeys(pairs):
        cost = sum(lengths[version] for version in pair)
        if cost <= min(left, MOST_CHARACTERS):
            affordable.append(pair)
            left -= cost
    wanted = {version for pair in affordable for version in pair}
    texts = dict(Snapshot.objects.filter(pk__in=wanted).values_list("pk", "text"))
    quotes = list(source.citations.order_by("pk").values_list("quote_exact", flat=True)[:50])
    too_long = worded_changes(Changes(is_too_long=True))
    return dict.fromkeys(pairs, too_long) | {
        (before, after): worded_changes(changes(texts[before], texts[after], quotes)) for before, after in affordable
    }
