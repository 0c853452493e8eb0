"""What ties us to people and agencies: one's own for everybody who writes, all of them for editors and auditors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from budgets.admin.base import RefusableForm, VerbAdmin, staff
from claims.admin.access import roles_of
from claims.admin.confirming import Confirms, Step
from claims.admin.rows import FewChoiceField
from claims.models.interest import Interest
from claims.review.interests import declare_interest, end_interest
from claims.review.moving import NotAllowed
from claims.review.transitions import Role

_SEE_ALL = frozenset({Role.EDITOR, Role.AUDITOR})


class InterestForm(RefusableForm):
    """A tie is to one actor."""

    def clean(self) -> dict[str, Any]:
        """Say so before the database does."""
        data = super().clean()
        if bool(data.get("person")) is bool(data.get("agency")):
            self.add_error("person", "Name a person or an agency: one of them.")
        return data


class EndForm(forms.Form):
    """When it ended."""

    on = forms.DateField(label="It ended on", help_text="YYYY-MM-DD, in the Common Era; today or before.")


@admin.register(Interest)
class InterestAdmin(Confirms, VerbAdmin):
    """Declares through `declare_interest`; an editor ends another person's through `end_interest`."""

    form = InterestForm
    refusals = (NotAllowed,)
    step = Step(
        name="end",
        label="Say that it has ended",
        explained="From then on the person may work on claims by or about this actor. It stays in the list as past.",
        done="Ended.",
        form=EndForm,
    )
    list_display = ["user", "actor", "kind", "declared_by", "declared_at", "ended_on"]
    list_filter = [("ended_on", admin.EmptyFieldListFilter), "kind"]
    list_select_related = ["user", "person", "agency", "declared_by"]
    search_fields = ["user__username", "person__name_en", "person__name_th", "agency__name_en", "agency__name_th"]
    date_hierarchy = "declared_at"
    autocomplete_fields = ["person", "agency"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """One's own, unless one answers for all."""
        found: QuerySet[Any] = super().get_queryset(request)
        return found if _SEE_ALL & roles_of(request) else found.filter(user=staff(request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose tie, to whom; afterwards who declared it."""
        tie = [("person", "agency"), "kind", "note"]
        about = "It keeps the person off every claim by or about this actor, from now on and until it has ended."
        if obj is None:
            whose = ["user"] if Role.EDITOR in roles_of(request) else []
            return [(None, {"fields": [*whose, *tie], "description": about})]
        return [(None, {"fields": ["user", *tie, ("declared_by", "declared_at"), "ended_on"], "description": about})]

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """An editor declares for any of us, first of all for themselves."""
        if db_field.name != "user":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        us = User.objects.filter(is_staff=True, is_active=True).order_by("username")
        return FewChoiceField(us, label="Whose", initial=staff(request).pk, empty_label=None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what was declared stays, and ends."""
        return False

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Declare it: one's own where nobody was asked whose."""
        interest, by = form.instance, staff(request)
        if interest.user_id is None:
            interest.user = by
        declare_interest(interest=interest, by=by, now=timezone.now())

    def may_step(self, request: HttpRequest, row: Any) -> bool:
        """Editors, and nobody their own."""
        who = staff(request)
        return who.has_perm("claims.change_interest") and row.user_id != who.pk

    def offers_step(self, row: Any) -> bool:
        """While it stands."""
        return row.ended_on is None

    def carry_out(self, request: HttpRequest, row: Any, said: dict[str, Any]) -> None:
        """End it."""
        end_interest(interest=row, on=said["on"], by=staff(request), now=timezone.now())

    def subjects_of(self, row: Interest) -> list[str]:
        """Its key is a number, which other nouns have too."""
        return []

    @admin.display(description="tied to")
    def actor(self, interest: Interest) -> str:
        """The person or the agency."""
        return str(interest.person or interest.agency)
