"""From an answer of the web to rows: what one look changes, and what it must not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.models.flag import Flag
from claims.models.snapshot import Snapshot
from claims.models.source import SourceCheck
from claims.sources import bodies
from claims.vocabulary import FlagCode, Outcome, QuoteState, SourceHealth
from ledger.models import Entry
from tests.claims.sources.conftest import ARTICLE, TEXT, Watch, Web, answer, page
from tests.factories.claims import NOW, cite

Hours = Callable[[float], datetime]


def test_the_first_look_accepts_the_page_and_keeps_its_body(watch: Watch, media: Path) -> None:
    [seen] = watch.look(NOW)
    assert seen.outcome is Outcome.OK
    assert watch.citation.quote_state == QuoteState.INTACT
    assert watch.source.health == SourceHealth.OK
    assert (watch.source.lease_token, watch.source.lease_until, watch.source.attempts) == (None, None, 0)
    kept = watch.source.accepted_snapshot
    assert kept is not None
    assert bodies.read(kept.storage_name) == ARTICLE.encode()
    check = SourceCheck.objects.get()
    assert check.snapshot == kept
    assert check.quotes == [
        {"citation": str(watch.citation.public_id), "state": "intact", "found": "", "similarity": 100}
    ]
    assert check.url_chain == [[watch.source.url, 200]]


def test_an_equal_look_extends_the_row_and_stores_nothing(watch: Watch, hours: Hours) -> None:
    watch.look(NOW)
    watch.look(hours(30))
    check = SourceCheck.objects.get()
    assert (check.times_seen, check.checked_at, check.last_seen_at) == (2, NOW, hours(30))
    assert Snapshot.objects.count() == 1
    assert watch.source.quiet == 2


def test_noise_outside_the_article_is_no_new_observation(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(NOW)
    web.says = lambda request: answer(
        request.url, ARTICLE.replace("</body>", "<aside>12 others read this</aside></body>")
    )
    [seen] = watch.look(hours(30))
    assert seen.outcome is Outcome.OK
    assert SourceCheck.objects.get().times_seen == 2


def test_an_edited_quote_is_flagged_at_once_with_what_stands_there(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(NOW)
    web.shows(*(text.replace("336", "366") for text in TEXT))
    [seen] = watch.look(hours(30))
    assert seen.outcome is Outcome.QUOTE_MISSING
    assert watch.citation.quote_state == QuoteState.EDITED
    assert "366 million" in watch.citation.quote_found
    flag = Flag.objects.get()
    assert (flag.code, flag.citation, flag.claim) == (FlagCode.QUOTE_EDITED, watch.citation, watch.citation.claim)
    assert "366 million" in flag.detail["found"]
    assert not Entry.objects.filter(verb="source.lost").exists()


def test_a_flag_that_a_person_closed_is_not_raised_again_for_the_same_words(
    watch: Watch, web: Web, hours: Hours
) -> None:
    watch.look(NOW)
    web.shows(*(text.replace("336", "366") for text in TEXT))
    watch.look(hours(30))
    Flag.objects.update(closed_at=hours(31))
    watch.look(hours(60))
    assert not Flag.objects.open().exists()


def test_a_missing_quote_is_lost_only_when_a_later_look_agrees(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(NOW)
    web.shows(TEXT[0], TEXT[2])
    watch.look(hours(30))
    assert watch.citation.quote_state == QuoteState.INTACT
    assert watch.source.next_check_at == hours(30.5)
    assert not Flag.objects.exists()
    watch.look(hours(30.25))
    assert watch.citation.quote_state == QuoteState.INTACT, "too early to count as a second look"
    watch.look(hours(30.5))
    assert watch.citation.quote_state == QuoteState.LOST
    assert Flag.objects.get().code == FlagCode.QUOTE_LOST
    entry = Entry.objects.get(verb="source.lost")
    assert entry.subject_id == str(watch.source.public_id)
    watch.look(hours(80))
    assert Entry.objects.filter(verb="source.lost").count() == 1, "a known loss is recorded once"


def test_a_loss_on_an_ever_changing_page_needs_a_third_look(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(NOW)
    for number, expected in enumerate([QuoteState.INTACT, QuoteState.INTACT, QuoteState.LOST]):
        web.shows(TEXT[0], f"Visitor poem number {number} reads quite unlike the others.", TEXT[2])
        watch.look(hours(30 + number))
        assert watch.citation.quote_state == expected


def test_a_quote_that_comes_back_before_the_second_look_was_never_lost(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(NOW)
    web.shows(TEXT[0], TEXT[2])
    watch.look(hours(30))
    web.shows(*TEXT)
    watch.look(hours(30.5))
    assert watch.citation.quote_state == QuoteState.INTACT
    assert not Flag.objects.exists()


def test_in_development_the_second_fetch_follows_at_once(watch: Watch, web: Web, hours: Hours) -> None:
    watch.confirm = timedelta(0)
    watch.look(NOW)
    web.shows(TEXT[0], TEXT[2])
    web.asked.clear()
    watch.look(hours(1))
    assert len(web.asked) == 2
    assert watch.citation.quote_state == QuoteState.LOST


def test_a_quote_found_again_closes_its_flag(watch: Watch, web: Web, hours: Hours) -> None:
    watch.confirm = timedelta(0)
    web.shows(TEXT[0], TEXT[2])
    watch.look(NOW)
    assert Flag.objects.open().count() == 1
    web.shows(*TEXT)
    watch.look(hours(30))
    assert watch.citation.quote_state == QuoteState.INTACT
    assert not Flag.objects.open().exists()


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [("dns_error", "name_unknown"), ("unavailable", "connection_refused"), ("timeout", "slow_body")],
)
def test_a_failed_fetch_says_nothing_about_the_quote(
    watch: Watch, web: Web, hours: Hours, outcome: str, reason: str
) -> None:
    watch.look(NOW)
    web.fails(outcome, reason)
    watch.look(hours(30))
    assert watch.source.last_outcome == outcome
    assert watch.source.health == SourceHealth.SUSPECT
    assert watch.source.failing_since == hours(30)
    assert watch.citation.quote_state == QuoteState.INTACT
    assert watch.source.last_final_url == watch.source.url
    assert not Flag.objects.exists()


def test_failures_are_retried_on_a_ladder_and_one_good_look_heals(watch: Watch, web: Web, hours: Hours) -> None:
    web.fails("unavailable", "connection_refused")
    waits = []
    for number in range(6):
        watch.look(hours(number))
        assert watch.source.next_check_at is not None
        waits.append((watch.source.next_check_at - hours(number)).total_seconds() / 3_600)
    for wait, step in zip(waits, [0.25, 2, 12, 24, 72, 72], strict=True):
        assert step * 0.85 <= wait <= step * 1.15
    web.shows(*TEXT)
    watch.look(hours(7))
    assert (watch.source.health, watch.source.failures, watch.source.failing_since) == (SourceHealth.OK, 0, None)


def test_a_page_that_stays_gone_breaks_the_source_and_recovery_closes_the_flag(
    watch: Watch, web: Web, hours: Hours
) -> None:
    watch.look(NOW)
    web.says = lambda request: answer(request.url, page("Nothing here."), status=404)
    watch.look(hours(10))
    watch.look(hours(20))
    assert watch.source.health == SourceHealth.SUSPECT, "ten hours apart is not a day"
    watch.look(hours(35))
    assert watch.source.health == SourceHealth.BROKEN
    assert Flag.objects.open().get().code == FlagCode.SOURCE_BROKEN
    assert watch.citation.quote_state == QuoteState.INTACT
    web.shows(*TEXT)
    watch.look(hours(40))
    assert watch.source.health == SourceHealth.OK
    assert not Flag.objects.open().exists()


def test_a_correction_beside_the_quote_keeps_the_old_baseline(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(NOW)
    accepted = watch.source.accepted_snapshot_id
    web.shows(*TEXT, "Correction: an earlier version gave another name for the auditor.")
    [seen] = watch.look(hours(30))
    assert (seen.outcome, seen.detail, seen.alert) == (Outcome.CHANGED, "correction_named", True)
    assert watch.source.accepted_snapshot_id == accepted
    [again] = watch.look(hours(60))
    assert (again.outcome, again.is_new) == (Outcome.CHANGED, False)


def test_a_quiet_change_moves_the_baseline(watch: Watch, web: Web, hours: Hours) -> None:
    far = [f"Paragraph {name} is about something else entirely." for name in ("one", "two", "three", "four")]
    web.shows(*TEXT, *far)
    watch.look(NOW)
    accepted = watch.source.accepted_snapshot_id
    web.shows(*TEXT, *far, "And one more sentence stands at the very end.")
    [seen] = watch.look(hours(30))
    assert (seen.outcome, seen.detail, seen.alert) == (Outcome.CHANGED, "text_changed", False)
    assert watch.source.accepted_snapshot_id != accepted
    [again] = watch.look(hours(60))
    assert again.outcome is Outcome.OK


def test_validators_are_sent_while_all_is_settled_and_left_out_for_a_new_quote(
    watch: Watch, web: Web, hours: Hours
) -> None:
    web.says = lambda request: answer(
        request.url, headers={"etag": '"v1"', "last-modified": "Mon, 06 Jan 2025 08:00:00 GMT"}
    )
    watch.look(NOW)
    web.says = lambda request: answer(request.url, "", status=304)
    [seen] = watch.look(hours(30))
    assert web.asked[-1].etag == '"v1"'
    assert seen.outcome is Outcome.OK
    claim = watch.citation.claim
    assert claim is not None
    cite(
        claim,
        by=User.objects.get(username="watcher"),
        source=watch.source,
        quote="spoke for three hours about the budget",
    )
    web.says = lambda request: answer(request.url)
    watch.look(hours(60))
    assert (web.asked[-1].etag, web.asked[-1].last_modified) == ("", "")
    assert set(watch.source.citations.values_list("quote_state", flat=True)) == {"intact"}


def test_one_look_in_ten_asks_for_the_whole_page(watch: Watch, web: Web, hours: Hours) -> None:
    web.says = lambda request: answer(request.url, headers={"etag": '"v1"'})
    for number in range(11):
        watch.look(hours(number))
    with_validators = [bool(request.etag) for request in web.asked]
    assert with_validators == [False, *[True] * 8, False, True]


def test_a_page_that_moved_back_is_looked_for_at_its_former_address(watch: Watch, web: Web, hours: Hours) -> None:
    home = "https://news.example.org/archive/story"
    web.says = lambda request: answer(request.url, final_url=home)
    watch.look(NOW)
    assert watch.source.last_outcome == Outcome.REDIRECTED
    other = page("Another story altogether, about the weather of the coming days.")
    web.says = lambda request: answer(request.url, ARTICLE if request.url == home else other)
    [seen] = watch.look(hours(30))
    assert seen.outcome is Outcome.REDIRECTED
    assert watch.citation.quote_state == QuoteState.INTACT
