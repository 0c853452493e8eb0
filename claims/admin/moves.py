"""The buttons of a claim's revision: each is one POST to one verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from claims.admin.access import roles_of
from claims.admin.calling import call
from claims.admin.panel import anchor_of, language, open_review
from claims.admin.reauthentication import ask_who_decides
from claims.authorship import Frozen
from claims.models.claim import Claim
from claims.review.moving import NotAllowed
from claims.review.transitions import BY_VERB, DISAGREE, SUBMIT

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

_REFUSED_MOVE = "refused_move"
_TYPED = ("reason", "reason_th", "code", "rating", "to", "until")
_DONE = {
    "triage": "Taken on: it can be assigned now.",
    "decline": "Declined. Readers see the reason on the page of declined claims.",
    "assign": "Assigned.",
    "reassign": "Handed over.",
    "give_back": "Given back.",
    "start": "It is a draft now.",
    "await_reply": "It waits for the reply.",
    "resume": "It is a draft again.",
    "hold": "On hold. The desk asks for it when the day comes.",
    "release": "The hold has ended.",
    "submit": "Submitted. Another person must approve it now.",
    "take_back": "Taken back to draft.",
    "rate": "Your rating is kept. The draft's rating shows from now on.",
    "clear_legal_risk": "The legal risk is signed off.",
    "approve": "Approved. An editor can publish it now.",
    "publish": "Published. The public page shows this edition.",
    "retract": "Published. The public page shows the retraction.",
    "supersede": "Published. The public page leads to the other claim.",
    "revise": "A revision is open: change the text, say what changed, submit it.",
}


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
        if claim is None or transition in (None, DISAGREE):  # what a rating turns into is nobody's choice
            raise Http404
        if not self.has_view_permission(request, claim) or not transition.roles & roles_of(request):
            raise PermissionDenied
        ask_who_decides(request, verb)
        self._move(request, claim, verb)
        page = "claims_claim_review" if request.POST.get("back") == "review" else "claims_claim_change"
        return HttpResponseRedirect(reverse(f"admin:{page}", args=[claim.pk]))

    def submit_saved(self, request: HttpRequest, claim: Claim) -> None:
        """Submit what was saved a moment ago; the draft stays saved when it is refused."""
        if not SUBMIT.roles & roles_of(request):
            raise PermissionDenied
        self._move(request, claim, SUBMIT.verb, saved=True)

    def _move(self, request: HttpRequest, claim: Claim, verb: str, *, saved: bool = False) -> None:
        try:
            call(BY_VERB[verb], claim, open_review(claim), request)
        except (NotAllowed, Frozen) as refusal:
            request.session[_REFUSED_MOVE] = {
                "claim": claim.pk,
                "label": BY_VERB[verb].label,
                "verb": verb,
                "said": {name: request.POST.get(name, "") for name in _TYPED},
                "reason": request.POST.get("reason", ""),
                "reasons": _linked(refusal),
            }
            if saved:
                what = "what is missing" if getattr(refusal, "faults", None) else "why"
                messages.warning(request, f"Saved, but not submitted: see {what} below.")
            else:
                messages.error(request, f"“{BY_VERB[verb].label}” was refused.")
        else:
            messages.success(request, _DONE[verb])


def _linked(refusal: NotAllowed | Frozen) -> list[dict[str, str]]:
    if isinstance(refusal, Frozen):
        return [{"text": str(refusal), "where": "", "anchor": ""}]
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
