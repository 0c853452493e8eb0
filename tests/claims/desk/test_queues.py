"""Every queue holds what waits for the person and nothing else, and all are read with one query."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User

from budgets.vocabulary import ImportState
from claims.desk.queue import Queue
from claims.desk.reading import BY_CODE, KINDS, claims_waiting, read_desk, viewer_of
from claims.flags import open_flag
from claims.intake import register_claim
from claims.models.asking import ReceivedReply, ReplyLink, RequestLetter
from claims.models.claim import Claim
from claims.models.desk import Alert
from claims.models.evidence import EvidenceDocument
from claims.models.hiding import Hiding
from claims.models.incident import HostIncident
from claims.models.intake_text import IntakeText
from claims.models.interest import Interest
from claims.models.public_status import PublicStatus
from claims.models.response import ResponseRequest
from claims.models.review import ClaimReview
from claims.models.source import Source
from claims.review.rating import rate
from claims.review.routing import assign, hold, start, triage
from claims.review.transitions import BY_VERB, Role
from claims.review.verbs import approve, describe_revision, submit
from claims.vocabulary import EditionKind, FlagCode, Outcome, Rating, ReviewState, SourceHealth, Tier
from tests.factories.budgets import make_import
from tests.factories.cast import Cast, member
from tests.factories.claims import NOW, begin_correction, draft_claim, open_review, published_claim
from tests.factories.nouns import AgencyFactory, OfficeFactory

DAY = timedelta(days=1)


def desk(user: User, *, now: Any = NOW) -> dict[str, Queue]:
    """A person's queues by code; read afresh, for permissions are cached on the object."""
    fresh = User.objects.get(pk=user.pk)
    roles = frozenset(fresh.groups.values_list("name", flat=True))
    return {queue.kind.code: queue for queue in read_desk(fresh, roles, now=now)}


def counts(user: User, *, now: Any = NOW) -> dict[str, int]:
    """How much waits where anything does."""
    return {code: queue.count for code, queue in desk(user, now=now).items() if queue.count}


def taken_in(cast: Cast) -> ClaimReview:
    """A claim that was picked from a text."""
    number = Claim.objects.count() + 1
    texts = {f"{name}_{lang}": "Something" for name in ("heading", "summary") for lang in ("en", "th")}
    claim = register_claim(
        claim=Claim(slug=f"taken-in-{number}", **texts), first=ReviewState.INTAKE, by=cast.contributor, now=NOW
    )
    return open_review(claim)


def triaged(cast: Cast) -> ClaimReview:
    return triage(review=taken_in(cast), by=cast.reviewer, now=NOW)


def submitted(cast: Cast, *, rating: Rating = Rating.NOT_YET_RATED) -> ClaimReview:
    claim = draft_claim(by=cast.contributor, considered_en="Both sides.", considered_th="สองด้าน")
    if rating.is_rated:
        Source.objects.update(tier=Tier.PRIMARY)
        describe_revision(
            claim=claim, kind=EditionKind.INITIAL, rating=rating, reasons=("Why", "เหตุ"), by=cast.contributor, now=NOW
        )
    return submit(review=open_review(claim), by=cast.contributor, now=NOW)


def test_work_that_comes_in_goes_from_queue_to_queue(cast: Cast) -> None:
    review = taken_in(cast)
    assert counts(cast.reviewer) == counts(cast.editor) == {"taken_in": 1}
    assert counts(cast.contributor) == {}  # who only drafts takes nothing on
    review = triage(review=review, by=cast.reviewer, now=NOW)
    assert counts(cast.contributor) == counts(cast.reviewer) == {"to_assign": 1}
    review = assign(review=review, to=cast.contributor, by=cast.reviewer, now=NOW)
    assert counts(cast.contributor) == {"assigned_to_me": 1}
    assert counts(cast.reviewer) == {}
    review = start(review=review, by=cast.contributor, now=NOW)
    assert counts(cast.contributor) == {"my_drafts": 1}
    hold(review=review, until=NOW.date() + 3 * DAY, reason="Waits", by=cast.contributor, now=NOW)
    assert counts(cast.contributor, now=NOW + 2 * DAY) == {}
    assert counts(cast.contributor, now=NOW + 3 * DAY) == counts(cast.editor, now=NOW + 3 * DAY) == {"holds_ended": 1}


def test_a_draft_is_whose_it_was_given_and_else_whose_words_it_holds(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    assert counts(cast.contributor) == {"my_drafts": 1}
    assign(review=open_review(claim), to=cast.reviewer, by=cast.editor, now=NOW)
    assert counts(cast.contributor) == {}
    assert counts(cast.reviewer) == {"my_drafts": 1}


def test_awaiting_review_leaves_out_what_one_wrote_rated_or_is_tied_to(cast: Cast) -> None:
    others = [member(Role.REVIEWER, name) for name in ("rater", "tied-person", "tied-agency", "tied-party")]
    rater, *tied = others
    review = submitted(cast, rating=Rating.MISLEADING)
    person = review.claim.claimants.get().person
    agency, party = AgencyFactory.create(), AgencyFactory.create()
    review.claim.agencies.add(agency)
    review.claim.claimants.update(party=party)
    ties: list[dict[str, Any]] = [{"person": person}, {"agency": agency}, {"agency": party}]
    for user, tie in zip(tied, ties, strict=True):
        Interest.objects.create(user=user, kind="family", declared_by=user, declared_at=NOW, **tie)
    Interest.objects.create(
        user=rater, person=person, kind="family", declared_by=rater, declared_at=NOW, ended_on=date(2026, 1, 1)
    )
    assert counts(cast.contributor) == {}
    assert counts(cast.reviewer) == counts(rater) == {"to_review": 1}
    assert [counts(user) for user in tied] == [{}, {}, {}]


def test_a_rating_unlike_the_drafts_asks_for_a_third_person(cast: Cast) -> None:
    review = submitted(cast, rating=Rating.MISLEADING)
    rate(review=review, rating=Rating.TRUE, reason="The act says so", by=cast.reviewer, now=NOW)
    assert counts(cast.reviewer) == {}
    assert counts(cast.editor) == {"third_person": 1}


def test_what_is_approved_waits_for_its_embargo_first(cast: Cast) -> None:
    review = approve(review=submitted(cast), by=cast.reviewer, now=NOW)
    assert counts(cast.editor) == {"to_publish": 1}
    ClaimReview.objects.filter(pk=review.pk).update(embargo_until=NOW + DAY)
    assert counts(cast.editor) == {"embargoed": 1}
    assert counts(cast.editor, now=NOW + DAY) == {"to_publish": 1}
    assert counts(cast.reviewer) == {}  # only an editor publishes


def test_after_publication_a_claim_comes_back_for_a_reason(cast: Cast) -> None:
    claim = published_claim(cast, revisit_on=date(2026, 3, 5))
    assert counts(cast.contributor) == {}
    assert counts(cast.contributor, now=NOW + 3 * DAY) == {"revisit": 1}
    assert counts(cast.contributor, now=NOW + 31 * DAY)["search_again"] == 1
    PublicStatus.objects.update(last_searched_on=date(2026, 3, 30))
    assert "search_again" not in counts(cast.contributor, now=NOW + 31 * DAY)
    begin_correction(claim, cast)
    assert counts(cast.editor)["under_revision"] == 1
    assert counts(cast.contributor)["my_drafts"] == 1


def test_what_one_editor_hid_waits_for_another(cast: Cast) -> None:
    claim, other = published_claim(cast), member(Role.EDITOR, "second-editor")
    Hiding.objects.create(claim=claim, reason_en="Wrong person", reason_th="ผิดคน", by=cast.editor, at=NOW)
    assert counts(cast.editor) == {}
    assert counts(other) == {"hidden": 1}
    Hiding.objects.update(confirmed_by=other, confirmed_at=NOW)
    assert counts(other) == {}


def test_replies_due_and_overdue_are_the_clocks(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    office = OfficeFactory.create(title_en="The Minister")
    ResponseRequest.objects.create(
        claim=claim, office=office, asked_on=date(2026, 2, 23), working_days=5, sent_by=cast.editor
    )
    monday = desk(cast.editor)["due"]
    assert (monday.count, monday.lines[0].text, monday.lines[0].note) == (1, claim.heading_en, "The Minister")
    tuesday = desk(cast.editor, now=NOW + DAY)
    assert (tuesday["due"].count, tuesday["overdue"].count) == (0, 1)
    assert tuesday["overdue"].oldest is not None
    assert tuesday["overdue"].oldest.date() in (date(2026, 3, 1), date(2026, 3, 2))


def machines(cast: Cast) -> None:
    """One thing in every queue of what machines saw or failed at."""
    claim = draft_claim(by=cast.contributor)
    source = Source.objects.get()
    incident = HostIncident.objects.create(
        host="news.example.org", outcome=Outcome.DNS_ERROR, failing=6, watched=9, opened_at=NOW, last_seen_at=NOW
    )
    open_flag(code=FlagCode.QUOTE_LOST, now=NOW, claim=claim, citation=claim.citations.get())
    open_flag(code=FlagCode.FINDING_CHANGED, now=NOW, claim=claim)
    open_flag(code=FlagCode.HOST_INCIDENT, now=NOW, incident=incident)
    open_flag(code=FlagCode.SOURCE_BROKEN, now=NOW, claim=claim)
    open_flag(code=FlagCode.SOURCE_BROKEN, now=NOW, source=source, detail={"reason": "checker_failed"})
    Source.objects.update(health=SourceHealth.BROKEN, failing_since=NOW, last_outcome=Outcome.DNS_ERROR)
    EvidenceDocument.objects.create(title_en="Paper", title_th="เอกสาร", sha256="0" * 64, size=4, received_at=NOW)
    made = make_import(cast.contributor, [], state=ImportState.FAILED)
    assert made.state == ImportState.FAILED
    IntakeText.objects.create(url="https://example.org/", state="failed", received_by=cast.editor, received_at=NOW)
    Alert.objects.create(user=cast.editor, kind="digest", key="1", subject="S", text="T", made_at=NOW, state="failed")
    letter(cast, claim, failed_at=NOW)


def letter(cast: Cast, claim: Claim, **fields: Any) -> RequestLetter:
    return RequestLetter.objects.create(
        claim=claim, office=OfficeFactory.create(), year=2026, serial=RequestLetter.objects.count() + 1, lang="en",
        to_name="The Minister", subject="Q", body="Q", prepared_by=cast.editor, prepared_at=NOW, **fields,
    )  # fmt: skip


def received(cast: Cast, claim: Claim) -> ReceivedReply:
    asked = ResponseRequest.objects.create(
        claim=claim, office=OfficeFactory.create(), asked_on=date(2026, 3, 1), sent_by=cast.editor
    )
    link = ReplyLink.objects.create(
        request=asked, token_hash="a" * 64, made_by=cast.editor, made_at=NOW, expires_at=NOW + DAY
    )
    return ReceivedReply.objects.create(
        request=asked, link=link, text="Yes", sender_name="An official", received_at=NOW
    )


def test_what_machines_saw_or_failed_at_stands_in_a_queue_of_its_own(cast: Cast) -> None:
    machines(cast)
    found = desk(cast.editor)
    notes = {code: (queue.count, queue.lines[0].note) for code, queue in found.items() if queue.count}
    seen = {
        "quotes": (1, "A cited quote is no longer found"),
        "findings": (1, "Figures that it rests on changed"),
        "other_flags": (1, "A source is broken"),
        "buried": (1, "A source is broken"),
        "hosts": (1, "Site address not found: 6 of 9"),
        "sources": (1, "Site address not found"),
        "unchecked_files": (1, ""),
    }
    assert seen.items() <= notes.items()
    assert found["files"].count == 1


def test_who_may_not_see_a_model_has_no_queue_of_it(cast: Cast) -> None:
    machines(cast)
    assert "unchecked_files" not in desk(cast.operations)
    assert not {"taken_in", "my_drafts", "to_review"} & (desk(cast.operations).keys() | desk(cast.auditor).keys())
    assert desk(cast.auditor)["quotes"].count == 1


def test_the_oldest_five_are_shown_and_all_are_counted(cast: Cast) -> None:
    for days in range(8):
        draft_claim(by=cast.contributor, now=NOW - days * DAY)
    queue = desk(cast.contributor)["my_drafts"]
    assert (queue.count, len(queue.lines), queue.oldest) == (8, 5, NOW - 7 * DAY)
    assert [line.since for line in queue.lines] == sorted(line.since for line in queue.lines)


def test_a_claim_waits_since_it_came_into_its_state(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW + DAY)
    assert desk(cast.reviewer, now=NOW + 2 * DAY)["to_review"].oldest == NOW + DAY


def test_a_list_of_claims_holds_what_its_queue_counts(cast: Cast) -> None:
    for make in (taken_in, triaged, submitted):
        make(cast)
    mine = draft_claim(by=cast.reviewer)
    roles = frozenset({"reviewer"})
    viewer = viewer_of(cast.reviewer, roles, KINDS, now=NOW)
    for code, count in counts(cast.reviewer).items():
        keys = claims_waiting(code, viewer)
        assert keys is None or Claim.objects.filter(pk__in=keys).count() == count
    drafts = claims_waiting("my_drafts", viewer)
    assert drafts is not None
    assert [row["claim"] for row in drafts] == [mine.pk]


def test_a_queue_that_somebody_has_not_lists_nothing(cast: Cast) -> None:
    viewer = viewer_of(cast.contributor, frozenset({"contributor"}), KINDS, now=NOW)
    assert claims_waiting("to_publish", viewer) is None
    assert claims_waiting("quotes", viewer) is None
    assert claims_waiting("nonsense", viewer) is None


def test_codes_are_said_once_and_buttons_are_moves() -> None:
    assert len(BY_CODE) == len(KINDS)
    assert {verb for kind in KINDS for verb in kind.offers} <= BY_VERB.keys()


def test_a_new_reply_waits_until_somebody_handles_it(cast: Cast) -> None:
    reply = received(cast, draft_claim(by=cast.contributor))
    kind = BY_CODE["received"]
    viewer = viewer_of(cast.editor, frozenset({"editor"}), [kind], now=NOW)
    assert [row.line_note for row in kind.rows(viewer)] == [f"An official, {reply.request.office.title_en}"]
    ReceivedReply.objects.update(handled_at=NOW, handled_by=cast.editor)
    assert not kind.rows(viewer).exists()
