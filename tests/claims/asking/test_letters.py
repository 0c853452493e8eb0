"""Letters that are not delivered yet: their numbers, their text and who may change it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from claims.asking.letters import LetterRefused, Wording, prepare_letter, revise_letter, state_of
from claims.asking.page import compose
from claims.asking.sending import queue_letter
from claims.asking.words import LetterState
from claims.authorship import Conflicted
from claims.models.asking import RequestLetter
from claims.models.interest import Interest
from claims.models.people import Person
from claims.vocabulary import Channel, InterestKind, Language
from ledger.models import Entry
from tests.claims.asking.letters import NOW, make_claim, make_letter, make_office
from tests.factories.cast import Cast, make_cast

DAY = NOW.date()


def wording(letter: RequestLetter, **changes: object) -> Wording:
    fields = ("to_name", "to_address", "subject", "body", "working_days")
    return Wording(**({name: getattr(letter, name) for name in fields} | changes))


def test_numbers_run_in_the_year_of_bangkok(cast: Cast) -> None:
    first, second = make_letter(cast), make_letter(cast)
    last_hour = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    assert [first.number, second.number] == ["TR 2026/0001", "TR 2026/0002"]
    assert make_letter(cast, now=last_hour).number == "TR 2026/0003"
    assert make_letter(cast, now=last_hour.replace(hour=17, minute=0)).number == "TR 2027/0001"


def test_a_number_that_was_not_committed_is_given_again(cast: Cast) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        make_letter(cast)
        raise RuntimeError
    assert make_letter(cast).serial == 1


@pytest.mark.usefixtures("committed_db")
def test_eight_people_at_once_leave_no_gap_and_no_number_twice() -> None:
    cast = make_cast()
    claim, office = make_claim(cast), make_office()
    start = threading.Barrier(8)
    failures: list[Exception] = []

    def work() -> None:
        try:
            start.wait()
            for _ in range(3):
                prepare_letter(claim=claim, office=office, lang=Language.EN, by=cast.contributor, now=NOW)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(RequestLetter.objects.values_list("serial", flat=True)) == list(range(1, 25))


def test_an_english_letter_says_everything_that_an_office_must_know(cast: Cast) -> None:
    letter = make_letter(cast, office=make_office(postal_address="88/28 Tivanon Road\nNonthaburi 11000"))
    text = compose(letter, now_on=DAY, link="https://tamroi.example/en/reply/secret/").text
    claim = letter.claim
    for part in (
        "Our reference: TR 2026/0001", "24 November 2026", "To: Secretary-General", "88/28 Tivanon Road",
        claim.heading_en, claim.summary_en, "1. “Part 1”", "Is this figure correct", "2. “Part 2”", "as a rumour",
        "https://tamroi.example/en/reply/secret/", "within 15 working days", "that is 17 December 2026",
        "until 15 February 2027", "An acknowledgement is welcome. It is not an answer", "Yours faithfully,",
    ):  # fmt: skip
        assert part in text, part
    assert "{" not in text


def test_a_thai_letter_keeps_the_form_of_one_and_the_years_of_the_buddhist_era(cast: Cast) -> None:
    text = compose(make_letter(cast, lang=Language.TH), now_on=DAY, link="https://x/").text
    for part in (
        "ที่ TR 2569/0001", "24 พฤศจิกายน 2569", "เรื่อง ขอความอนุเคราะห์ชี้แจงข้อเท็จจริง",
        "เรียน เลขาธิการสำนักงานประกันสังคม", "15 วันทำการ", "17 ธันวาคม 2569", "จึงเรียนมาเพื่อโปรดพิจารณา", "ขอแสดงความนับถือ",
        "ส่วน 1", "ตามรอยยังไม่พบหลักฐาน",
    ):  # fmt: skip
        assert part in text, part
    assert text.index("เรื่อง ") < text.index("เรียน ")
    assert "2026" not in text


def test_a_letter_to_be_handed_over_keeps_the_date_under_which_it_was_written(cast: Cast) -> None:
    letter = make_letter(cast, channel=Channel.LETTER)
    later = datetime(2026, 12, 1, tzinfo=UTC).date()
    assert compose(letter, now_on=later) == compose(letter, now_on=DAY)
    letter.channel = Channel.EMAIL
    assert compose(letter, now_on=later).day == "1 December 2026"


def test_a_long_heading_is_cut_in_the_subject_and_shows_it(cast: Cast) -> None:
    claim = make_claim(cast)
    claim.heading_en = "word " * 60
    letter = make_letter(cast, claim=claim)
    assert len(letter.subject) <= 300
    assert letter.subject.endswith("…")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"body": "No link."}, "Put {link}"),
        ({"body": "{link} {link}"}, "once"),
        ({"body": "{link} {name}"}, "{name} is none of the marks"),
        ({"body": "{link} \u202e"}, "direction-changing"),
        ({"subject": "a\nb"}, "one line"),
        ({"subject": ""}, "subject"),
        ({"working_days": 0}, "days"),
        ({"to_address": "nobody"}, "to_address"),
    ],
)
def test_a_draft_refuses_what_would_make_it_useless(cast: Cast, changes: dict[str, object], why: str) -> None:
    letter = make_letter(cast)
    with pytest.raises(LetterRefused, match=why):
        revise_letter(letter=letter, to=wording(letter, **changes), by=cast.reviewer, now=NOW)


def test_a_draft_can_be_rewritten_and_a_queued_letter_cannot(cast: Cast) -> None:
    letter = make_letter(cast)
    letter = revise_letter(letter=letter, to=wording(letter, subject="Another"), by=cast.reviewer, now=NOW)
    assert letter.subject == "Another"
    queued = queue_letter(letter=letter, by=cast.reviewer, now=NOW)
    assert state_of(queued) is LetterState.QUEUED
    with pytest.raises(LetterRefused, match="to be sent"):
        revise_letter(letter=letter, to=wording(letter, subject="Third"), by=cast.reviewer, now=NOW)


def test_a_claim_without_assertions_has_nothing_to_ask_about(cast: Cast) -> None:
    claim = make_claim(cast)
    claim.assertions.all().delete()
    with pytest.raises(LetterRefused, match="nothing to ask"):
        make_letter(cast, claim=claim)


def test_somebody_with_a_declared_interest_writes_no_letter(cast: Cast) -> None:
    claim = make_claim(cast)
    Interest.objects.create(
        user=cast.contributor, person=Person.objects.get(claimed__claim=claim), kind=InterestKind.FAMILY,
        declared_by=cast.contributor, declared_at=NOW,
    )  # fmt: skip
    with pytest.raises(Conflicted):
        make_letter(cast, claim=claim)


def test_the_ledger_knows_the_number_and_no_word_of_it(cast: Cast) -> None:
    letter = make_letter(cast)
    entry = Entry.objects.order_by("-index")[0]
    assert (entry.verb, entry.subject_id) == ("letter.prepared", str(letter.public_id))
    assert entry.content.content == {"letter": "TR 2026/0001", "user": str(cast.contributor.pk)}
