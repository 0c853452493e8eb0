"""Taking work and handing it out: from a queue of the desk one by one, from the list of claims many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from budgets.admin.base import staff
from claims.admin.access import roles_of
from claims.admin.desk import ASSIGNERS, WaitsFilter, drafters
from claims.models.claim import Claim
from claims.models.review import ClaimReview
from claims.review.moving import NotAllowed
from claims.review.routing import assign
from claims.review.transitions import ASSIGN
from claims.vocabulary import FINAL

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object


class AssignForm(ActionForm):
    """What the bar of actions asks: to whom."""

    to = forms.ChoiceField(label="To:", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer everybody who may draft; nobody chosen means oneself."""
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = lambda: [("", "Me"), *((str(key), name) for key, name in drafters())]


class AssignsClaims(_Page):
    """Adds the button of a queue, the action of the list, and the list's filter by queue."""

    action_form = AssignForm

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the button."""
        view = self.admin_site.admin_view(self.assign_view)
        return [path("<int:key>/assign/", view, name="claims_claim_assign"), *super().get_urls()]

    def get_list_filter(self, request: HttpRequest) -> Any:
        """The queues of the desk first."""
        return [WaitsFilter, *super().get_list_filter(request)]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Those who hand out work get an action for it."""
        if IS_POPUP_VAR in request.GET or not ASSIGNERS & roles_of(request):
            return {}
        return {"assign_selected": (_assign_selected, "assign_selected", "Assign the selected claims")}

    def assign_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Give one claim to somebody, or take it, and go back to the desk."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not ASSIGN.roles & roles_of(request):
            raise PermissionDenied
        review, to = _open_reviews().filter(claim=key).first(), _person(request)
        if review is None or str(review.public_id) != request.POST.get("review"):
            messages.error(request, "This revision is not open any more.")
        elif to is None:
            messages.error(request, "Choose somebody who may draft.")
        elif not (refused := _assigned(request, review, to)):
            messages.success(request, f"“{review.claim}” is {_possessive(request, to)} now.")
        else:
            messages.error(request, f"“{review.claim}”: {refused}")
        return HttpResponseRedirect(reverse("admin:index"))


def _assign_selected(model_admin: Any, request: HttpRequest, chosen: QuerySet[Claim]) -> None:
    """Assign each claim by itself: one that is refused keeps none of the others back, and is named."""
    to = _person(request)
    if to is None:
        messages.error(request, "Choose somebody who may draft.")
        return
    open_ones = {review.claim_id: review for review in _open_reviews().filter(claim__in=chosen)}
    done, refused = 0, []
    for claim in chosen:
        review = open_ones.get(claim.pk)
        reason = _assigned(request, review, to) if review else "It has no open revision."
        if reason:
            refused.append(f"“{claim}”: {reason}")
        else:
            done += 1
    if done:
        messages.success(request, f"{done:,} of {len(chosen):,} assigned to {to.get_username()}.")
    for sentence in refused:
        messages.error(request, sentence)


def _assigned(request: HttpRequest, review: ClaimReview, to: User) -> str:
    """Call the verb; return why it refused, or nothing."""
    try:
        assign(review=review, to=to, by=staff(request), now=timezone.now())
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _person(request: HttpRequest) -> User | None:
    """Who was chosen; oneself when nobody was."""
    key = request.POST.get("to", "")
    if not key:
        return staff(request)
    return User.objects.filter(pk=key, is_active=True).first() if key.isascii() and key.isdecimal() else None


def _possessive(request: HttpRequest, to: User) -> str:
    return "yours" if to == request.user else f"{to.get_username()}’s"


def _open_reviews() -> QuerySet[ClaimReview]:
    return ClaimReview.objects.exclude(state__in=sorted(FINAL)).select_related("claim")
