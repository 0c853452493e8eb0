"""The draft's rating and its reasons, kept from whoever may still be asked to rate it without having seen them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.http import HttpRequest

from budgets.admin.base import staff
from claims.admin.access import roles_of
from claims.models.review import ClaimReview
from claims.review.blinding import hidden_reviews
from claims.review.transitions import RATE
from claims.vocabulary import Rating
from ledger.admin import AnyModelAdmin

if TYPE_CHECKING:
    _Page = AnyModelAdmin
else:
    _Page = object

HIDDEN = "Hidden from you until your own rating is saved"
_KEY = "tamroi.hidden_reviews"


def hidden_from(request: HttpRequest) -> frozenset[int]:
    """Return the keys of the open reviews whose rating is hidden from whoever is signed in; read once per request."""
    if _KEY not in request.META:
        may_rate = bool(RATE.roles & roles_of(request))
        reviews = ClaimReview.objects.open().only("pk", "state") if may_rate else ()
        request.META[_KEY] = frozenset(hidden_reviews(reviews, staff(request)))
    hidden: frozenset[int] = request.META[_KEY]
    return hidden


def with_hidden(rows: QuerySet[Any], request: HttpRequest, *, review: str) -> QuerySet[Any]:
    """Return rows that carry `is_hidden`; `review` names the key of the review on them."""
    known = When(**{f"{review}__in": hidden_from(request)}, then=Value(True))
    found: QuerySet[Any] = rows.annotate(is_hidden=Case(known, default=Value(False), output_field=BooleanField()))
    return found


class KeepsBlind(_Page):
    """A list that cannot be asked about what it does not show: no address filters by a column in `kept`."""

    kept: ClassVar[frozenset[str]]
    review: ClassVar[str] = "pk"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With `is_hidden`."""
        return with_hidden(super().get_queryset(request), request, review=self.review)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Django lets every column of a row through: asked for value by value, what is hidden could be read."""
        if lookup.partition("__")[0] in self.kept:
            return False
        allowed: bool = super().lookup_allowed(lookup, value, request)
        return allowed


class ShownRatingFilter(admin.SimpleListFilter):
    """By the rating, among those that one may see."""

    title = "rating"
    parameter_name = "rated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Every rating."""
        return Rating.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what is hidden: that it is left out says nothing about it."""
        return queryset.filter(rating=self.value(), is_hidden=False) if self.value() else queryset
