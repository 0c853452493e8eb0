"""A published text is erased by two editors through one function, and by nobody in any other way."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.hiding import Withholding
from claims.models.public_status import PublicStatus
from claims.models.published_item import PublishedItem
from claims.publication.status import refresh_all
from claims.publication.withholding import ask_withholding, confirm_withholding
from claims.review.moving import NotAllowed
from claims.review.transitions import Role
from claims.vocabulary import SubjectKind
from ledger.models import Entry
from ledger.verification import verify
from tests.factories.cast import Cast, member
from tests.factories.claims import NOW, correct_claim, published_claim
from tests.factories.nouns import DossierFactory

pytestmark = pytest.mark.django_db
REASON = ("By order of a court.", "ตามคำสั่งศาล")
SECRET = "secretwords"


@pytest.fixture
def other(cast: Cast) -> User:
    return member(Role.EDITOR, "second-editor")


@pytest.fixture
def claim(cast: Cast) -> Claim:
    dossier = DossierFactory.create(slug="file")
    return published_claim(cast, dossier=dossier, number=1, heading_en=f"MP says {SECRET}", heading_th=f"ส.ส. {SECRET}")


def live(claim: Claim) -> Edition:
    return PublicStatus.objects.select_related("edition__text").get(claim=claim).edition


def ask(edition: Edition, by: User) -> Withholding:
    return ask_withholding(edition=edition, reason=REASON, by=by, now=NOW)


def erase(edition: Edition, by: User, other: User) -> Edition:
    return confirm_withholding(withholding=ask(edition, by), by=other, now=NOW)


def test_the_text_goes_and_number_digest_dates_and_reason_stay(cast: Cast, claim: Claim, other: User) -> None:
    edition, before = live(claim), PublicStatus.objects.get(claim=claim)
    erase(edition, cast.editor, other)
    after = live(claim)
    assert (after.number, after.digest, after.published_at) == (edition.number, edition.digest, edition.published_at)
    assert (after.text.body, after.text.sort_key_en) == ("", "")
    assert (after.text.withheld_reason_en, after.text.withheld_reason_th) == REASON
    assert set(PublishedItem.objects.filter(edition=edition).values_list("body", flat=True)) == {""}
    status = PublicStatus.objects.get(claim=claim)
    assert (status.heading_en, status.heading_th, status.card, status.sources) == ("", "", "{}", [])
    assert (status.claimant_slugs, status.version) == ([], before.version + 1)
    assert status.change_no == status.content_change_no > before.change_no
    assert not any(SECRET in str(value) for value in vars(status).values())
    last = Entry.objects.latest("index")
    assert (last.verb, last.refs["digest"]) == ("edition.withheld", edition.digest)
    assert verify().size == Entry.objects.count()


def test_a_recomputation_brings_nothing_back(cast: Cast, claim: Claim, other: User) -> None:
    erase(live(claim), cast.editor, other)
    refresh_all(now=NOW)
    assert PublicStatus.objects.get(claim=claim).heading_en == ""


def test_an_old_edition_goes_alone_with_its_note(cast: Cast, claim: Claim, other: User) -> None:
    correct_claim(claim, cast, heading="MP says another thing")
    correct_claim(claim, cast, heading="MP says a third thing")
    second = Edition.objects.get(subject_kind=SubjectKind.CLAIM, slug=claim.slug, number=2)
    erase(second, cast.editor, other)
    status = PublicStatus.objects.get(claim=claim)
    assert status.heading_en == "MP says a third thing"
    notes = {line["number"]: line["note"]["en"] for line in status.history}
    assert notes == {3: "The heading was wrong.", 2: "", 1: ""}
    assert [line["number"] for line in status.history] == [3, 2, 1]
    assert live(claim).text.body


def test_a_next_edition_shows_a_text_again(cast: Cast, claim: Claim, other: User) -> None:
    erase(live(claim), cast.editor, other)
    correct_claim(claim, cast, heading="MP says what may be said")
    assert PublicStatus.objects.get(claim=claim).heading_en == "MP says what may be said"
    assert Edition.objects.get(subject_kind=SubjectKind.CLAIM, slug=claim.slug, number=1).text.body == ""


def test_a_dossier_can_be_withheld_and_lists_know_that_something_changed(cast: Cast, claim: Claim, other: User) -> None:
    before = PublicStatus.objects.get(claim=claim).change_no
    erase(Edition.objects.get(subject_kind=SubjectKind.DOSSIER, slug="file"), cast.editor, other)
    assert Edition.objects.get(subject_kind=SubjectKind.DOSSIER, slug="file").text.body == ""
    assert live(claim).text.body
    assert PublicStatus.objects.get(claim=claim).change_no > before


def test_nobody_confirms_their_own_wish_and_only_editors_decide(cast: Cast, claim: Claim, other: User) -> None:
    with pytest.raises(NotAllowed, match="needs the role editor"):
        ask(live(claim), cast.reviewer)
    with pytest.raises(NotAllowed, match="both languages"):
        ask_withholding(edition=live(claim), reason=("Why.", " "), by=cast.editor, now=NOW)
    withholding = ask(live(claim), cast.editor)
    for by, why in ((cast.editor, "another editor"), (cast.reviewer, "role editor")):
        with pytest.raises(NotAllowed, match=why):
            confirm_withholding(withholding=withholding, by=by, now=NOW)
    assert live(claim).text.body
    confirm_withholding(withholding=withholding, by=other, now=NOW)
    with pytest.raises(NotAllowed, match="already"):
        confirm_withholding(withholding=withholding, by=other, now=NOW)
    with pytest.raises(NotAllowed, match="already"):
        ask(live(claim), cast.editor)


def test_asking_anew_needs_somebody_else_than_who_asked_last(cast: Cast, claim: Claim, other: User) -> None:
    first = ask(live(claim), cast.editor)
    again = ask_withholding(edition=live(claim), reason=("Privacy.", "ความเป็นส่วนตัว"), by=other, now=NOW.replace(day=3))
    assert (again.pk, again.asked_by) == (first.pk, other)
    with pytest.raises(NotAllowed, match="other words"):
        confirm_withholding(withholding=first, by=cast.editor, now=NOW, seen=first.asked_at)
    confirm_withholding(withholding=first, by=cast.editor, now=NOW, seen=again.asked_at)
    assert live(claim).text.withheld_reason_en == "Privacy."


_EDITION = "(SELECT edition_id FROM claims_publicstatus)"
_ERASED = f"""UPDATE claims_editiontext SET body = '', sort_key_en = '', sort_key_th = '',
    withheld_reason_en = 'By order of a court.', withheld_reason_th = 'ตามคำสั่งศาล' WHERE edition_id = {_EDITION}"""
_CONFIRMED = """UPDATE claims_withholding SET confirmed_at = now(),
    confirmed_by_id = (SELECT id FROM auth_user WHERE username = '{}')"""
_AS_OWNER = """DO $$ BEGIN
    EXECUTE format('SET {} %I', (SELECT tableowner FROM pg_tables WHERE tablename = 'claims_editiontext')); END $$"""
FORGERIES = {
    "erased by hand": [_ERASED],
    "erased by hand after a confirmation": [_CONFIRMED.format("second-editor"), _ERASED],
    "erased by the function before a confirmation": ["SELECT claims_withhold((SELECT id FROM claims_withholding))"],
    "erased by nobody's wish": ["SELECT claims_withhold(0)"],
    "confirmed by who asked": [_CONFIRMED.format("editor")],
    "confirmed by no editor": [
        _CONFIRMED.format("reviewer"), "SELECT claims_withhold((SELECT id FROM claims_withholding))"
    ],
    "confirmed for another edition": [
        "UPDATE claims_withholding SET edition_id = (SELECT min(id) FROM claims_edition WHERE subject_kind = 'person')"
    ],
    "confirmed with other words": [_CONFIRMED.format("second-editor") + ", reason_en = 'Other words.'"],
    "confirmed from the start": [
        """INSERT INTO claims_withholding (edition_id, reason_en, reason_th, asked_by_id, asked_at, confirmed_by_id,
        confirmed_at) SELECT min(e.id), 'x', 'x', {a}, now(), {b}, now() FROM claims_edition e
        WHERE e.subject_kind = 'person'""".format(
            a="(SELECT id FROM auth_user WHERE username = 'editor')",
            b="(SELECT id FROM auth_user WHERE username = 'second-editor')",
        )
    ],
    "a wish taken back": ["DELETE FROM claims_withholding"],
    "a role that is put on": [_AS_OWNER.format("ROLE"), _ERASED],
    "a session of the owner": [_AS_OWNER.format("SESSION AUTHORIZATION"), _ERASED],
    "triggers set aside": ["SET session_replication_role = 'replica'", _ERASED],
    "triggers switched off": ["ALTER TABLE claims_editiontext DISABLE TRIGGER text_is_final", _ERASED],
    "the function replaced": [
        "CREATE OR REPLACE FUNCTION claims_is_owner(checked oid) RETURNS boolean LANGUAGE sql AS 'SELECT true'", _ERASED
    ],
    "a part emptied by hand": ["UPDATE claims_publisheditem SET body = '', refs = '{}'"],
    "a text deleted": ["DELETE FROM claims_editiontext"],
    "a part deleted": ["DELETE FROM claims_publisheditem"],
}  # fmt: skip


@pytest.mark.parametrize("statements", FORGERIES.values(), ids=FORGERIES)
def test_raw_sql_of_the_application_erases_nothing(
    cast: Cast, claim: Claim, other: User, statements: list[str]
) -> None:
    ask(live(claim), cast.editor)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    assert live(claim).text.body
    assert "" not in set(PublishedItem.objects.values_list("body", flat=True))


AFTERWARDS = {
    "the text": "UPDATE claims_editiontext SET body = '{}' WHERE body = ''",
    "the reason": "UPDATE claims_editiontext SET withheld_reason_en = 'x' WHERE body = ''",
    "the decision": "UPDATE claims_withholding SET reason_en = 'x'",
    "a part": "UPDATE claims_publisheditem SET body = '{}' WHERE body = ''",
    "the heading": "UPDATE claims_publicstatus SET heading_en = 'PWNED', heading_th = 'PWNED'",
}


@pytest.mark.parametrize("statement", AFTERWARDS.values(), ids=AFTERWARDS)
def test_nothing_of_it_changes_afterwards(cast: Cast, claim: Claim, other: User, statement: str) -> None:
    erase(live(claim), cast.editor, other)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
