"""Publishing freezes editions; the database refuses whatever would change or forge one."""

import json
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims.models.claim import Claim
from claims.models.edition import Edition, EditionText
from claims.models.public_status import PublicStatus
from claims.models.published_item import PublishedItem
from claims.models.review import ClaimReview
from claims.publication.verbs import publish
from claims.review.verbs import NotAllowed, approve, describe_revision, submit, take_back
from claims.vocabulary import Coverage, EditionKind, ItemKind, PublicState, Rating, SubjectKind
from ledger.models import Entry
from ledger.verification import verify
from tests.factories.cast import Cast
from tests.factories.claims import (
    NOW,
    begin_correction,
    correct_claim,
    draft_claim,
    open_review,
    publish_claim,
    published_claim,
    respond,
)
from tests.factories.nouns import DossierFactory, PersonFactory

FORGERIES = {
    "a second live edition": "UPDATE claims_publicstatus SET edition_id = (SELECT min(id) FROM claims_edition)",
    "an edited edition": "UPDATE claims_edition SET note_en = 'x'",
    "a deleted edition": "DELETE FROM claims_edition",
    "an edited text": "UPDATE claims_editiontext SET body = '{}'",
    "a deleted text": "DELETE FROM claims_editiontext",
    "an edited item": "UPDATE claims_publisheditem SET body = '{}'",
    "a deleted item": "DELETE FROM claims_publisheditem",
    "a deleted status": "DELETE FROM claims_publicstatus",
    "an edited decision": "UPDATE claims_reviewdecision SET reason = 'x'",
    "a deleted decision": "DELETE FROM claims_reviewdecision",
    "a removed author": "DELETE FROM claims_reviewauthor",
    "a removed draft edit": "DELETE FROM claims_draftedit",
    "a published review reopened": "UPDATE claims_claimreview SET state = 'drafted' WHERE state = 'published'",
    "a published address": "UPDATE claims_claim SET slug = 'elsewhere'",
    "an edition without review": (
        "INSERT INTO claims_edition (subject_kind, subject_id, slug, number, kind, note_en, note_th, digest,"
        " published_at, review_id, approved_by_id, published_by_id) SELECT subject_kind, subject_id, slug, 3,"
        " 'update', 'x', 'x', digest, now(), review_id, approved_by_id, published_by_id FROM claims_edition"
        " WHERE subject_kind = 'claim' AND number = 2"
    ),
    "an item slipped into a published edition": (
        "INSERT INTO claims_publisheditem (edition_id, kind, public_id, position, refs, body)"
        " SELECT id, 'assertion', uuidv7(), 9, '{}', '{}' FROM claims_edition LIMIT 1"
    ),
    "a heading that nobody approved": "UPDATE claims_publicstatus SET heading_en = 'PWNED'",
    "an emptied history": "UPDATE claims_publicstatus SET history = '[]'",
    "a deleted counter": "DELETE FROM claims_changecounter",
    "a counter turned back": "UPDATE claims_changecounter SET last = 0",
    "an emptied table": "TRUNCATE claims_edition CASCADE",
    "triggers switched off": "ALTER TABLE claims_edition DISABLE TRIGGER ALL",
}


def test_publishing_freezes_the_claim_and_the_people_it_names(cast: Cast) -> None:
    person = PersonFactory.create(slug="ratchanok")
    claim = published_claim(cast, person=person)
    edition = Edition.objects.get(subject_kind=SubjectKind.CLAIM)
    assert (edition.slug, edition.number, edition.kind) == (claim.slug, 1, EditionKind.INITIAL)
    body = json.loads(edition.text.body)
    assert body["claimants"][0]["person"]["slug"] == "ratchanok"
    assert Edition.objects.newest_of(SubjectKind.PERSON, "ratchanok").get().number == 1
    assert Entry.objects.latest("index").verb == "edition.published"
    assert verify().size == Entry.objects.count()


def test_unchanged_people_get_no_second_edition(cast: Cast) -> None:
    person = PersonFactory.create(slug="ratchanok")
    published_claim(cast, person=person)
    published_claim(cast, person=person)
    assert Edition.objects.newest_of(SubjectKind.PERSON, "ratchanok").count() == 1


def test_a_correction_is_a_second_edition_and_the_first_stays(cast: Cast) -> None:
    claim = published_claim(cast)
    first = Edition.objects.get(subject_kind=SubjectKind.CLAIM)
    edition = correct_claim(claim, cast, heading="MP says another thing")
    status = PublicStatus.objects.get()
    assert (edition.number, edition.kind, status.edition) == (2, EditionKind.CORRECTION, edition)
    assert [line["number"] for line in status.history] == [2, 1]
    assert status.history[0]["note"]["en"] == "The heading was wrong."
    assert json.loads(first.text.body)["heading"]["en"] != "MP says another thing"
    assert status.version == 2
    assert status.content_updated_at == edition.published_at


def test_a_retraction_leaves_no_items_and_says_so(cast: Cast) -> None:
    claim = published_claim(cast)
    review = begin_correction(claim, cast, kind=EditionKind.RETRACTION)
    review = submit(review=review, by=cast.contributor, now=NOW)
    publish(review=approve(review=review, by=cast.reviewer, now=NOW), by=cast.editor, now=NOW)
    assert PublicStatus.objects.get().state == PublicState.RETRACTED
    assert not PublishedItem.objects.live().filter(kind=ItemKind.CLAIM).exists()


def test_only_an_editor_publishes(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = approve(review=submit(review=open_review(claim), by=cast.contributor, now=NOW), by=cast.reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="needs the role editor"):
        publish(review=review, by=cast.reviewer, now=NOW)


def test_a_text_changed_after_approval_is_not_published(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    review = approve(review=review, by=cast.reviewer, now=NOW)
    Claim.objects.filter(pk=claim.pk).update(summary_en="Changed.")
    with pytest.raises(NotAllowed, match="has changed since it was submitted"):
        publish(review=review, by=cast.editor, now=NOW)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("forgery", FORGERIES)
def test_the_database_refuses(cast: Cast, forgery: str) -> None:
    correct_claim(published_claim(cast), cast, heading="MP says another thing")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FORGERIES[forgery])


@pytest.mark.parametrize(
    "change",
    [
        "state = 'approved', approved_by_id = submitted_by_id, approved_hash = content_hash",
        "state = 'approved', approved_by_id = %(auditor)s, approved_hash = 'another'",
        "state = 'approved', approved_hash = content_hash",
        "state = 'published', approved_by_id = %(auditor)s, approved_hash = content_hash",
        "content_hash = 'another'",
        "rating = 'true'",
    ],
)
def test_a_review_cannot_be_approved_by_raw_sql_of_its_author(cast: Cast, change: str) -> None:
    claim = draft_claim(by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE claims_claimreview SET {change}", {"auditor": cast.auditor.pk})


def test_a_text_that_differs_from_its_digest_is_refused(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    review = approve(review=review, by=cast.reviewer, now=NOW)
    edition = Edition(
        subject_kind=SubjectKind.CLAIM,
        subject_id=claim.public_id,
        slug=claim.slug,
        number=1,
        kind=EditionKind.INITIAL,
        digest=review.digests[f"claim:{claim.public_id}"],
        published_at=NOW,
        review=review,
        approved_by=cast.reviewer,
        published_by=cast.editor,
    )
    edition.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionText.objects.create(edition=edition, body="{}", sort_key_en="", sort_key_th="")


@pytest.mark.parametrize("field", ["approved_by", "number", "subject_id"])
def test_an_edition_must_be_the_one_its_review_approved(cast: Cast, field: str) -> None:
    claim = draft_claim(by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    review = approve(review=review, by=cast.reviewer, now=NOW)
    wrong: dict[str, object] = {"approved_by": cast.contributor, "number": 2, "subject_id": review.public_id}
    honest: dict[str, object] = {"approved_by": cast.reviewer, "number": 1, "subject_id": claim.public_id}
    fields = honest | {field: wrong[field]}
    number_two = {"kind": EditionKind.UPDATE, "note_en": "x", "note_th": "x"} if field == "number" else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            **{"subject_kind": SubjectKind.CLAIM, "slug": claim.slug, "kind": EditionKind.INITIAL}
            | fields
            | number_two,
            digest=review.digests[f"claim:{claim.public_id}"],
            published_at=NOW,
            review=review,
            published_by=cast.editor,
        )


def test_a_dossier_or_person_gets_only_the_text_that_was_approved(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    review = approve(review=review, by=cast.reviewer, now=NOW)
    with pytest.raises(IntegrityError, match="not a document that was approved"), transaction.atomic():
        Edition.objects.create(
            subject_kind=SubjectKind.PERSON,
            subject_id=uuid4(),
            slug="anybody",
            number=1,
            kind=EditionKind.INITIAL,
            digest="0" * 64,
            published_at=NOW,
            review=review,
            approved_by=cast.reviewer,
            published_by=cast.editor,
        )


def test_tables_of_a_session_do_not_deceive_the_triggers(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    forged = f"""
        CREATE TEMP TABLE claims_reviewauthor AS SELECT * FROM public.claims_reviewauthor WHERE false;
        UPDATE public.claims_claimreview SET state = 'approved', approved_hash = content_hash,
            approved_by_id = submitted_by_id WHERE id = {review.pk}
    """
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forged)


def test_kind_and_note_are_part_of_what_was_approved(cast: Cast) -> None:
    claim = published_claim(cast)
    review = submit(review=begin_correction(claim, cast), by=cast.contributor, now=NOW)
    seen = review.content_hash
    take_back(review=review, reason="One more thing.", by=cast.contributor, now=NOW)
    begin_correction(claim, cast, kind=EditionKind.RETRACTION)
    again = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    assert again.content_hash != seen
    with pytest.raises(NotAllowed, match="Another text has been submitted"):
        approve(review=again, by=cast.reviewer, now=NOW, seen=seen)


@pytest.mark.parametrize("field", ["kind", "note_en", "note_th", "reasons_en", "digests"])
def test_what_an_edition_says_of_itself_is_frozen_with_its_review(cast: Cast, field: str) -> None:
    claim = published_claim(cast)
    submit(review=begin_correction(claim, cast), by=cast.contributor, now=NOW)
    value = {"kind": "retraction", "digests": {}}.get(field, "Another.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimReview.objects.filter(claim=claim, state="in_review").update(**{field: value})


def test_drafts_of_other_claims_leave_no_trace_in_the_dossier(cast: Cast) -> None:
    dossier = DossierFactory.create()
    secret = PersonFactory.create(slug="secret-person")
    draft = draft_claim(by=cast.contributor, dossier=dossier, number=2, person=secret)
    respond({draft: Coverage.PARTLY}, by=cast.contributor, dossier=dossier, speaker=secret)
    published_claim(cast, dossier=dossier, number=1)
    assert not Edition.objects.filter(slug="secret-person").exists()
    assert not EditionText.objects.filter(body__contains="secret-person").exists()


def test_users_who_decided_are_never_deleted(cast: Cast) -> None:
    published_claim(cast)
    with pytest.raises(IntegrityError):
        User.objects.filter(username="reviewer").delete()


def test_items_stand_once_in_a_collection_from_the_newest_edition(cast: Cast) -> None:
    dossier = DossierFactory.create()
    one = draft_claim(by=cast.contributor, dossier=dossier, number=1)
    two = draft_claim(by=cast.contributor, dossier=dossier, number=2)
    response = respond({one: Coverage.PARTLY, two: Coverage.NOT_MENTIONED}, by=cast.contributor, dossier=dossier)
    publish_claim(one, cast)
    publish_claim(two, cast)
    responses = PublishedItem.objects.live().filter(kind=ItemKind.RESPONSE)
    assert responses.count() == 2
    assert responses.once().get().public_id == response.public_id
    assert responses.naming(dossier.public_id).count() == 2
    assert {status.slug: status.statements_code for status in PublicStatus.objects.all()} == {
        one.slug: "partly",
        two.slug: "not_mentioned",
    }


def test_describing_a_revision_changes_what_is_published(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    describe_revision(
        claim=claim,
        kind=EditionKind.INITIAL,
        rating=Rating.MOSTLY_FALSE,
        reasons=("The accounts say otherwise.", "บัญชีระบุต่างไป"),
        by=cast.contributor,
        now=NOW,
    )
    publish_claim(claim, cast)
    status = json.loads(PublicStatus.objects.get().body)
    assert status["rating"] == {
        "code": "mostly_false",
        "label": {"en": "Mostly false", "th": "ไม่จริงเป็นส่วนใหญ่"},
        "value": 2,
        "best": 5,
        "worst": 1,
    }
