"""What the rows inside a form share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import ForeignKey, Model, QuerySet
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest

from budgets.admin.base import AnyModelForm, AnyStackedInline, AnyTabularInline, Bilingual, labels_of
from claims.evidence import forget_observation, text_faults
from claims.models.assertion import Assertion
from claims.models.claim import Claim

if TYPE_CHECKING:
    _Iterator = ModelChoiceIterator[Any]
    _Choice = forms.ModelChoiceField[Any]
else:
    _Iterator = ModelChoiceIterator
    _Choice = forms.ModelChoiceField


class _Remembered(_Iterator):
    """Choices of a field whose rows were read once for all rows of the form."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        if field.empty_label is not None:
            yield ("", field.empty_label)
        for row in field.rows:
            yield self.choice(row)


class FewChoiceField(_Choice):
    """A choice among a handful of rows: one query however many rows the formset has."""

    iterator = _Remembered

    def __init__(self, queryset: QuerySet[Any], **kwargs: Any) -> None:
        """Read the rows."""
        self.rows = list(queryset)
        super().__init__(queryset, **kwargs)


class Stacked(Bilingual, AnyStackedInline):
    """Rows with long texts."""

    extra = 0

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        """Give the rows their labels."""
        kwargs.setdefault("labels", labels_of(self.model))
        return super().get_formset(request, obj, **kwargs)


class WrittenElsewhere(Bilingual, AnyTabularInline):
    """Rows that only verbs and machines write: a plain table."""

    template = "admin/rows.html"
    can_delete = False
    extra = 0
    max_num = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody, whatever their role."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody, whatever their role."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody, whatever their role."""
        return False


class OfThisClaim(Stacked):
    """Rows that may point at one of the claim's own assertions; others cannot be chosen."""

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        """Remember whose assertions are to be offered."""
        self.parent = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the assertions of the claim."""
        if db_field.name != "assertion":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        parent = getattr(self, "parent", None)
        claim = parent.pk if isinstance(parent, Claim) else None
        return FewChoiceField(
            Assertion.objects.filter(claim=claim).order_by("number"),
            required=False,
            empty_label="The whole claim",
            label="Assertion",
        )


class NumberedForm(AnyModelForm):
    """A row whose number the page fills in: nothing else typed, it is still an empty row."""

    def has_changed(self) -> bool:
        """Whether the person typed anything."""
        filled_in = {"number"} if self.empty_permitted else set()
        return bool(set(self.changed_data) - filled_in)


class CitationForm(AnyModelForm):
    """An exact quote. Its characters are judged here, so that the fault stands beside the field."""

    def clean(self) -> dict[str, Any]:
        """Refuse control and direction-changing characters."""
        data = super().clean() or {}
        for name in ("quote_exact", "quote_prefix", "quote_suffix"):
            for fault in text_faults(str(data.get(name) or "")):
                self.add_error(name, fault)
        return data

    def moved(self) -> bool:
        """Whether what the last check looked for has changed."""
        return bool({"quote_exact", "quote_prefix", "quote_suffix", "source", "document"} & set(self.changed_data))

    def settle(self) -> None:
        """Forget what was observed of another quote."""
        if self.instance.pk is not None and self.moved():
            forget_observation(self.instance)
