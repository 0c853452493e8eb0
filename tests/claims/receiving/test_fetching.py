"""A page that somebody took in is fetched outside any transaction; every failure says why, in both languages."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from claims.models.intake_text import IntakeText
from claims.outbound.policy import Policy
from claims.outbound.results import FetchFailure, Postponed, Request, Result
from claims.receiving.fetching import LEASE, MOST_ATTEMPTS, Page, bury, fetch_due, lease, store
from claims.receiving.texts import discard, receive_url
from claims.vocabulary import IntakeState, Outcome
from tests.claims.sources.conftest import Web, answer
from tests.factories.cast import Cast, make_cast
from tests.factories.claims import NOW

URL = "https://news.example.org/story"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def text(cast: Cast) -> IntakeText:
    return receive_url(url=URL, policy=Policy(), by=cast.contributor, now=NOW)


@pytest.fixture
def web() -> Web:
    return Web()


def _fetch(text: IntakeText, web: Web, now: datetime = NOW) -> IntakeText:
    fetch_due(fetcher=web.open, now=now)
    text.refresh_from_db()
    return text


def test_a_page_is_read_into_its_title_and_text(text: IntakeText, web: Web) -> None:
    _fetch(text, web)
    assert (text.state, text.title, text.lang, text.fetch_due_at) == (IntakeState.READ, "Board meets", "en", None)
    assert "set aside 336 million" in text.text
    assert (text.lease_token, text.failure) == (None, {})


def test_what_is_read_is_not_fetched_again(text: IntakeText, web: Web) -> None:
    _fetch(text, web)
    _fetch(text, web, NOW + timedelta(days=2))
    assert len(web.asked) == 1


def test_the_network_is_asked_outside_any_transaction(committed_db: str, web: Web) -> None:
    text = receive_url(url=URL, policy=Policy(), by=make_cast().contributor, now=NOW)
    inside: list[bool] = []

    def says(request: Request) -> Result:
        inside.append(connection.in_atomic_block)
        return answer(request.url)

    web.says = says
    assert _fetch(text, web).state == IntakeState.READ
    assert inside == [False]


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, Outcome.GONE), (410, Outcome.GONE), (403, Outcome.BLOCKED), (451, Outcome.BLOCKED)]
)
def test_an_answer_that_will_stay_so_ends_it_at_once(text: IntakeText, web: Web, status: int, outcome: Outcome) -> None:
    web.says = lambda request: answer(request.url, status=status)
    _fetch(text, web)
    assert (text.state, text.failure["outcome"], text.fetch_due_at) == (IntakeState.FAILED, outcome.value, None)
    assert text.failure["en"].startswith(str(outcome.label))
    assert text.failure["th"].startswith(outcome.th)


def test_a_refused_address_says_why_in_both_languages(text: IntakeText, web: Web) -> None:
    web.says = lambda request: FetchFailure(request.url, "refused", "private_network", permanent=True)
    _fetch(text, web)
    assert text.failure == {
        "outcome": "refused",
        "en": "Address not allowed: The address is in a private network.",
        "th": "ที่อยู่นี้ระบบไม่อนุญาต: ที่อยู่นี้อยู่ในเครือข่ายส่วนตัว",
    }


def test_a_page_without_text_is_no_text(text: IntakeText, web: Web) -> None:
    web.says = lambda request: answer(request.url, "<html><body><img src=x></body></html>")
    assert _fetch(text, web).state == IntakeState.FAILED
    assert text.text == ""


def test_a_page_that_wants_a_human_is_no_text(text: IntakeText, web: Web) -> None:
    web.shows("Checking your browser before accessing the site.", title="Just a moment...")
    _fetch(text, web)
    assert (text.state, text.failure["outcome"]) == (IntakeState.FAILED, "blocked")


def test_a_page_that_is_too_long_says_so(text: IntakeText, web: Web) -> None:
    web.shows(*(f"The office spent {number} million baht on things of all kinds." for number in range(1_200)))
    _fetch(text, web)
    assert (text.state, text.failure["outcome"]) == (IntakeState.FAILED, "too_large")
    assert "paste the part" in text.failure["en"]
    assert "โปรดวางเฉพาะส่วน" in text.failure["th"]


def test_what_may_pass_is_tried_five_times_and_then_given_up(text: IntakeText, web: Web) -> None:
    web.fails("timeout", "slow_body")
    now, waits = NOW, []
    while _fetch(text, web, now).state == IntakeState.WAITING:
        assert text.failure["outcome"] == "timeout"
        assert text.fetch_due_at is not None
        waits.append(text.fetch_due_at - now)
        now = text.fetch_due_at
    assert waits == [MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE]
    assert (len(web.asked), text.state, text.fetch_due_at) == (MOST_ATTEMPTS, IntakeState.FAILED, None)


def test_a_page_that_answers_at_the_second_try_is_read(text: IntakeText, web: Web) -> None:
    web.fails("timeout", "slow_body")
    _fetch(text, web)
    web.says = lambda request: answer(request.url)
    assert _fetch(text, web, NOW + MINUTE).state == IntakeState.READ


def test_a_pause_that_a_host_asks_for_is_no_attempt(text: IntakeText, web: Web) -> None:
    web.says = lambda request: Postponed(request.url, 90)
    _fetch(text, web)
    assert (text.attempts, text.fetch_due_at) == (0, NOW + timedelta(seconds=90))
    _fetch(text, web, NOW + timedelta(days=1, minutes=1))
    assert (text.state, text.failure["outcome"]) == (IntakeState.FAILED, "unavailable")


def test_a_fault_of_ours_on_one_page_leaves_the_others_be(cast: Cast, text: IntakeText, web: Web) -> None:
    other = receive_url(url="https://news.example.org/other", policy=Policy(), by=cast.contributor, now=NOW)

    def says(request: Request) -> Result:
        if request.url == URL:
            raise RuntimeError("a fault of ours")
        return answer(request.url)

    web.says = says
    assert _fetch(text, web).state == IntakeState.WAITING
    other.refresh_from_db()
    assert other.state == IntakeState.READ


def test_a_leased_text_is_nobody_elses_until_the_lease_is_over(text: IntakeText) -> None:
    _, first = lease(now=NOW)
    _, second = lease(now=NOW + MINUTE)
    _, third = lease(now=NOW + LEASE)
    assert [len(first), len(second), len(third)] == [1, 0, 1]


def test_a_worker_whose_lease_is_over_stores_nothing(text: IntakeText) -> None:
    token, [mine] = lease(now=NOW)
    lease(now=NOW + LEASE)
    store(mine, Page("Late", "Words that come too late."), token=token, now=NOW + LEASE)
    text.refresh_from_db()
    assert (text.state, text.text) == (IntakeState.WAITING, "")


def test_what_is_put_aside_meanwhile_stays_so(cast: Cast, text: IntakeText, web: Web) -> None:
    token, [leased] = lease(now=NOW)
    discard(text=text, reason="Not for us.", by=cast.contributor, now=NOW)
    assert IntakeText.objects.filter(pk=leased.pk, lease_token=token).count() == 0
    assert _fetch(text, web, NOW + LEASE).state == IntakeState.DONE
    assert web.asked == []


def test_five_leases_that_came_to_nothing_are_given_up(text: IntakeText) -> None:
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        assert bury(now=now) == 0
        assert len(lease(now=now)[1]) == 1
        now += LEASE
    assert lease(now=now)[1] == []
    assert bury(now=now) == 1
    text.refresh_from_db()
    assert (text.state, text.failure["en"]) == (
        IntakeState.FAILED, "Site out of order: Our own checker failed on this page.",
    )  # fmt: skip
