"""Requests that no page offers: none of them gets round two persons, or moves what is frozen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.models.review import ClaimReview, DraftEdit, ReviewAuthor, ReviewDecision
from claims.review.verbs import approve, submit
from claims.vocabulary import ReviewState
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url, shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review, published_claim


@dataclass
class Scene:
    """A claim that its author (the editor) submitted, one that is approved, and one that is public."""

    cast: Cast
    browser: As
    own: Claim
    approved: Claim
    public: Claim

    def move(self, role: str, claim: Claim, verb: str, **data: str) -> Any:
        return self.browser(role).post(reverse("admin:claims_claim_move", args=[claim.pk, verb]), data)

    def of(self, claim: Claim) -> dict[str, str]:
        review = open_review(claim)
        return {"review": str(review.public_id), "seen": review.content_hash}


@pytest.fixture
def scene(cast: Cast, browser: As) -> Scene:
    own, approved = draft_claim(by=cast.editor), draft_claim(by=cast.contributor)
    submit(review=open_review(own), by=cast.editor, now=NOW)
    approve(review=submit(review=open_review(approved), by=cast.contributor, now=NOW), by=cast.reviewer, now=NOW)
    return Scene(cast, browser, own, approved, published_claim(cast))


def state_of_everything() -> tuple[object, ...]:
    """What a forged request must leave as it is."""
    return (
        sorted(
            ClaimReview.objects.values_list("pk", "state", "approved_by", "approved_hash", "content_hash", "rating")
        ),
        sorted(Edition.objects.values_list("pk", "digest")),
        sorted(PublicStatus.objects.values_list("claim", "edition", "state", "rating")),
        ReviewDecision.objects.count(),
        ReviewAuthor.objects.count(),
        DraftEdit.objects.count(),
        sorted(Claim.objects.values_list("pk", "slug", "heading_en")),
    )


Forgery = Callable[[Scene], Any]


def to_page(page: str, data: dict[str, Any], *, of: type[Any] | None = None) -> Forgery:
    """What an editor posts to a page of the admin; `of` names the model whose first row it is about."""

    def send(scene: Scene) -> Any:
        keys = [] if of is None else [of._default_manager.order_by("pk").values_list("pk", flat=True)[0]]
        return scene.browser("editor").post(reverse(f"admin:claims_{page}", args=keys), data)

    return send


def list_of(model: str, data: dict[str, Any]) -> Forgery:
    """What an editor posts to a list, with the keys of the first rows chosen."""

    def send(scene: Scene) -> Any:
        chosen = {"_selected_action": [scene.own.pk, scene.public.pk], "form-0-id": scene.own.pk}
        return scene.browser("editor").post(reverse(f"admin:claims_{model}_changelist"), chosen | data)

    return send


def form_of(scene: Scene, claim: Claim) -> dict[str, Any]:
    """What the form of a public claim would send, as its contributor sees it."""
    return shown(scene.browser("contributor").get(claim_url(claim)))


FORGERIES: dict[str, Forgery] = {
    "an author approves their own text": lambda s: s.move("editor", s.own, "approve", **s.of(s.own)),
    "an author publishes what nobody approved": lambda s: s.move("editor", s.own, "publish", **s.of(s.own)),
    "a contributor approves": lambda s: s.move("contributor", s.own, "approve", **s.of(s.own)),
    "a contributor publishes": lambda s: s.move("contributor", s.approved, "publish", **s.of(s.approved)),
    "a reviewer publishes": lambda s: s.move("reviewer", s.approved, "publish", **s.of(s.approved)),
    "an auditor takes back": lambda s: s.move("auditor", s.approved, "take_back", reason="x", **s.of(s.approved)),
    "operations approves": lambda s: s.move("operations", s.own, "approve", **s.of(s.own)),
    "an approval without a hash": lambda s: s.move("reviewer", s.own, "approve", review=s.of(s.own)["review"]),
    "an approval of another hash": lambda s: s.move("reviewer", s.own, "approve", seen="f" * 64),
    "an approval with the key of another revision": lambda s: s.move(
        "reviewer", s.own, "approve", review=s.of(s.approved)["review"], seen=s.of(s.own)["seen"]
    ),
    "a publication with the key of another revision": lambda s: s.move(
        "editor", s.approved, "publish", review=s.of(s.own)["review"], seen=s.of(s.approved)["seen"]
    ),
    "an approval of what is public already": lambda s: s.move("reviewer", s.public, "approve", seen=""),
    "a publication of what is public already": lambda s: s.move("editor", s.public, "publish", seen=""),
    "a move that does not exist": lambda s: s.move("editor", s.own, "force_publish"),
    "a move of no claim": lambda s: s.browser("editor").post("/admin/claims/claim/999999/move/publish/"),
    "a move by GET": lambda s: s.browser("editor").get(
        reverse("admin:claims_claim_move", args=[s.approved.pk, "publish"]), s.of(s.approved)
    ),
    "states written into the form of a claim": lambda s: s.browser("contributor").post(
        claim_url(s.approved),
        form_of(s, s.public) | {"state": "published", "approved_by": s.cast.reviewer.pk, "heading_en": "Forged"},
    ),
    "the form of a frozen claim, saved and submitted": lambda s: s.browser("contributor").post(
        claim_url(s.own), form_of(s, s.public) | {"_move": "submit"}
    ),
    "an auditor saves a claim": lambda s: s.browser("auditor").post(
        claim_url(s.public), form_of(s, s.public) | {"heading_en": "Forged"}
    ),
    "operations saves a claim": lambda s: s.browser("operations").post(claim_url(s.public), {"heading_en": "Forged"}),
    "a review is added": to_page("claimreview_add", {"state": "published"}),
    "a review is changed": to_page("claimreview_change", {"state": "published", "rating": "true"}, of=ClaimReview),
    "a decision is added": to_page("reviewdecision_add", {"verb": "approve"}),
    "a decision is changed": to_page("reviewdecision_change", {"verb": "approve"}, of=ReviewDecision),
    "an edition is added": to_page("edition_add", {"slug": "x", "number": 1}),
    "an edition is changed": to_page("edition_change", {"note_en": "Forged", "digest": "0" * 64}, of=Edition),
    "a status is changed": to_page("publicstatus_change", {"rating": "true"}, of=PublicStatus),
    "an author is deleted": to_page("reviewauthor_delete", {"post": "yes"}, of=ReviewAuthor),
    "an edit is deleted": to_page("draftedit_delete", {"post": "yes"}, of=DraftEdit),
    "reviews are deleted in bulk": list_of("claimreview", {"action": "delete_selected", "post": "yes"}),
    "claims are deleted in bulk": list_of("claim", {"action": "delete_selected", "post": "yes"}),
    "claims are edited in their list": list_of(
        "claim", {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-slug": "forged", "_save": "1"}
    ),
    "the address of a public claim is changed": lambda s: s.browser("contributor").post(
        claim_url(s.public), form_of(s, s.public) | {"slug": "forged"}
    ),
    "a contributor makes themselves an editor": lambda s: s.browser("contributor").post(
        reverse("admin:auth_user_change", args=[s.cast.contributor.pk]),
        {"username": "contributor", "groups": [Group.objects.get(name="editor").pk]},
    ),
}


@pytest.mark.parametrize("name", list(FORGERIES))
def test_a_forged_request_changes_nothing(name: str, scene: Scene) -> None:
    before = state_of_everything()
    answer = FORGERIES[name](scene)
    assert state_of_everything() == before
    assert answer.status_code in (200, 302, 403, 404, 405)
    assert not scene.cast.contributor.groups.filter(name="editor").exists()


def test_a_row_of_another_claim_is_out_of_reach_of_this_ones_form(scene: Scene) -> None:
    foreign = scene.approved.assertions.get()
    forged = {"assertions-0-id": str(foreign.pk), "assertions-0-claim": str(scene.approved.pk)}
    scene.browser("contributor").post(
        claim_url(scene.public), form_of(scene, scene.public) | forged | {"assertions-0-text_en": "Forged"}
    )
    foreign.refresh_from_db()
    assert foreign.text_en == "Part 1"
    assert foreign.claim == scene.approved


def test_the_scene_would_let_the_right_persons_through(scene: Scene) -> None:
    """Otherwise everything above would pass for the wrong reason."""
    scene.move("reviewer", scene.own, "approve", **scene.of(scene.own))
    scene.move("editor", scene.approved, "publish", **scene.of(scene.approved))
    assert open_review(scene.own).state == ReviewState.APPROVED
    assert PublicStatus.objects.filter(claim=scene.approved).exists()


def test_a_signed_out_browser_is_led_to_the_door(scene: Scene) -> None:
    before = state_of_everything()
    for verb in ("approve", "publish"):
        answer = Client().post(reverse("admin:claims_claim_move", args=[scene.own.pk, verb]), scene.of(scene.own))
        assert answer["Location"].startswith("/admin/login/")
    assert state_of_everything() == before


def test_an_account_that_was_deactivated_moves_nothing(scene: Scene) -> None:
    who = scene.browser("reviewer")
    scene.cast.reviewer.is_active = False
    scene.cast.reviewer.save()
    who.post(reverse("admin:claims_claim_move", args=[scene.own.pk, "approve"]), scene.of(scene.own))
    assert open_review(scene.own).state == ReviewState.IN_REVIEW
