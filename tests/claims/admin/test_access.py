"""Who may open, change and do what: every role against every kind of page."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from claims.models.claim import Claim
from claims.models.source import Source
from claims.review.roles import permissions_of
from claims.review.transitions import TRANSITIONS, Role
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url
from tests.claims.admin.world import fill
from tests.factories.cast import Cast
from tests.factories.claims import draft_claim

WRITERS = {"contributor", "reviewer", "editor"}
ROLES = [role.value for role in Role]
# (list, may add, may open) by noun; what is not named here nobody adds.
ADDED_BY_WRITERS = {
    "budgets.agency", "budgets.budgetimport", "budgets.budgetline", "budgets.columnmapping", "budgets.figure",
    "budgets.fiscalyear", "budgets.jurisdiction",
    "claims.claim", "claims.dossier", "claims.evidencedocument", "claims.figurecheck", "claims.officialresponse",
    "claims.office", "claims.person", "claims.responserequest", "claims.source", "claims.statementsearch",
}  # fmt: skip
SEEN_BY_OPERATIONS = {
    "budgets.budgetimport", "claims.flag", "claims.heartbeat", "claims.hostincident", "claims.source",
    "claims.sourcecheck", "claims.watchentry", "ledger.cursor", "ledger.entry",
}  # fmt: skip
# A draft’s check goes through `remove_check`; test_figure_checks_page.py holds who may.
TAKEN_OUT_BY_VERB = {"claims.figurecheck"}
NOUNS = sorted(
    model._meta.label_lower
    for model in admin.site._registry
    if model._meta.app_label in ("claims", "budgets", "ledger")
)


def status(client: Client, noun: str, page: str) -> int:
    return client.get(reverse(f"admin:{noun.replace('.', '_')}_{page}")).status_code


@pytest.mark.parametrize("role", ROLES)
def test_lists_and_forms_open_to_those_who_may(role: str, cast: Cast, browser: As) -> None:
    who = browser(role)
    lists = {noun for noun in NOUNS if status(who, noun, "changelist") == 200}
    forms = {noun for noun in NOUNS if status(who, noun, "add") == 200}
    assert lists == (SEEN_BY_OPERATIONS if role == "operations" else set(NOUNS))
    assert forms == (ADDED_BY_WRITERS if role in WRITERS else set())


@pytest.mark.parametrize("role", ROLES)
def test_the_table_of_roles_agrees_with_the_pages(role: str) -> None:
    granted = permissions_of(Role(role))
    assert {label for label, action in granted if action == "view"} >= (
        SEEN_BY_OPERATIONS if role == "operations" else set(NOUNS)
    )
    assert {label for label, action in granted if action == "add"} >= (ADDED_BY_WRITERS if role in WRITERS else set())


@pytest.mark.parametrize("role", ROLES)
def test_nobody_deletes_a_row_by_its_page(role: str, cast: Cast, browser: As) -> None:
    fill(cast, 1)
    for model in admin.site._registry:
        if model._meta.label_lower in TAKEN_OUT_BY_VERB:
            continue
        row = model._default_manager.first() if model._meta.label_lower in NOUNS else None
        if row is None:
            continue
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_delete", args=[row.pk])
        assert browser(role).post(url, {"post": "yes"}).status_code == 403, model
        assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("role", [*ROLES, "nobody", "anonymous"])
@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda transition: transition.verb)
def test_a_move_is_open_to_its_roles_alone(role: str, transition: object, cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    who = Client() if role == "anonymous" else browser(role) if role != "nobody" else signed_in_without_role()
    verb, roles = transition.verb, transition.roles  # type: ignore[attr-defined]  # a Transition; ids= needs the object
    before = Entry.objects.count()
    answer = who.post(reverse("admin:claims_claim_move", args=[claim.pk, verb]), {"reason": "x"})
    assert (answer.status_code, "login" in answer.get("Location", "")) == (
        (302, False) if role in roles else (302, True) if role == "anonymous" else (403, False)
    )
    assert Entry.objects.count() == before + (verb == "submit" and role in roles)


def signed_in_without_role() -> Client:
    from tests.claims.admin.pages import signed_in
    from tests.factories.cast import UserFactory

    return signed_in(UserFactory.create(username="nobody"))


@pytest.mark.parametrize("role", ROLES)
def test_a_move_is_never_made_by_a_link(role: str, cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    assert browser(role).get(reverse("admin:claims_claim_move", args=[claim.pk, "submit"])).status_code == 405


def test_a_post_without_a_token_is_refused(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.contributor)
    assert strict.post(reverse("admin:claims_claim_move", args=[claim.pk, "submit"])).status_code == 403
    assert strict.post(claim_url(claim), {"heading_en": "Forged"}).status_code == 403


@pytest.mark.parametrize(
    ("role", "allowed"), [*((role, True) for role in [*sorted(WRITERS), "operations"]), ("auditor", False)]
)
def test_who_keeps_the_machines_may_ask_for_a_check(role: str, allowed: bool, cast: Cast, browser: As) -> None:
    draft_claim(by=cast.contributor)
    Source.objects.update(next_check_at=None)
    source = Source.objects.get()
    url = reverse("admin:claims_source_changelist")
    browser(role).post(url, {"action": "check_these_now", "_selected_action": [source.pk]})
    assert (Source.objects.get().next_check_at is not None) is (role != "auditor")


def test_an_account_without_a_role_sees_no_noun(cast: Cast) -> None:
    page = signed_in_without_role().get(reverse("admin:index"))
    assert page.status_code == 200
    assert page.context["app_list"] == []
    assert not Claim.objects.exists()


def test_accounts_are_never_deleted(cast: Cast, admin_client: Client) -> None:
    url = reverse("admin:auth_user_delete", args=[cast.editor.pk])
    assert admin_client.post(url, {"post": "yes"}).status_code == 403
