"""The review page: a claim, its evidence, its rules and what has changed side by side, and the one thing to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from budgets.admin.base import staff
from claims.admin.access import roles_of
from claims.admin.buttons import Standing, moves_of
from claims.admin.live_diff import LiveDiff, live_diff
from claims.admin.moves import taken_refusal
from claims.admin.panel import checks_of, is_risky, missing_in, people_for, public_url
from claims.admin.review_parts import Beside, answers_of, beside, beside_queries, evidence_of, minute_of, parts_of
from claims.authorship import Conflicted
from claims.commenting import CommentRefused, comment, resolve
from claims.documents.at_once import AtOnce, read_at_once
from claims.models.claim import Claim
from claims.models.desk import ReviewComment
from claims.models.review import ClaimReview
from claims.presence import NoSuchClaim, note_presence
from claims.review.blinding import rating_hidden_from
from claims.review.transitions import SUBMIT
from claims.sources.excerpts import excerpts
from claims.vocabulary import ReviewState

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

# Whoever writes drafts may leave remarks on them.
COMMENTERS = SUBMIT.roles


class ReviewsClaims(_Page):
    """Adds the review page, its comments, and who else is here."""

    def get_urls(self) -> list[URLPattern]:
        """Put them under the claim."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:key>/review/", wrap(self.review_view), name="claims_claim_review"),
            path("<int:key>/comment/", wrap(self.comment_view), name="claims_claim_comment"),
            path("<int:key>/comment/<int:comment>/resolve/", wrap(self.resolve_view), name="claims_claim_resolve"),
            path("<int:key>/presence/", wrap(self.presence_view), name="claims_claim_presence"),
            *super().get_urls(),
        ]

    def review_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show it: the newest revision, open or not, in a number of queries that no claim raises."""
        self._refuse_strangers(request)
        reviews = ClaimReview.objects.filter(claim=key).select_related("claim", "assigned_to", "submitted_by")
        review = reviews.order_by("-number").first()
        if review is None:
            raise Http404
        context = {**self.admin_site.each_context(request), "opts": self.opts, **review_context(request, review)}
        return TemplateResponse(request, "admin/claims/claim/review.html", context)

    def comment_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Leave a remark on the claim, or on the assertion with the number that was posted."""
        claim = self._commented(request, key)
        number = request.POST.get("assertion", "")
        assertion = claim.assertions.filter(number=number).first() if _is_number(number) else None
        if number and assertion is None:
            messages.error(request, "This assertion is not there any more, so the comment was not stored.")
            return _back_to(claim.pk, "comments")
        try:
            text = request.POST.get("text", "").replace("\r\n", "\n")
            comment(claim=claim, assertion=assertion, text=text, by=staff(request), now=timezone.now())
        except (CommentRefused, Conflicted) as refused:
            messages.error(request, str(refused))
        return _back_to(claim.pk, f"assertion-{assertion.number}" if assertion else "comments")

    def resolve_view(self, request: HttpRequest, key: int, comment: int) -> HttpResponse:
        """Say that a remark is dealt with."""
        claim = self._commented(request, key)
        found = ReviewComment.objects.filter(pk=comment, claim=claim).select_related("assertion").first()
        if found is None:
            raise Http404
        try:
            resolve(comment=found, by=staff(request), now=timezone.now())
        except (CommentRefused, Conflicted) as refused:
            messages.error(request, str(refused))
        return _back_to(claim.pk, f"assertion-{found.assertion.number}" if found.assertion else "comments")

    def presence_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Note that the page is open, and tell who else has it open."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._refuse_strangers(request)
        try:
            others = note_presence(claim=key, by=staff(request), now=timezone.now())
        except NoSuchClaim:
            raise Http404 from None
        here = [{"name": other.name, "seen_at": other.seen_at.isoformat()} for other in others]
        answer = JsonResponse({"here": here})
        answer["Cache-Control"] = "private, no-store"
        return answer

    def _commented(self, request: HttpRequest, key: int) -> Claim:
        """The claim that somebody may leave a remark on."""
        if request.method != "POST" or not COMMENTERS & roles_of(request):
            raise PermissionDenied
        self._refuse_strangers(request)
        claim = Claim.objects.filter(pk=key).first()
        if claim is None:
            raise Http404
        return claim

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def review_context(request: HttpRequest, review: ClaimReview) -> dict[str, Any]:
    """Read everything that the page shows."""
    user, roles, now = staff(request), roles_of(request), timezone.now()
    read = read_at_once(review, beside_queries(review, user, now))
    rows = beside(review, read.also)
    is_open = ReviewState(review.state).is_open
    hidden = is_open and rating_hidden_from(review, user)
    checks = checks_of(review, read.bundle, now=now) if is_open else []
    standing = Standing(
        user=user.pk,
        roles=roles,
        now=now,
        wrote=user.pk in rows.authors,
        interested=rows.interested,
        rated=any(row["by_id"] == user.pk for row in rows.ratings),
        hidden=hidden,
        risky=is_risky(checks),
        missing=missing_in(checks),
    )
    moves = moves_of(review.claim, review, standing)
    evidence = evidence_of(read.claim, excerpts(_cited(read.claim)))
    return {
        "title": str(read.claim),
        "original": read.claim,
        "review": review,
        "state": ReviewState(review.state).label,
        "is_open": is_open,
        "rating_hidden": hidden,
        "checks": checks,
        "missing": standing.missing,
        "moves": moves,
        "people": people_for(moves, roles),
        "rows": rows,
        "here": rows.here,
        "evidence": evidence,
        "parts": parts_of(read.claim, read.bundle.claim.body, evidence, rows.comments),
        "comments": rows.comments.get(None, []),
        "answers": answers_of(read.claim),
        "minute": minute_of(read.claim),
        "may_comment": bool(COMMENTERS & roles) and not rows.interested,
        "may_write": is_open and ReviewState(review.state).is_writable and bool(SUBMIT.roles & roles),
        "diff": _diff(read, rows, hidden=hidden),
        "public_url": public_url("claim", read.claim.slug) if rows.edition else "",
        "refused_move": taken_refusal(request, review.claim),
    }


def _cited(claim: Claim) -> list[int]:
    own = [citation.pk for citation in claim.citations.all()]
    return own + [citation.pk for row in claim.coverage.all() for citation in row.response.citations.all()]


def _diff(read: AtOnce, rows: Beside, *, hidden: bool) -> LiveDiff:
    number, published = (rows.edition["number"], rows.edition["body"]) if rows.edition else (None, "")
    return live_diff(number, published or "", read.bundle.claim.body, without=frozenset({"rating"} if hidden else ()))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6


def _back_to(claim: int, anchor: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('admin:claims_claim_review', args=[claim])}#{anchor}")
