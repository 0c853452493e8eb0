"""People, the names they go by, and the offices they hold."""

from __future__ import annotations

from django.contrib import admin

from budgets.admin.base import between, pair
from claims.admin.rows import Stacked
from claims.admin.subjects import SharedAdmin, SubjectAdmin
from claims.models.people import Office, Person, PersonAlias, Tenure
from claims.vocabulary import SubjectKind


class AliasInline(Stacked):
    """Other spellings and names."""

    model = PersonAlias
    verbose_name_plural = "Other names"
    fields = [("name", "lang")]


class TenureInline(Stacked):
    """Offices held, for a time that may be unknown."""

    model = Tenure
    verbose_name_plural = "Offices held"
    autocomplete_fields = ["office"]
    fields = ["office", between("start"), between("end"), *pair("note")]


@admin.register(Person)
class PersonAdmin(SubjectAdmin):
    """Somebody who makes claims or answers them."""

    kind = SubjectKind.PERSON
    inlines = (AliasInline, TenureInline)
    list_display = ["name_en", "name_th", "slug"]
    search_fields = ["name_en", "name_th", "slug", "aliases__name"]
    fields = [*pair("name"), "slug", *pair("note")]


@admin.register(Office)
class OfficeAdmin(SharedAdmin):
    """A post that people hold; answers are owed by an office."""

    list_display = ["title_en", "title_th", "agency", "slug"]
    list_filter = [("agency", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agency"]
    search_fields = ["title_en", "title_th", "slug", "agency__name_en"]
    autocomplete_fields = ["agency"]
    prepopulated_fields = {"slug": ("title_en",)}
    fields = [*pair("title"), ("slug", "agency")]

    def subjects_of(self, row: Office) -> list[str]:
        """Offices have no other id that outsiders may keep."""
        return [row.slug]
