"""A list with its filters is kept under a name, shown on the desk and on its page, and is one's own."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from claims.kept_lists import MOST
from claims.models.desk import SavedFilter
from tests.claims.admin.conftest import As
from tests.factories.cast import Cast

PAGE = "claims_claim_changelist"


def keep(browser: As, role: str = "reviewer", **data: str) -> Any:
    fields = {"page": PAGE, "query": "waits=to_review&p=3&_popup=1", "name": "  To   review "} | data
    return browser(role).post(reverse("admin:claims_savedfilter_keep"), fields, follow=True)


def test_a_list_is_kept_without_where_one_was_in_it(cast: Cast, browser: As) -> None:
    page = keep(browser)
    kept = SavedFilter.objects.get()
    assert (kept.user, kept.page, kept.name, kept.query) == (cast.reviewer, PAGE, "To review", "waits=to_review")
    assert page.redirect_chain[-1][0] == "/admin/claims/claim/?waits=to_review"
    assert 'aria-current="page">To review</a>' in page.content.decode()
    desk = browser("reviewer").get("/admin/").content.decode()
    assert '<a href="/admin/claims/claim/?waits=to_review">To review</a>' in desk


def test_the_same_name_replaces_and_another_page_has_names_of_its_own(cast: Cast, browser: As) -> None:
    keep(browser)
    keep(browser, query="waits=my_drafts")
    keep(browser, page="claims_source_changelist", query="")
    assert sorted(SavedFilter.objects.values_list("page", "query")) == [
        (PAGE, "waits=my_drafts"),
        ("claims_source_changelist", ""),
    ]


def test_nobody_sees_or_deletes_the_list_of_another(cast: Cast, browser: As) -> None:
    keep(browser)
    forget = reverse("admin:claims_savedfilter_forget", args=[SavedFilter.objects.get().pk])
    assert "To review</a>" not in browser("editor").get("/admin/claims/claim/").content.decode()
    assert browser("editor").get(reverse("admin:claims_savedfilter_changelist")).status_code == 403
    browser("editor").post(forget)
    assert SavedFilter.objects.count() == 1
    assert browser("reviewer").get(forget).status_code == 405
    assert browser("reviewer").post(forget, {"back": PAGE}).headers["Location"] == "/admin/claims/claim/"
    assert not SavedFilter.objects.exists()


def test_what_is_no_list_or_has_no_name_is_not_kept(cast: Cast, browser: As) -> None:
    for data in ({"page": "logout"}, {"page": "nonsense_changelist"}, {"name": " "}, {"name": "x" * 81}):
        assert "errorlist" in keep(browser, **data).content.decode() or not SavedFilter.objects.exists()
    keep(browser, query="q=" + "x" * 1000)
    assert not SavedFilter.objects.exists()


def test_thirty_lists_are_enough(cast: Cast, browser: As) -> None:
    SavedFilter.objects.bulk_create(
        SavedFilter(user=cast.reviewer, page=PAGE, name=str(number), query="") for number in range(MOST)
    )
    assert "delete one first" in keep(browser).content.decode()
    keep(browser, name="7", query="waits=to_review")
    assert SavedFilter.objects.get(name="7").query == "waits=to_review"


def test_every_list_offers_to_be_kept(cast: Cast, browser: As) -> None:
    for url in ("/admin/claims/claim/", "/admin/claims/source/", "/admin/claims/flag/", "/admin/budgets/figure/"):
        assert "Keep this list" in browser("editor").get(url).content.decode()
