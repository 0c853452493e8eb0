"""What a button of a revision posts, and the one verb that it calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from budgets.admin.base import staff
from claims.models.claim import Claim
from claims.models.review import ClaimReview
from claims.publication.verbs import publish
from claims.review import routing
from claims.review.moving import NotAllowed
from claims.review.rating import rate
from claims.review.transitions import ASSIGN, REVISE, Transition
from claims.review.verbs import approve, clear_legal_risk, submit, take_back
from claims.vocabulary import DeclineReason, Rating, RevisionReason

Choice = TypeVar("Choice", Rating, RevisionReason, DeclineReason)


class MoveForm(forms.Form):
    """Everything that some move needs; each takes its part. `seen` is the hash of the text that was on the page."""

    review = forms.UUIDField(required=False)
    seen = forms.CharField(required=False, max_length=64)
    reason = forms.CharField(required=False, max_length=4000)
    reason_th = forms.CharField(required=False, max_length=4000)
    code = forms.CharField(required=False, max_length=20)
    rating = forms.ChoiceField(required=False, choices=[("", ""), *Rating.choices])
    to = forms.ModelChoiceField(User.objects.filter(is_active=True, is_staff=True), required=False)
    until = forms.DateField(required=False)

    def answers(self) -> dict[str, Any]:
        """Return what was posted; raise `NotAllowed` with a sentence per field that cannot be read."""
        if not self.is_valid():
            raise NotAllowed([f"{name}: {errors[0]}" for name, errors in self.errors.items()])
        return self.cleaned_data


def call(transition: Transition, claim: Claim, review: ClaimReview | None, request: HttpRequest) -> None:
    """Call the verb of a move with what was posted. Raises `NotAllowed`, or `Frozen`."""
    by, now = staff(request), timezone.now()
    said = MoveForm(request.POST).answers()
    if transition is REVISE:
        code = _chosen(RevisionReason, said["code"])
        routing.revise(claim=claim, code=code, reason=said["reason"], by=by, now=now)
        return
    if review is None or (said["review"] and said["review"] != review.public_id):
        raise NotAllowed(["This revision is not open any more: look at the newest one below."])
    _calls(review, said, by, now)[transition.verb]()


def _calls(review: ClaimReview, said: dict[str, Any], by: User, now: datetime) -> dict[str, Callable[[], Any]]:
    acts: dict[str, Any] = {"review": review, "by": by, "now": now}
    reason, seen = said["reason"], said["seen"]
    return {
        "triage": lambda: routing.triage(**acts),
        "decline": lambda: routing.decline(
            code=_chosen(DeclineReason, said["code"]), reason=(reason, said["reason_th"]), **acts
        ),
        **dict.fromkeys((ASSIGN.verb, "reassign"), lambda: routing.assign(to=said["to"] or by, **acts)),
        "give_back": lambda: routing.give_back(reason=reason, **acts),
        "start": lambda: routing.start(**acts),
        "await_reply": lambda: routing.await_reply(**acts),
        "resume": lambda: routing.resume(**acts),
        "hold": lambda: routing.hold(until=_day(said["until"]), reason=reason, **acts),
        "release": lambda: routing.release(**acts),
        "submit": lambda: submit(**acts),
        "take_back": lambda: take_back(reason=reason, **acts),
        "rate": lambda: rate(rating=_chosen(Rating, said["rating"]), reason=reason, seen=seen, **acts),
        "clear_legal_risk": lambda: clear_legal_risk(reason=reason, seen=seen, **acts),
        "approve": lambda: approve(seen=seen, **acts),
        **dict.fromkeys(("publish", "retract", "supersede"), lambda: publish(seen=seen, **acts)),
    }


def _chosen(codes: type[Choice], code: str) -> Choice:
    try:
        return codes(code)
    except ValueError:
        raise NotAllowed(["Choose one from the list first."]) from None


def _day(day: date | None) -> date:
    if day is None:
        raise NotAllowed(["Say until which day."])
    return day
