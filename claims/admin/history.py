"""Who changed which field when: the history of a claim, and all that one account changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from budgets.admin.base import VerbAdmin, entries_about, labels_of, staff
from claims.admin.words import Worded, worded
from claims.history.differences import Difference
from claims.history.reading import (
    Entry,
    Page,
    Wanted,
    changes_by,
    changes_of_claim,
    page_of,
    people_in,
    wanted_of,
)
from claims.history.tracking import OF_CLAIM, TRACKED, Tracked
from claims.models.claim import Claim

if TYPE_CHECKING:
    _Page = VerbAdmin
else:
    _Page = object

OUTSIDE = "outside"
_LONG = 6  # fields of a row that came or went are folded away from here on


class HistoryForm(forms.Form):
    """What to show of a history."""

    by = forms.ChoiceField(label="By", required=False)
    field = forms.ChoiceField(label="Field", required=False)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, people: Iterable[User], nouns: Iterable[Tracked]) -> None:
        """Offer the people who are in it, and the fields of its nouns."""
        super().__init__(data)
        accounts = [(str(user.pk), user.get_username()) for user in people]
        offered: dict[str, list[Any]] = {
            "by": [("", "Everybody"), *accounts, (OUTSIDE, "Outside the application")],
            "field": [("", "Every field"), *(_choices(noun) for noun in nouns)],
        }
        for name, choices in offered.items():
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def wanted(self) -> Wanted:
        """What was asked for; what could not be read leaves nothing out, and the form says so."""
        given = self.cleaned_data if self.is_valid() else {}
        by = given.get("by", "")
        table, _, column = given.get("field", "").partition(".")
        return Wanted(
            by=int(by) if by and by != OUTSIDE else None,
            outside=by == OUTSIDE,
            table=table,
            column=column,
            since=given.get("since"),
            until=given.get("until"),
        )


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field for the page; `sentence` is empty where old and new stand beside each other."""

    label: str
    difference: Difference
    sentence: tuple[Worded, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One row of the database for the page."""

    entry: Entry
    noun: str
    what: str
    rows: tuple[FieldRow, ...]
    claim: tuple[int, str] | None

    @property
    def is_folded(self) -> bool:
        """Whether a row that came or went has too many fields to stand open."""
        return self.what != "changed" and len(self.rows) > _LONG


class ShowsHistory(_Page):
    """Replaces the history of a claim's page, and adds the page of an account."""

    def get_urls(self) -> list[URLPattern]:
        """Put the page of an account beside the claims."""
        view = self.admin_site.admin_view(self.changes_by_view)
        return [path("changes-by/<int:user>/", view, name="claims_claim_changes_by"), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Field by field what changed, and on the newest page what the ledger holds below it."""
        claim = self.get_object(request, unquote(object_id))
        if claim is None:
            raise Http404
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        changes = changes_of_claim(claim)
        form = HistoryForm(request.GET, people=people_in(changes), nouns=OF_CLAIM)
        page = page_of(wanted_of(changes, form.wanted), viewer=staff(request), before=_before(request))
        entries = [] if _before(request) else entries_about(self.subjects_of(claim))
        more = {"original": claim, "entries": entries, "title": "What changed, and who changed it"}
        return self._page(request, form, page, {**more, **(extra_context or {})})

    def changes_by_view(self, request: HttpRequest, user: int) -> HttpResponse:
        """All that one account changed, in whatever claim."""
        account = User.objects.filter(pk=user).first()
        if not self.has_view_permission(request):
            raise PermissionDenied
        if account is None:
            raise Http404
        form = HistoryForm(request.GET, people=(), nouns=TRACKED)
        del form.fields["by"]
        page = page_of(wanted_of(changes_by(account), form.wanted), viewer=staff(request), before=_before(request))
        more = {"account": account, "title": f"What {account.get_username()} changed"}
        return self._page(request, form, page, more)

    def _page(self, request: HttpRequest, form: HistoryForm, page: Page, more: dict[str, Any]) -> HttpResponse:
        query = request.GET.copy()
        query.pop("before", None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "groups": [(group, [_entry_row(entry) for entry in group.entries]) for group in page.groups],
            "older": page.older,
            "is_newest": _before(request) is None,
            "query": query.urlencode(),
            **more,
        }
        return TemplateResponse(request, "admin/claims/history.html", context)


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("before", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None


def _noun(tracked: Tracked) -> str:
    """Its name in the middle of a sentence; the rows that join two nouns are called by the second."""
    meta = tracked.model._meta
    joined = meta.get_field(tracked.name) if meta.auto_created else None
    return str(joined.related_model._meta.verbose_name if isinstance(joined, ForeignKey) else meta.verbose_name)


def _labels(tracked: Tracked) -> dict[str, str]:
    named = labels_of(tracked.model)
    return {
        column: named.get(field.name) or str(field.verbose_name).capitalize()
        for column, field in tracked.columns.items()
    }


def _choices(tracked: Tracked) -> tuple[str, list[tuple[str, str]]]:
    noun = _noun(tracked).capitalize()
    whole = (tracked.table, f"{noun}: any field")
    return noun, [whole, *((f"{tracked.table}.{column}", label) for column, label in _labels(tracked).items())]


def _entry_row(entry: Entry) -> EntryRow:
    labels = _labels(entry.tracked) if entry.tracked else {}
    what = "added" if entry.change.before is None else "removed" if entry.change.after is None else "changed"
    claims = ((key, name or f"no. {key}") for table, key, name in entry.subjects if table == Claim._meta.db_table)
    return EntryRow(
        entry=entry,
        noun=_noun(entry.tracked) if entry.tracked else entry.change.table_name,
        what=what,
        rows=tuple(_field_row(each, labels.get(each.column, each.column)) for each in entry.differences),
        claim=next(claims, None),
    )


def _field_row(difference: Difference, label: str) -> FieldRow:
    ending = difference.column[-3:]
    return FieldRow(
        label=label,
        difference=difference,
        sentence=worded(difference.pieces),
        lang=ending[1:] if ending in ("_en", "_th") else "",
    )
