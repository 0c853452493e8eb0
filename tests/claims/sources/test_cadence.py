"""When to look again, and when a bad look becomes a state."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.sources.cadence import after_failure, jittered, next_interval
from claims.sources.health import THRESHOLDS, Look, health_after
from claims.vocabulary import Outcome, SourceHealth

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_a_quiet_source_is_looked_at_ever_less_up_to_a_month() -> None:
    interval, seen = DAY, []
    for _ in range(12):
        interval = next_interval(interval, has_changed=False)
        seen.append(interval)
    assert seen[:3] == [1.5 * DAY, 2.25 * DAY, 3.375 * DAY]
    assert seen[-1] == 30 * DAY


def test_a_change_brings_the_next_look_near_but_not_nearer_than_six_hours() -> None:
    assert next_interval(8 * DAY, has_changed=True) == 2 * DAY
    assert next_interval(HOUR, has_changed=True) == 6 * HOUR


def test_fresh_claims_have_their_sources_looked_at_every_three_days() -> None:
    assert next_interval(20 * DAY, has_changed=False, is_fresh=True) == 3 * DAY


def test_failures_climb_a_ladder_and_stay_on_its_last_step() -> None:
    steps = [after_failure(number) for number in range(1, 8)]
    assert steps == [timedelta(minutes=15), 2 * HOUR, 12 * HOUR, DAY, 3 * DAY, 3 * DAY, 3 * DAY]


@given(st.uuids())
def test_jitter_is_small_and_always_the_same_for_one_source(key: object) -> None:
    one = jittered(DAY, str(key))
    assert 0.85 * DAY <= one <= 1.15 * DAY
    assert jittered(DAY, str(key)) == one


def test_jitter_spreads_a_crowd() -> None:
    waits = {round(jittered(DAY, str(number)).total_seconds()) for number in range(500)}
    assert len(waits) > 480


def bad(outcome: Outcome, *hours: float, status: int | None = None) -> list[Look]:
    """Looks that ended in `outcome`, newest first, so many hours ago."""
    return [Look(outcome, NOW - number * HOUR, NOW - number * HOUR, 1, status) for number in hours]


@pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.REDIRECTED, Outcome.CHANGED, Outcome.QUOTE_MISSING])
def test_one_good_look_heals_whatever_was_before(outcome: Outcome) -> None:
    looks = [Look(outcome, NOW, NOW), *bad(Outcome.GONE, 24, 48, 72)]
    assert health_after(looks, SourceHealth.BROKEN) is SourceHealth.OK


@pytest.mark.parametrize("outcome", [o for o in Outcome if o not in {"ok", "redirected", "changed", "quote_missing"}])
def test_the_first_bad_look_is_only_suspect(outcome: Outcome) -> None:
    assert health_after(bad(outcome, 0), SourceHealth.OK) is SourceHealth.SUSPECT


@pytest.mark.parametrize(
    ("outcome", "looks", "hours"),
    [
        (Outcome.GONE, 2, 24), (Outcome.SOFT_404, 2, 24), (Outcome.DNS_ERROR, 3, 48), (Outcome.TLS_ERROR, 3, 48),
        (Outcome.TIMEOUT, 4, 72), (Outcome.UNAVAILABLE, 4, 72),
    ],
)  # fmt: skip
def test_a_source_breaks_after_enough_looks_far_enough_apart(outcome: Outcome, looks: int, hours: int) -> None:
    assert set(THRESHOLDS) == {"gone", "soft_404", "dns_error", "tls_error", "timeout", "unavailable"}
    spread = [hours * number / (looks - 1) for number in range(looks)]
    assert health_after(bad(outcome, *spread), SourceHealth.SUSPECT) is SourceHealth.BROKEN
    assert health_after(bad(outcome, *spread[:-1]), SourceHealth.SUSPECT) is SourceHealth.SUSPECT
    near = [number * 0.9 for number in spread]
    assert health_after(bad(outcome, *near), SourceHealth.SUSPECT) is SourceHealth.SUSPECT


def test_a_page_gone_for_good_breaks_sooner() -> None:
    assert health_after(bad(Outcome.GONE, 0, 6, status=410), SourceHealth.SUSPECT) is SourceHealth.BROKEN
    assert health_after(bad(Outcome.GONE, 0, 6, status=404), SourceHealth.SUSPECT) is SourceHealth.SUSPECT


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.REFUSED, Outcome.TOO_LARGE, Outcome.UNSUPPORTED])
def test_what_may_be_our_own_fault_never_breaks_a_source(outcome: Outcome) -> None:
    assert health_after(bad(outcome, 0, 100, 200, 300, 400, 500), SourceHealth.SUSPECT) is SourceHealth.SUSPECT


def test_bad_looks_of_another_kind_do_not_add_up() -> None:
    looks = [*bad(Outcome.GONE, 0), *bad(Outcome.TIMEOUT, 24), *bad(Outcome.GONE, 48)]
    assert health_after(looks, SourceHealth.SUSPECT) is SourceHealth.SUSPECT


def test_a_run_of_equal_looks_kept_in_one_row_counts_in_full() -> None:
    looks = [*bad(Outcome.DNS_ERROR, 0), Look(Outcome.DNS_ERROR, NOW - 60 * HOUR, NOW - HOUR, times=5)]
    assert health_after(looks, SourceHealth.SUSPECT) is SourceHealth.BROKEN


def test_a_broken_source_stays_broken_until_a_good_look() -> None:
    assert health_after(bad(Outcome.TIMEOUT, 0), SourceHealth.BROKEN) is SourceHealth.BROKEN
