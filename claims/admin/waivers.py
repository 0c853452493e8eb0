"""Rules that editors set aside, each with its public reason: made and withdrawn, never edited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from budgets.admin.base import RefusableForm, VerbAdmin, pair, staff
from claims.admin.confirming import Confirms, Step
from claims.authorship import Frozen
from claims.models.waiver import Waiver
from claims.review.gates.table import BY_CODE, GATES
from claims.review.moving import NotAllowed
from claims.review.waiving import waive, withdraw_waiver


class WaiverForm(RefusableForm):
    """Only rules that can be set aside are offered, each in its own words."""

    rule = forms.ChoiceField(choices=[("", "—"), *((gate.code, gate.en) for gate in GATES if gate.waivable)])


@admin.register(Waiver)
class WaiverAdmin(Confirms, VerbAdmin):
    """Sets aside through `waive`; the page of one leads to `withdraw_waiver`."""

    form = WaiverForm
    refusals = (NotAllowed, Frozen)
    step = Step(
        name="withdraw",
        label="Let the rule hold again",
        explained=(
            "The rule stops the claim again wherever it is broken. That this was set aside, by whom and why, "
            "stays in the record; editions that are public keep saying it."
        ),
        done="Withdrawn: the rule holds again.",
    )
    list_display = ["claim", "rule", "reason_en", "by", "at", "stands"]
    list_filter = [("withdrawn_at", admin.EmptyFieldListFilter), "rule", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["claim", "by"]
    search_fields = ["claim__heading_en", "claim__heading_th", "claim__slug", "rule", "reason_en", "reason_th"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    autocomplete_fields = ["claim"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is set aside and why; afterwards who did, and who took it back."""
        about = "Readers see the reason in both languages. Somebody else judges it with the text."
        if obj is None:
            return [(None, {"fields": ["claim", "rule", *pair("reason")], "description": about})]
        facts = ["claim", "rule", "rule_in_words", *pair("reason"), ("by", "at"), ("withdrawn_by", "withdrawn_at")]
        return [(None, {"fields": facts})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The rule's own words are no field."""
        return [] if obj is None else ["rule_in_words"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: another reason is another waiver."""
        return False

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Set the rule aside."""
        data, by, now = form.cleaned_data, staff(request), timezone.now()
        reason = (data["reason_en"], data["reason_th"])
        form.instance.pk = waive(claim=data["claim"], rule=data["rule"], reason=reason, by=by, now=now).pk

    def may_step(self, request: HttpRequest, row: Any) -> bool:
        """Editors."""
        return staff(request).has_perm("claims.change_waiver")

    def offers_step(self, row: Any) -> bool:
        """While it stands."""
        return row.withdrawn_at is None

    def carry_out(self, request: HttpRequest, row: Any, said: dict[str, Any]) -> None:
        """Let the rule hold again."""
        withdraw_waiver(waiver=row, by=staff(request), now=timezone.now())

    def subjects_of(self, row: Waiver) -> list[str]:
        """The ledger enters it with its claim."""
        return [str(row.claim.public_id)]

    @admin.display(description="what the rule asks for")
    def rule_in_words(self, waiver: Waiver) -> str:
        """A rule that is gone from the table has its code alone."""
        gate = BY_CODE.get(waiver.rule)
        return gate.en if gate else "—"

    @admin.display(description="stands", boolean=True)
    def stands(self, waiver: Waiver) -> bool:
        """Whether nobody has withdrawn it."""
        return waiver.withdrawn_at is None
