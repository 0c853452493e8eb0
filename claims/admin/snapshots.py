"""A version of a source for reviewers: its text inert, its body as a download, and taking it as the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from budgets.admin.base import Paragraphs, refused_not_cut, staff
from claims.admin.access import roles_of
from claims.admin.words import worded_changes
from claims.models.evidence import EvidenceCitation
from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceCheck
from claims.models.watch import AcceptedVersion
from claims.review.transitions import Role
from claims.sources.baseline import VersionRefused, accept_version
from claims.sources.bodies import BodyUnreadable, verified
from claims.sources.changes import changes
from claims.sources.quote import Quote
from claims.sources.viewing import Mark, Shown, around, marks, page_of, pages
from claims.vocabulary import QuoteState

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

MOST_QUOTES = 50
ACCEPTERS = frozenset({Role.REVIEWER, Role.EDITOR})
# whatever a browser makes of the bytes, they run nothing and reach nothing
INERT = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


class AcceptForm(forms.Form):
    """Why this version is what the page is compared with from now on."""

    reason = Paragraphs(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="What changed, and why it may. It stays in the history and in the ledger.",
    )


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote and what this version holds of it."""

    citation: EvidenceCitation
    mark: Mark
    around: list[Shown]

    @property
    def words(self) -> str:
        """What became of it, in a few words."""
        if self.mark.state is None:
            return "Not found word for word; the text is too long to look for other wordings"
        if self.mark.state is QuoteState.LOST:
            return "Not in the main text of this version"
        if not self.mark.is_found:
            return "Perhaps there: only its letters without marks match"
        return str(self.mark.state.label)


class ShowsSnapshots(_Page):
    """Adds the pages of a source's versions."""

    def get_urls(self) -> list[URLPattern]:
        """Put them under the source."""
        wrap, at = self.admin_site.admin_view, "<int:key>/snapshots/<int:snapshot>/"
        return [
            path(at, wrap(self.snapshot_view), name="claims_source_snapshot"),
            path(f"{at}body/", wrap(self.body_view), name="claims_source_snapshot_body"),
            *super().get_urls(),
        ]

    def snapshot_view(self, request: HttpRequest, key: int, snapshot: int) -> HttpResponse:
        """Show a page of the text; a POST takes the version as the baseline."""
        source, kept = self._version(request, key, snapshot)
        form = AcceptForm(request.POST or None)
        refused_not_cut(form.fields["reason"])
        if request.method == "POST":
            if not may_accept(request):
                raise PermissionDenied
            if form.is_valid() and self._accept(request, source, kept, form):
                return HttpResponseRedirect(reverse("admin:claims_source_looks", args=[source.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": source,
            "title": f"Version of {timezone.localtime(kept.taken_at):%Y-%m-%d %H:%M}",
            "form": form,
            **_version_context(source, kept, _page_number(request)),
        }
        context["can_accept"] = may_accept(request) and not context["is_accepted"]
        return TemplateResponse(request, "admin/claims/source/snapshot.html", context)

    def body_view(self, request: HttpRequest, key: int, snapshot: int) -> HttpResponse | FileResponse:
        """The body as it was received, as a file that no browser opens."""
        source, kept = self._version(request, key, snapshot)
        try:
            body = verified(kept.storage_name, sha256=kept.sha256, size=kept.size)
        except BodyUnreadable as unreadable:
            messages.error(request, str(unreadable))
            return HttpResponseRedirect(reverse("admin:claims_source_snapshot", args=[source.pk, kept.pk]))
        answer = FileResponse(
            body, as_attachment=True, filename=f"body-{kept.sha256[:16]}.bin", content_type="application/octet-stream"
        )
        for name, value in INERT.items():
            answer[name] = value
        return answer

    def _version(self, request: HttpRequest, key: int, snapshot: int) -> tuple[Source, Snapshot]:
        source = self.get_object(request, str(key))
        if source is None:
            raise Http404
        if not (self.has_view_permission(request, source) and may_read(request)):
            raise PermissionDenied
        kept = Snapshot.objects.filter(pk=snapshot, source=source).first()
        if kept is None:
            raise Http404
        return source, kept

    def _accept(self, request: HttpRequest, source: Source, kept: Snapshot, form: AcceptForm) -> bool:
        """Whether it was taken; else the form says why not."""
        try:
            accept_version(
                source=source, snapshot=kept, reason=form.cleaned_data["reason"], by=staff(request), now=timezone.now()
            )
        except VersionRefused as refused:
            form.add_error(None, str(refused))
            return False
        messages.success(request, "This version is the baseline now. The page is looked at again at the next tick.")
        return True


def may_read(request: HttpRequest) -> bool:
    """Who may read what others published: those with editorial work, not those who keep the machines."""
    return staff(request).has_perm("claims.view_snapshot")


def may_accept(request: HttpRequest) -> bool:
    """Who may take a version as the baseline."""
    return bool(ACCEPTERS & roles_of(request))


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def _version_context(source: Source, kept: Snapshot, page: int) -> dict[str, Any]:
    citations = list(source.citations.select_related("claim", "response", "dossier").order_by("pk")[: MOST_QUOTES + 1])
    quotes = [Quote(row.quote_exact, row.quote_prefix, row.quote_suffix) for row in citations[:MOST_QUOTES]]
    found = marks(kept.text, quotes, is_pdf=kept.extractor.startswith("pdf"))
    last = pages(kept.text)
    page = min(max(page, 1), last)
    baseline = None if source.accepted_snapshot_id == kept.pk else source.accepted_snapshot
    rows = [QuoteRow(row, mark, around(kept.text, mark)) for row, mark in zip(citations, found, strict=False)]
    return {
        "kept": kept,
        "look": _first_look(source, kept),
        "found": [row for row in rows if row.around],
        "not_found": [row for row in rows if not row.around],
        "most_quotes": MOST_QUOTES,
        "has_more_quotes": len(citations) > MOST_QUOTES,
        "pieces": page_of(kept.text, found, page),
        "page": page,
        "last_page": last,
        "length": len(kept.text),
        "is_accepted": source.accepted_snapshot_id == kept.pk,
        "baseline": baseline,
        "changes": worded_changes(changes(baseline.text, kept.text, _exact(quotes))) if baseline else None,
        "accepted": AcceptedVersion.objects.filter(source=source, snapshot=kept).select_related("by").first(),
    }


def _exact(quotes: Sequence[Quote]) -> list[str]:
    return [quote.exact for quote in quotes]


def _first_look(source: Source, kept: Snapshot) -> SourceCheck | None:
    """The look that brought the body, or the first that saw its text."""
    looks = source.checks.filter(snapshot=kept).order_by("pk")
    return looks.filter(body_sha256=kept.sha256).first() or looks.first()
