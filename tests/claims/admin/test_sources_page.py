"""Sources are watched after their address was judged; machines' columns are only read."""

from __future__ import annotations

import warnings

import pytest
from django.core.paginator import UnorderedObjectListWarning
from django.urls import reverse

from claims.models.review import DraftEdit
from claims.models.source import Source, SourceCheck
from claims.vocabulary import Outcome
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim

ADD = "/admin/claims/source/add/"
PAGE = {
    "url": "https://news.example.org/a?b=1",
    "title": "A story",
    "title_lang": "en",
    "lang": "en",
    "publisher_en": "The News",
    "publisher_th": "เดอะนิวส์",
}


def test_a_page_is_watched_and_due_at_once(cast: Cast, browser: As) -> None:
    assert browser("contributor").post(ADD, PAGE).status_code == 302
    source = Source.objects.get()
    assert (source.host, source.next_check_at is not None) == ("news.example.org", True)
    assert Entry.objects.latest("index").verb == "source.watched"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.8/",
        "http://localhost/",
        "http://[::1]/",
        "http://0x7f000001/",
        "http://user@news.example.org/",
        "http://news.example.org:8080/",
        "ftp://news.example.org/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_not_public_is_refused_with_a_sentence(url: str, cast: Cast, browser: As) -> None:
    response = browser("contributor").post(ADD, PAGE | {"url": url})
    assert response.status_code == 200
    assert response.context["errors"]
    assert shown(response, "source_form")["title"] == "A story"
    assert not Source.objects.exists()


def test_sources_to_choose_from_come_in_an_order(cast: Cast, browser: As) -> None:
    draft_claim(by=cast.contributor)
    address = "/admin/autocomplete/?app_label=claims&model_name=evidencecitation&field_name=source"
    with warnings.catch_warnings():
        warnings.simplefilter("error", UnorderedObjectListWarning)
        assert len(browser("contributor").get(address).json()["results"]) == 1


def test_the_same_page_is_watched_once(cast: Cast, browser: As) -> None:
    who = browser("contributor")
    who.post(ADD, PAGE)
    assert "already exists" in who.post(ADD, PAGE | {"url": "https://NEWS.example.org/a?b=1"}).content.decode()
    assert Source.objects.count() == 1


def test_a_source_is_added_in_a_window_of_the_claims_form(cast: Cast, browser: As) -> None:
    response = browser("contributor").post(f"{ADD}?_popup=1", PAGE | {"_popup": "1"})
    assert response.status_code == 200
    assert "admin/popup_response.html" in [template.name for template in response.templates]
    assert str(Source.objects.get().pk) in response.content.decode()


def test_its_address_never_changes_and_whoever_renames_it_has_written_in_the_claim(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    source = Source.objects.get()
    url = reverse("admin:claims_source_change", args=[source.pk])
    who = browser("reviewer")
    page = shown(who.get(url), "source_form")
    assert "url" not in page
    assert who.post(url, page | {"url": "https://other.example.org/", "title": "Renamed"}).status_code == 302
    assert Source.objects.get().url == source.url
    assert Source.objects.get().title == "Renamed"
    assert DraftEdit.objects.filter(subject_id=claim.public_id, user=cast.reviewer).exists()


def test_the_newest_looks_stand_on_its_page(cast: Cast, browser: As) -> None:
    draft_claim(by=cast.contributor)
    source = Source.objects.get()
    for status in range(400, 430):
        SourceCheck.objects.create(
            source=source, outcome=Outcome.GONE, http_status=status, checked_at=NOW, last_seen_at=NOW
        )
    page = browser("operations").get(reverse("admin:claims_source_change", args=[source.pk]))
    rows = page.context["inline_admin_formsets"][0].formset.queryset
    assert [check.http_status for check in rows] == list(range(429, 409, -1))
    assert "What each look saw, newest first" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()


def test_a_host_is_a_filter_and_trouble_too(cast: Cast, browser: As) -> None:
    draft_claim(by=cast.contributor)
    url = reverse("admin:claims_source_changelist")
    found = [
        browser("operations").get(url, query).context["cl"].result_count
        for query in ({"host": "news.example.org"}, {"host": "elsewhere.example"}, {"in_trouble": "yes"})
    ]
    assert found == [1, 0, 0]
