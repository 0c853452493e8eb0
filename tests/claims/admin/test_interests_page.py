"""Ties at the desk: everybody who writes declares their own, an editor also for others, and nobody ends their own."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims.models.interest import Interest
from claims.review.interests import declare_interest
from claims.vocabulary import InterestKind
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW
from tests.factories.nouns import AgencyFactory, PersonFactory

ADD = "admin:claims_interest_add"
LIST = "admin:claims_interest_changelist"


def tie(cast: Cast, role: str) -> Interest:
    user = getattr(cast, role)
    interest = Interest(user=user, person=PersonFactory.create(), kind=InterestKind.FAMILY)
    return declare_interest(interest=interest, by=user, now=NOW)


def end_url(interest: Interest) -> str:
    return reverse("admin:claims_interest_end", args=[interest.pk])


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor"])
def test_one_declares_ones_own(cast: Cast, browser: As, role: str) -> None:
    form = shown(browser(role).get(reverse(ADD)), "interest_form")
    assert ("user" in form) is (role == "editor")
    data = form | {"person": PersonFactory.create().pk, "kind": "party", "note": "Member until 2020"}
    assert browser(role).post(reverse(ADD), data).status_code == 302
    made = Interest.objects.get()
    assert (made.user, made.declared_by, made.kind) == (getattr(cast, role), getattr(cast, role), "party")
    assert Entry.objects.latest("index").verb == "interest.declared"


def test_a_forged_user_is_ignored(cast: Cast, browser: As) -> None:
    data = {"user": cast.editor.pk, "person": PersonFactory.create().pk, "kind": "party"}
    browser("contributor").post(reverse(ADD), data)
    assert Interest.objects.get().user == cast.contributor


def test_an_editor_declares_for_another(cast: Cast, browser: As) -> None:
    data = {"user": cast.reviewer.pk, "agency": AgencyFactory.create().pk, "kind": "employment"}
    browser("editor").post(reverse(ADD), data)
    made = Interest.objects.get()
    assert (made.user, made.declared_by) == (cast.reviewer, cast.editor)


@pytest.mark.parametrize("role", ["auditor", "operations"])
def test_who_writes_nothing_declares_nothing(cast: Cast, browser: As, role: str) -> None:
    assert browser(role).post(reverse(ADD), {"person": PersonFactory.create().pk, "kind": "party"}).status_code == 403


@pytest.mark.parametrize("both", [True, False])
def test_a_tie_is_to_one_actor(cast: Cast, browser: As, both: bool) -> None:
    actors: dict[str, Any] = {"person": PersonFactory.create().pk, "agency": AgencyFactory.create().pk} if both else {}
    page = browser("contributor").post(reverse(ADD), {**actors, "kind": "party"})
    assert page.context["adminform"].form.errors == {"person": ["Name a person or an agency: one of them."]}
    assert not Interest.objects.exists()


def test_a_tie_that_stands_is_not_declared_twice(cast: Cast, browser: As) -> None:
    standing = tie(cast, "contributor")
    page = browser("contributor").post(reverse(ADD), {"person": standing.person_id, "kind": "party"})
    assert page.status_code == 200
    assert Interest.objects.count() == 1


@pytest.mark.parametrize(("role", "seen"), [("contributor", 1), ("reviewer", 0), ("editor", 2), ("auditor", 2)])
def test_the_list_is_ones_own_or_of_all(cast: Cast, browser: As, role: str, seen: int) -> None:
    own, other = tie(cast, "contributor"), tie(cast, "editor")
    assert browser(role).get(reverse(LIST)).context["cl"].result_count == seen
    url = reverse("admin:claims_interest_change", args=[other.pk])
    assert browser(role).get(url).status_code == (200 if seen == 2 else 302)
    assert own.user == cast.contributor


def test_an_editor_ends_that_of_another(cast: Cast, browser: As) -> None:
    standing = tie(cast, "contributor")
    page = reverse("admin:claims_interest_change", args=[standing.pk])
    assert end_url(standing) in browser("editor").get(page).content.decode()
    future = browser("editor").post(end_url(standing), {"on": "2999-01-01"}).content.decode()
    assert "today or before" in future
    assert browser("editor").post(end_url(standing), {"on": ""}).context["form"].errors
    assert browser("editor").post(end_url(standing), {"on": "2026-03-02"}).status_code == 302
    standing.refresh_from_db()
    assert str(standing.ended_on) == "2026-03-02"
    assert end_url(standing) not in browser("editor").get(page).content.decode()


@pytest.mark.parametrize(
    ("owner", "role"), [("editor", "editor"), ("contributor", "contributor"), ("editor", "auditor")]
)
def test_nobody_ends_their_own_and_only_editors_end_any(cast: Cast, browser: As, owner: str, role: str) -> None:
    standing = tie(cast, owner)
    assert browser(role).post(end_url(standing), {"on": "2026-03-02"}).status_code == 403
    standing.refresh_from_db()
    assert standing.ended_on is None
