"""The buttons of a claim's revision: each is one POST to one verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from budgets.admin.base import staff
from claims.admin.access import roles_of
from claims.admin.panel import BY_VERB, anchor_of, language, open_review
from claims.models.claim import Claim
from claims.models.review import ClaimReview
from claims.publication.verbs import publish
from claims.review.transitions import SUBMIT
from claims.review.verbs import NotAllowed, approve, clear_legal_risk, submit, take_back

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

_REFUSED_MOVE = "refused_move"
_DONE = {
    "submit": "Submitted. Another person must approve it now.",
    "take_back": "Taken back to draft.",
    "clear_legal_risk": "The legal risk is signed off.",
    "approve": "Approved. An editor can publish it now.",
    "publish": "Published. The public page shows this edition.",
}


def _call(verb: str, review: ClaimReview, request: HttpRequest) -> None:
    """Call the verb with what was posted; `seen` binds a judgement to the text that was on the page."""
    by, now = staff(request), timezone.now()
    reason, seen = request.POST.get("reason", ""), request.POST.get("seen", "")
    calls: dict[str, Callable[[], Any]] = {
        "submit": lambda: submit(review=review, by=by, now=now),
        "take_back": lambda: take_back(review=review, reason=reason, by=by, now=now),
        "clear_legal_risk": lambda: clear_legal_risk(review=review, reason=reason, by=by, now=now, seen=seen),
        "approve": lambda: approve(review=review, by=by, now=now, seen=seen),
        "publish": lambda: publish(review=review, by=by, now=now, seen=seen),
    }
    calls[verb]()


class MovesMixin(_Page):
    """Adds `<claim>/<verb>/` to the pages of claims."""

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the buttons."""
        view = self.admin_site.admin_view(self.move_view)
        return [path("<int:key>/move/<slug:verb>/", view, name="claims_claim_move"), *super().get_urls()]

    def move_view(self, request: HttpRequest, key: int, verb: str) -> HttpResponse:
        """Make one move, or come back with what is missing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        claim = self.get_object(request, str(key))
        transition = BY_VERB.get(verb)
        if claim is None or transition is None:
            raise Http404
        if not self.has_view_permission(request, claim) or not transition.roles & roles_of(request):
            raise PermissionDenied
        self._move(request, claim, verb)
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))

    def submit_saved(self, request: HttpRequest, claim: Claim) -> None:
        """Submit what was saved a moment ago; the draft stays saved when it is refused."""
        if not SUBMIT.roles & roles_of(request):
            raise PermissionDenied
        self._move(request, claim, SUBMIT.verb, saved=True)

    def _move(self, request: HttpRequest, claim: Claim, verb: str, *, saved: bool = False) -> None:
        try:
            _call(verb, _posted_review(request, claim), request)
        except NotAllowed as refusal:
            request.session[_REFUSED_MOVE] = {
                "claim": claim.pk,
                "label": BY_VERB[verb].label,
                "verb": verb,
                "reason": request.POST.get("reason", ""),
                "reasons": _linked(refusal),
            }
            if saved:
                what = "what is missing" if refusal.faults else "why"
                messages.warning(request, f"Saved, but not submitted: see {what} below.")
            else:
                messages.error(request, f"“{BY_VERB[verb].label}” was refused.")
        else:
            messages.success(request, _DONE[verb])


def _posted_review(request: HttpRequest, claim: Claim) -> ClaimReview:
    review = open_review(claim)
    if review is None or request.POST.get("review", str(review.public_id)) != str(review.public_id):
        raise NotAllowed(["This revision is not open any more: look at the newest one below."])
    return review


def _linked(refusal: NotAllowed) -> list[dict[str, str]]:
    if not refusal.faults:
        return [{"text": reason, "where": "", "anchor": ""} for reason in refusal.reasons]
    return [
        {"text": fault.message[language()], "where": fault.where, "anchor": anchor_of(fault.where)}
        for fault in refusal.faults
    ]


def taken_refusal(request: HttpRequest, claim: Claim) -> dict[str, Any] | None:
    """Return the refusal of the last move of this claim, once."""
    refused: dict[str, Any] | None = request.session.get(_REFUSED_MOVE)
    if refused is None or refused["claim"] != claim.pk:
        return None
    del request.session[_REFUSED_MOVE]
    return refused
