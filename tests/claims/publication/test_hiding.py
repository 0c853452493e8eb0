"""One editor hides a claim at once; only another person shows it again, and the database sees to it."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from claims.models.claim import Claim
from claims.models.hiding import Hiding
from claims.models.interest import Interest
from claims.models.public_status import PublicStatus
from claims.publication.hiding import confirm_hiding, hide, lift_hiding
from claims.publication.status import refresh_all
from claims.publication.verbs import publish
from claims.review.moving import NotAllowed
from claims.review.transitions import Role
from claims.review.verbs import approve, submit
from claims.vocabulary import EditionKind, PublicState
from ledger.models import Entry
from ledger.verification import verify
from tests.factories.cast import Cast, member
from tests.factories.claims import NOW, begin_correction, correct_claim, draft_claim, published_claim

pytestmark = pytest.mark.django_db
REASON = ("A name stands in it that must not.", "มีชื่อที่ไม่ควรปรากฏ")


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return published_claim(cast)


@pytest.fixture
def other(cast: Cast) -> User:
    return member(Role.EDITOR, "second-editor")


def put_away(claim: Claim, by: User) -> Hiding:
    return hide(claim=claim, reason=REASON, by=by, now=NOW)


def standing(claim: Claim) -> PublicStatus:
    return PublicStatus.objects.select_related("edition").get(claim=claim)


def test_one_editor_hides_at_once_and_it_is_a_change_of_content(cast: Cast, claim: Claim) -> None:
    before = standing(claim)
    put_away(claim, cast.editor)
    after = standing(claim)
    assert after.state == PublicState.HIDDEN
    assert after.notices["hidden"] == {"reason": {"en": REASON[0], "th": REASON[1]}, "at": NOW.isoformat()}
    assert (json.loads(after.body)["state"], json.loads(after.body)["version"]) == ("hidden", before.version + 1)
    assert after.change_no == after.content_change_no > before.change_no
    assert Entry.objects.latest("index").verb == "claim.hidden"
    assert verify().size == Entry.objects.count()


def test_a_reviewer_confirms_and_another_person_lifts(cast: Cast, claim: Claim, other: User) -> None:
    hiding = put_away(claim, cast.editor)
    confirm_hiding(hiding=hiding, by=cast.reviewer, now=NOW)
    assert Entry.objects.latest("index").verb == "claim.hiding_confirmed"
    assert standing(claim).state == PublicState.HIDDEN
    lift_hiding(hiding=hiding, note="The name was taken out.", by=other, now=NOW)
    after = standing(claim)
    assert (after.state, after.notices, json.loads(after.body)["state"]) == (PublicState.LIVE, {}, "live")
    assert Entry.objects.latest("index").verb == "claim.hiding_lifted"
    put_away(claim, other)
    assert claim.hidings.count() == 2


@pytest.mark.parametrize("verb", ["confirm", "lift"])
def test_who_hid_neither_confirms_nor_lifts(cast: Cast, claim: Claim, verb: str) -> None:
    hiding = put_away(claim, cast.editor)
    with pytest.raises(NotAllowed, match="another person"):
        if verb == "confirm":
            confirm_hiding(hiding=hiding, by=cast.editor, now=NOW)
        else:
            lift_hiding(hiding=hiding, note="Mine.", by=cast.editor, now=NOW)
    assert standing(claim).state == PublicState.HIDDEN


def test_what_may_not_be_hidden_and_by_whom(cast: Cast, claim: Claim, other: User) -> None:
    for by in (cast.contributor, cast.reviewer, cast.auditor, cast.operations):
        with pytest.raises(NotAllowed, match="role editor"):
            put_away(claim, by)
    with pytest.raises(NotAllowed, match="not public"):
        put_away(draft_claim(by=cast.contributor), cast.editor)
    with pytest.raises(NotAllowed, match="both languages"):
        hide(claim=claim, reason=("Why.", " "), by=cast.editor, now=NOW)
    with pytest.raises(NotAllowed, match="characters"):
        hide(claim=claim, reason=("x" * 301, "x"), by=cast.editor, now=NOW)
    person = claim.claimants.get().person
    Interest.objects.create(
        user=other, person=person, kind="family", note="A cousin.", declared_at=NOW, declared_by=other
    )
    with pytest.raises(NotAllowed, match="declared an interest"):
        put_away(claim, other)
    put_away(claim, cast.editor)
    with pytest.raises(NotAllowed, match="already"):
        put_away(claim, cast.editor)


def test_lifting_needs_a_reason_and_happens_once(cast: Cast, claim: Claim, other: User) -> None:
    hiding = put_away(claim, cast.editor)
    with pytest.raises(NotAllowed, match="Say why"):
        lift_hiding(hiding=hiding, note=" ", by=other, now=NOW)
    lift_hiding(hiding=hiding, note="All is well.", by=other, now=NOW)
    with pytest.raises(NotAllowed, match="lifted already"):
        lift_hiding(hiding=hiding, note="Again.", by=other, now=NOW)
    with pytest.raises(NotAllowed, match="lifted already"):
        confirm_hiding(hiding=hiding, by=other, now=NOW)


def test_an_edition_published_meanwhile_does_not_show_it(cast: Cast, claim: Claim, other: User) -> None:
    hiding = put_away(claim, cast.editor)
    correct_claim(claim, cast, heading="MP says another thing")
    refresh_all(now=NOW)
    status = standing(claim)
    assert (status.state, status.edition.number, "hidden" in status.notices) == (PublicState.HIDDEN, 2, True)
    lift_hiding(hiding=hiding, note="Corrected.", by=other, now=NOW)
    assert standing(claim).state == PublicState.LIVE


def test_a_retraction_published_meanwhile_is_what_shows_afterwards(cast: Cast, claim: Claim, other: User) -> None:
    hiding = put_away(claim, cast.editor)
    review = begin_correction(claim, cast, kind=EditionKind.RETRACTION)
    review = approve(review=submit(review=review, by=cast.contributor, now=NOW), by=cast.reviewer, now=NOW)
    publish(review=review, by=cast.editor, now=NOW)
    assert standing(claim).state == PublicState.HIDDEN
    lift_hiding(hiding=hiding, note="Retracted.", by=other, now=NOW)
    assert standing(claim).state == PublicState.RETRACTED


_LIFTED = "UPDATE claims_hiding SET lifted_at = now(), lifting_note = 'x', lifted_by_id = by_id"
FORGERIES = {
    "shown by the state alone": "UPDATE claims_publicstatus SET state = 'live'",
    "lifted by who hid": _LIFTED,
    "lifted by nobody": "UPDATE claims_hiding SET lifted_at = now(), lifting_note = 'x'",
    "confirmed by who hid": "UPDATE claims_hiding SET confirmed_at = now(), confirmed_by_id = by_id",
    "another hider": "UPDATE claims_hiding SET by_id = (SELECT id FROM auth_user WHERE username = 'reviewer')",
    "another claim": "UPDATE claims_hiding SET claim_id = (SELECT max(id) FROM claims_claim)",
    "deleted": "DELETE FROM claims_hiding",
}


@pytest.mark.parametrize("statement", FORGERIES.values(), ids=FORGERIES)
def test_raw_sql_of_the_application_shows_nothing(cast: Cast, claim: Claim, statement: str) -> None:
    put_away(claim, cast.editor)
    draft_claim(by=cast.contributor)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert standing(claim).state == PublicState.HIDDEN
