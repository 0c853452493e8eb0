"""Every noun has a list that can be searched and filtered, and costs as much with ten rows as with three."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.forms import ModelChoiceField
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.rows import FewChoiceField
from tests.claims.admin.conftest import As
from tests.claims.admin.world import fill
from tests.factories.cast import Cast

# Halves of other rows, and the rows that hold a lock; none is a noun that people look up.
NO_PAGE = {"claims.EditionText", "claims.ChangeCounter", "ledger.Head", "ledger.EntryContent"}
OURS = [model for app in ("claims", "budgets", "ledger") for model in apps.get_app_config(app).get_models()]
MOST_QUERIES = 15
LISTED = [model for model in OURS if model._meta.label not in NO_PAGE]


def page_of(model: type[Model]) -> ModelAdmin[Model]:
    return admin.site.get_model_admin(model)


def list_url(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def test_every_noun_has_a_page() -> None:
    assert {model._meta.label for model in OURS if not admin.site.is_registered(model)} == NO_PAGE


def costs(client: Client) -> dict[str, tuple[int, int]]:
    """By noun: how many rows its list shows and how many queries the whole page takes."""
    found = {}
    for model in LISTED:
        url = list_url(model) + ("?open=all" if model._meta.model_name == "flag" else "")
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, model
        found[model._meta.label] = (response.context["cl"].result_count, len(queries))
    return found


def test_every_list_costs_the_same_with_more_rows(cast: Cast, browser: As) -> None:
    """With the menu, the session, the filters and the dates: everything on the page."""
    fill(cast, 2)
    few = costs(browser("auditor"))
    fill(cast, 3, start=2)
    many = costs(browser("auditor"))
    assert {name for name in few if many[name][0] <= few[name][0]} == {"budgets.Jurisdiction"}
    assert {name: (few[name][1], many[name][1]) for name in few if few[name][1] != many[name][1]} == {}
    assert {name: cost for name, (_, cost) in many.items() if cost > MOST_QUERIES} == {}


def test_every_list_can_be_searched_and_every_row_read(cast: Cast, browser: As) -> None:
    fill(cast, 1)
    for model in LISTED:
        page = page_of(model)
        assert page.search_fields or model._meta.model_name == "heartbeat", model
        assert browser("auditor").get(list_url(model), {"q": "ค้นหา 12"}).status_code == 200, model
        row = model._default_manager.first()
        assert row is not None, model
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
        for role in ("auditor", "editor"):
            assert browser(role).get(url).status_code == 200, (role, model)


@pytest.mark.parametrize("model", LISTED, ids=lambda model: model._meta.model_name)
def test_no_list_can_edit_or_delete_in_bulk(model: type[Model]) -> None:
    page = page_of(model)
    assert not page.list_editable
    assert "delete_selected" not in (page.actions or [])


def test_nothing_is_deleted_in_bulk_anywhere() -> None:
    assert "delete_selected" not in [name for name, _ in admin.site.actions]


def rows_of_forms() -> list[tuple[str, InlineModelAdmin[Model, Model]]]:
    return [
        (f"{type(page).__name__}.{inline.__name__}", inline(model, admin.site))
        for model, page in admin.site._registry.items()
        if model in OURS
        for inline in page.inlines
    ]


@pytest.mark.parametrize(("name", "inline"), rows_of_forms(), ids=lambda value: value if isinstance(value, str) else "")
def test_no_formset_has_a_key_that_a_request_can_choose(name: str, inline: InlineModelAdmin[Model, Model]) -> None:
    """Keys that are UUIDs or one-to-one links travel in the form, and with them rows of others could be named."""
    key = inline.model._meta.pk
    assert key is not None
    assert key.get_internal_type() == "BigAutoField", name


def test_no_form_offers_whole_tables(rf: RequestFactory, admin_user: User) -> None:
    """Rows are looked up by typing; only an assertion is chosen, among the few of its own claim."""
    request = rf.get("/")
    request.user = admin_user
    forms: dict[str, Any] = {
        type(page).__name__: page.get_form(request).base_fields
        for model, page in admin.site._registry.items()
        if model in OURS and page.has_add_permission(request)
    }
    forms |= {name: inline.get_formset(request).form.base_fields for name, inline in rows_of_forms()}
    choices = {
        f"{name}.{field}": getattr(found.widget, "widget", found.widget)
        for name, fields in forms.items()
        for field, found in fields.items()
        if isinstance(found, ModelChoiceField) and field != "id" and not isinstance(found, FewChoiceField)
    }
    assert len(choices) > 30
    assert {name for name, widget in choices.items() if not isinstance(widget, AutocompleteMixin)} == set()
