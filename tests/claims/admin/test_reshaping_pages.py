"""Merging, replacing, splitting and renumbering by hand: each form is one verb, and a refusal loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from budgets.admin.base import VerbAdmin
from claims.admin.reshaping import RenumbersClaims, ReshapesClaims
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.vocabulary import AssertionKind, ReviewState
from tests.claims.admin.pages import claim_url
from tests.factories.cast import Cast
from tests.factories.claims import draft_claim
from tests.factories.nouns import DossierFactory

pytestmark = pytest.mark.django_db


class _ClaimPage(ReshapesClaims, VerbAdmin):
    """The page as it stands under a claim."""


class _DossierPage(RenumbersClaims, VerbAdmin):
    """The page as it stands under a dossier."""


View = Callable[..., HttpResponse]
CLAIM: View = _ClaimPage(Claim, admin.site).reshape_view
DOSSIER: View = _DossierPage(Dossier, admin.site).renumber_view


def _send(view: View, key: int, by: User, **posted: Any) -> HttpResponse:
    """What the view answers to a GET, or to a POST of what is `posted`."""
    request = RequestFactory().post("/", posted) if posted else RequestFactory().get("/")
    request.user = by
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    answer = view(request, key)
    return answer.render() if hasattr(answer, "render") else answer


def test_a_draft_is_merged_into_the_claim_at_an_address(cast: Cast) -> None:
    claim, into = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor, slug="other")
    assert "Merge it into another claim" in _send(CLAIM, claim.pk, cast.editor).content.decode()
    answer = _send(CLAIM, claim.pk, cast.editor, _do="merge", into=" other ")
    assert answer["Location"] == claim_url(into)
    assert claim.reviews.get().state == ReviewState.DECLINED


def test_chosen_assertions_are_split_off(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, kinds=(AssertionKind.FACT, AssertionKind.FACT))
    second = claim.assertions.get(number=2)
    posted = {"_do": "split", "assertion": [str(second.pk)], "slug": "new", "heading_en": "MP says the second"}
    answer = _send(CLAIM, claim.pk, cast.contributor, **posted)
    new = Claim.objects.get(slug="new")
    assert answer["Location"] == claim_url(new)
    assert (new.heading_en, new.heading_th) == ("MP says the second", "[รอเขียน]")
    assert new.assertions.get() == second


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"_do": "merge", "into": "nowhere"}, "There is no claim with that address"),
        ({"_do": "split", "slug": "new"}, "Choose assertions"),
        ({"_do": "split", "assertion": "9" * 30, "slug": "new"}, "Choose assertions"),
        ({"_do": "replace", "by_claim": "other", "note_en": "Why."}, "is not public"),
        ({"_do": "erase"}, "Choose what is to be done"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(cast: Cast, posted: dict[str, str], sentence: str) -> None:
    claim = draft_claim(by=cast.contributor, kinds=(AssertionKind.FACT, AssertionKind.FACT))
    draft_claim(by=cast.contributor, slug="other")
    page = _send(CLAIM, claim.pk, cast.editor, **posted).content.decode()
    assert sentence in page
    assert all(f'value="{typed}"' in page for name, typed in posted.items() if name in ("into", "slug"))
    assert claim.assertions.count() == 2


def test_numbers_are_swapped_and_a_fault_comes_back(cast: Cast) -> None:
    dossier = DossierFactory.create()
    one, two = (draft_claim(by=cast.contributor, dossier=dossier, number=n) for n in (1, 2))
    page = _send(
        DOSSIER, dossier.pk, cast.editor, **{f"number-{one.pk}": "x", f"number-{two.pk}": "1"}
    ).content.decode()
    assert "“x” is no number" in page
    assert f'name="number-{one.pk}" value="x"' in page
    answer = _send(DOSSIER, dossier.pk, cast.editor, **{f"number-{one.pk}": "2", f"number-{two.pk}": "1"})
    assert answer.status_code == 302
    assert list(dossier.claims.order_by("number")) == [two, one]


def test_only_those_who_write_claims_reshape_them(cast: Cast) -> None:
    dossier = DossierFactory.create()
    claim = draft_claim(by=cast.contributor, dossier=dossier, number=1)
    for view, key in ((CLAIM, claim.pk), (DOSSIER, dossier.pk)):
        for by in (cast.auditor, cast.operations):
            with pytest.raises(PermissionDenied):
                _send(view, key, by, _do="merge")
        with pytest.raises(Http404):
            _send(view, key + 1_000, cast.editor)
