"""The log of contacts and private notes at the desk: added by those who write, read by auditors too, never changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from claims.models.contact import Contact, PrivateNote
from claims.models.interest import Interest
from claims.review.interests import declare_interest
from claims.vocabulary import InterestKind
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim
from tests.factories.nouns import OfficeFactory, PersonFactory

WORDS = "He will look for the minutes."
NOUNS: list[tuple[type[Model], str, dict[str, Any]]] = [
    (Contact, "contact", {"channel": "phone", "summary": WORDS, "letter_number": ""}),
    (PrivateNote, "privatenote", {"text": WORDS}),
]


def url_of(noun: str, page: str = "add", *args: int) -> str:
    return reverse(f"admin:claims_{noun}_{page}", args=args)


def add(browser: As, role: str, noun: str, data: dict[str, Any]) -> Any:
    """What somebody sends who opened the form."""
    empty = shown(browser(role).get(url_of(noun)), f"{noun}_form")
    return browser(role).post(url_of(noun), empty | data)


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor"])
@pytest.mark.parametrize(("model", "noun", "data"), NOUNS)
def test_writers_add_them(
    cast: Cast, browser: As, role: str, model: type[Model], noun: str, data: dict[str, Any]
) -> None:
    answer = add(browser, role, noun, {"claim": draft_claim(by=cast.contributor).pk, **data})
    assert answer.status_code == 302
    made: Any = model._default_manager.get()
    assert made.by == getattr(cast, role)


@pytest.mark.parametrize(("model", "noun", "data"), NOUNS)
def test_auditors_read_them_and_who_keeps_the_machines_does_not(
    cast: Cast, browser: As, model: type[Model], noun: str, data: dict[str, Any]
) -> None:
    add(browser, "editor", noun, {"claim": draft_claim(by=cast.contributor).pk, **data})
    row = model._default_manager.get()
    change = url_of(noun, "change", row.pk)
    assert WORDS in browser("auditor").get(change).content.decode()
    assert browser("auditor").get(url_of(noun)).status_code == 403
    assert browser("operations").get(change).status_code == 403
    assert browser("operations").get(url_of(noun, "changelist")).status_code == 403


@pytest.mark.parametrize(("model", "noun", "data"), NOUNS)
def test_nobody_changes_one(cast: Cast, browser: As, model: type[Model], noun: str, data: dict[str, Any]) -> None:
    add(browser, "editor", noun, {"claim": draft_claim(by=cast.contributor).pk, **data})
    row = model._default_manager.get()
    for role in ("contributor", "reviewer", "editor"):
        assert browser(role).post(url_of(noun, "change", row.pk), data).status_code == 403


@pytest.mark.parametrize(("model", "noun", "data"), NOUNS)
def test_who_has_a_tie_is_told_and_loses_nothing(
    cast: Cast, browser: As, model: type[Model], noun: str, data: dict[str, Any]
) -> None:
    person = PersonFactory.create()
    tie = Interest(user=cast.reviewer, person=person, kind=InterestKind.FAMILY)
    declare_interest(interest=tie, by=cast.reviewer, now=NOW)
    claim = draft_claim(by=cast.contributor, person=person)
    page = add(browser, "reviewer", noun, {"claim": claim.pk, **data})
    assert "has declared an interest" in page.content.decode()
    assert WORDS in page.content.decode()
    assert not model._default_manager.exists()


def test_a_contact_is_logged_with_everything_that_was_said_of_it(cast: Cast, browser: As) -> None:
    office = OfficeFactory.create()
    data = {
        "claim": draft_claim(by=cast.contributor).pk,
        "office": office.pk,
        "channel": "letter",
        "summary": WORDS,
        "happened_at_0": "2026-03-02",
        "happened_at_1": "10:30:00",
        "on_record": "on",
        "letter_number": "12/2569",
    }
    form = shown(browser("contributor").get(url_of("contact")), "contact_form")
    form.pop("from_us")
    browser("contributor").post(url_of("contact"), form | data)
    made = Contact.objects.get()
    assert (made.office, made.channel, made.from_us, made.on_record) == (office, "letter", False, True)
    assert (made.letter_number, timezone.localtime(made.happened_at).hour) == ("12/2569", 10)
    row = browser("auditor").get(url_of("contact", "changelist")).content.decode()
    assert "to us" in row
    assert str(office) in row
    future = data | {"happened_at_0": "2999-01-01"}
    assert "not happened yet" in browser("contributor").post(url_of("contact"), future).content.decode()
