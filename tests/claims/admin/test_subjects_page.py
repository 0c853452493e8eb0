"""Dossiers, people, agencies and the rows that stand in their texts: every save notes who wrote."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims.authorship import subject_of
from claims.models.dossier import Dossier
from claims.models.people import Office, Person
from claims.models.review import DraftEdit
from claims.review.verbs import NotAllowed, approve, submit
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import new_row, shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, make_source, open_review, publish_claim, published_claim
from tests.factories.nouns import AgencyFactory, DossierFactory, JurisdictionFactory, OfficeFactory, PersonFactory


def test_a_person_is_written_with_names_and_offices_in_one_save(cast: Cast, browser: As) -> None:
    who, add = browser("contributor"), "/admin/claims/person/add/"
    rows = new_row("aliases", 0, {"name": "ไอซ์", "lang": "th"}) | new_row(
        "tenures", 0, {"office": OfficeFactory.create().pk}
    )
    typed = {"name_en": "Somebody", "name_th": "ใครสักคน", "slug": "somebody"}
    assert who.post(add, shown(who.get(add), "person_form") | typed | rows).status_code == 302
    person = Person.objects.get(slug="somebody")
    assert (person.aliases.count(), person.tenures.count()) == (1, 1)
    assert Entry.objects.latest("index").verb == "person.registered"
    assert DraftEdit.objects.get(subject_id=person.public_id).user == cast.contributor


def test_a_dossier_is_written_with_its_notes_and_quotes(cast: Cast, browser: As) -> None:
    who, add = browser("contributor"), "/admin/claims/dossier/add/"
    source = make_source(by=cast.contributor)
    quote = {"source": source.pk, "position": 1, "stance": "context", "quote_exact": "a story", "quote_lang": "en"}
    rows = new_row("notes", 0, {"position": 1, "text_en": "A note", "text_th": "หมายเหตุ"}) | new_row(
        "citations", 0, quote
    )
    typed: dict[str, Any] = {
        "title_en": "A story",
        "title_th": "เรื่อง",
        "slug": "a-story",
        "summary_en": "x",
        "summary_th": "y",
    }
    typed["jurisdiction"] = JurisdictionFactory.create().pk
    assert who.post(add, shown(who.get(add), "dossier_form") | typed | rows).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.notes.count(), dossier.citations.get().quote_exact) == (1, "a story")


def test_a_date_that_ends_before_it_begins_is_named(cast: Cast, browser: As) -> None:
    dossier = DossierFactory.create()
    url = reverse("admin:claims_dossier_change", args=[dossier.pk])
    who = browser("contributor")
    page = shown(who.get(url), "dossier_form")
    answer = who.post(url, page | {"period_earliest": "2025-02-02", "period_latest": "2025-02-01"})
    assert answer.status_code == 200
    assert "The earliest day comes after the latest" in str(answer.context["errors"])


@pytest.mark.parametrize("page", ["claims_person", "claims_dossier", "budgets_agency"])
def test_the_address_of_what_is_public_never_changes(page: str, cast: Cast, browser: As) -> None:
    agency = AgencyFactory.create()
    claim = draft_claim(by=cast.contributor, dossier=DossierFactory.create(), number=1)
    claim.agencies.add(agency)

    publish_claim(claim, cast)
    assert claim.dossier is not None
    row: Any = {
        "claims_person": claim.claimants.get().person,
        "claims_dossier": claim.dossier,
        "budgets_agency": agency,
    }[page]
    url = reverse(f"admin:{page}_change", args=[row.pk])
    who = browser("contributor")
    form = shown(who.get(url), f"{page.split('_')[1]}_form")
    assert "slug" not in form
    who.post(url, form | {"slug": "another"})
    before = row.slug
    row.refresh_from_db()
    assert row.slug == before


def test_whoever_renames_an_office_cannot_approve_a_claim_that_names_it(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    office = OfficeFactory.create()
    claim.claimants.update(office=office)
    url = reverse("admin:claims_office_change", args=[office.pk])
    who = browser("reviewer")
    assert who.post(url, shown(who.get(url), "office_form") | {"title_en": "My own words"}).status_code == 302
    assert Office.objects.get(pk=office.pk).title_en == "My own words"
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="reviewer wrote part of this revision"):
        approve(review=review, by=cast.reviewer, now=NOW)


def test_a_person_who_is_renamed_has_a_new_author(cast: Cast, browser: As) -> None:
    claim = published_claim(cast)
    person = claim.claimants.get().person
    url = reverse("admin:claims_person_change", args=[person.pk])
    who = browser("editor")
    assert who.post(url, shown(who.get(url), "person_form") | {"name_en": "New name"}).status_code == 302
    subject = subject_of(person)
    assert DraftEdit.objects.filter(subject_id=subject.id, after_edition=1, user=cast.editor).exists()


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("claims_office", {"title_en": "Minister", "title_th": "รัฐมนตรี", "slug": "minister"}),
        ("budgets_budgetline", {"name_en": "App", "name_th": "แอป", "slug": "app", "agency": "AGENCY"}),
        ("budgets_jurisdiction", {
            "code": "XX", "name_en": "Elsewhere", "name_th": "ที่อื่น", "time_zone": "UTC", "currency": "EUR",
            "fiscal_year_starts_month": "1",
        }),
        ("budgets_fiscalyear", {
            "jurisdiction": "LAND", "year": "2030", "starts_on": "2029-10-01", "ends_on": "2030-09-30",
        }),
        ("budgets_agency", {
            "name_en": "Office", "name_th": "สำนักงาน", "slug": "an-office", "kind": "office", "jurisdiction": "LAND",
        }),
    ],
)  # fmt: skip
def test_plain_rows_are_written_through_verbs_that_leave_an_entry(
    page: str, typed: dict[str, str], cast: Cast, browser: As
) -> None:
    given = {"AGENCY": lambda: AgencyFactory.create().pk, "LAND": lambda: JurisdictionFactory.create().pk}
    data = {name: given[value]() if value in given else value for name, value in typed.items()}
    answer = browser("contributor").post(reverse(f"admin:{page}_add"), data)
    assert answer.status_code == 302, answer.context["errors"]
    assert Entry.objects.latest("index").verb.endswith(".registered")


def test_an_agency_is_not_its_own_parent(cast: Cast, browser: As) -> None:
    agency = AgencyFactory.create()
    url = reverse("admin:budgets_agency_change", args=[agency.pk])
    who = browser("contributor")
    answer = who.post(url, shown(who.get(url), "agency_form") | {"parent": agency.pk})
    assert answer.status_code == 200
    assert "agency_not_its_own_parent" in str(answer.context["errors"])


def test_a_slug_that_is_taken_is_named(cast: Cast, browser: As) -> None:
    PersonFactory.create(slug="taken")
    typed = {"name_en": "A", "name_th": "ก", "slug": "taken"}
    who, add = browser("contributor"), "/admin/claims/person/add/"
    answer = who.post(add, shown(who.get(add), "person_form") | typed)
    assert "already exists" in answer.content.decode()


def test_a_year_that_ends_before_it_begins_is_refused(cast: Cast, browser: As) -> None:
    add = reverse("admin:budgets_fiscalyear_add")
    land = JurisdictionFactory.create().pk
    typed = {"jurisdiction": land, "year": "2030", "starts_on": "2030-10-01", "ends_on": "2029-09-30"}
    assert "fiscal_year_in_order" in str(browser("editor").post(add, typed).context["errors"])


def test_what_only_the_database_sees_is_said_too(cast: Cast, browser: As, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody takes the same slug between the look of the form and the write."""
    PersonFactory.create(slug="taken")
    monkeypatch.setattr(Person, "validate_unique", lambda *args, **kwargs: None)
    typed = {"name_en": "A", "name_th": "ก", "slug": "taken"}
    who, add = browser("contributor"), "/admin/claims/person/add/"
    answer = who.post(add, shown(who.get(add), "person_form") | typed)
    assert "The database refused this" in answer.content.decode()
    assert shown(answer, "person_form")["name_th"] == "ก"


def test_an_office_keeps_its_own_history(cast: Cast, browser: As) -> None:
    who = browser("contributor")
    who.post("/admin/claims/office/add/", {"title_en": "Minister", "title_th": "รัฐมนตรี", "slug": "minister"})
    office = Office.objects.get()
    page = who.get(reverse("admin:claims_office_history", args=[office.pk]))
    assert [(entry.verb, name) for entry, name in page.context["entries"]] == [("office.registered", "contributor")]
