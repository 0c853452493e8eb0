"""The clock in the API: computed for today, explained, and never for a claim whose text is not shown."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from claims.models.public_status import PublicStatus
from claims.publication.status import refresh_all
from claims.responses import note_reply
from claims.vocabulary import PublicState, RequestState
from tests.claims.api.clocks import asked_about
from tests.claims.api.conftest import Api
from tests.claims.api.test_schema import faults
from tests.factories.cast import Cast
from tests.factories.claims import NOW, published_claim
from tests.factories.requests import ask

SLUG = "sso-plus-app"
CLOCK = f"claims/{SLUG}/clock/"


@pytest.mark.usefixtures("first_case")
def test_without_a_request_there_is_no_clock(api: Api) -> None:
    answer = api.read(CLOCK)
    assert answer["requests"] == []
    assert faults("ClockAnswer", answer) == []
    assert api.read(f"claims/{SLUG}/")["links"]["clock"] == answer["links"]["self"]


@pytest.mark.usefixtures("first_case")
def test_a_request_is_counted_and_explained(api: Api) -> None:
    with asked_about(SLUG) as request:
        answer = api.read(CLOCK)
    assert faults("ClockAnswer", answer) == []
    assert answer["today"] == "2026-03-06"
    (clock,) = answer["requests"]
    assert (clock["id"], clock["state"], clock["request"]) == (str(request.public_id), "running", "awaiting")
    assert (clock["working_days"], clock["allowed"], clock["number"], clock["left"], clock["over"]) == (7, 12, 2, 10, 0)
    assert (clock["due_on"], clock["last"], clock["next"]) == ("2026-03-23", "2026-03-23", None)
    assert clock["calendar"]["package"].startswith("holidays ")
    assert [row["day"] for row in clock["calendar"]["rows"]] == ["2026-03-09"]
    kinds = {day["day"]: day["kind"] for day in clock["days"]}
    assert list(kinds.values())[:8] == [
        *("day_zero", "holiday", "counted", "paused", "counted", "weekend", "weekend", "holiday")
    ]
    assert [day["day"] for day in clock["days"] if day["due"]] == ["2026-03-23"]


@pytest.mark.usefixtures("first_case")
def test_an_answer_stops_it(api: Api) -> None:
    with asked_about(SLUG) as request:
        by = request.sent_by
        note_reply(request=request, state=RequestState.ANSWERED, answered_on=date(2026, 3, 6), by=by, now=NOW)
        refresh_all(now=NOW)
        (clock,) = api.read(CLOCK)["requests"]
    assert (clock["state"], clock["stopped_on"], clock["number"], clock["last"]) == (
        *("stopped", "2026-03-06", 2, "2026-03-06"),
    )


@pytest.mark.usefixtures("first_case")
def test_days_of_years_come_window_by_window(api: Api) -> None:
    with asked_about(SLUG), time_machine.travel(datetime.fromisoformat("2027-03-02T12:00:00+07:00"), tick=False):
        found: list[str] = []
        following: str | None = CLOCK
        while following:
            (clock,) = api.read(following.replace("http://127.0.0.1:8000", ""))["requests"]
            assert len(clock["days"]) <= 100
            assert clock["days_before"] == len(found)
            found += [day["day"] for day in clock["days"]]
            following = clock["next"]
    assert (found[0], found[-1], len(found)) == ("2026-03-02", "2027-03-02", 366)
    assert len(set(found)) == 366


@pytest.mark.usefixtures("first_case")
@pytest.mark.parametrize("start", ["", "2026-3-2", "2026-02-30", "x", "20260302"])
def test_what_is_no_day_is_refused(api: Api, start: str) -> None:
    assert api.problem(CLOCK, 400, {"from": start})["errors"][0]["pointer"] == "#/query/from"


@pytest.mark.usefixtures("first_case")
@pytest.mark.parametrize("state", [PublicState.HIDDEN, PublicState.RETRACTED])
def test_of_a_hidden_or_retracted_claim_nothing_is_counted(api: Api, state: PublicState) -> None:
    with asked_about(SLUG):
        PublicStatus.objects.filter(slug=SLUG).update(state=state)
        answer = api.read(CLOCK)
    assert (answer["state"], answer["requests"]) == (state, [])


def test_the_answer_is_another_one_after_midnight_in_bangkok(api: Api, cast: Cast) -> None:
    ask(published_claim(cast, slug="a-claim"), by=cast.reviewer)
    refresh_all(now=NOW)
    midnight = datetime.fromisoformat("2026-03-07T00:00:00+07:00")
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        etag = api.respond("claims/a-claim/clock/")["ETag"]
        assert api.respond("claims/a-claim/clock/", None, **{"If-None-Match": etag}).status_code == 304
    with time_machine.travel(midnight, tick=False):
        assert api.respond("claims/a-claim/clock/", None, **{"If-None-Match": etag}).status_code == 200


def test_an_unpublished_claim_has_no_clock(api: Api, db: None) -> None:
    api.problem("claims/no-such-claim/clock/", 404)
