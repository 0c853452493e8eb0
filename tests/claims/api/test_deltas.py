"""Pulling changes: none is missed, however late it commits, and none comes twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from claims.models.evidence import EvidenceCitation
from claims.models.public_status import PublicStatus
from claims.models.source import Source
from claims.publication.status import refresh_all
from tests.claims.api.conftest import Api
from tests.factories.cast import Cast, make_cast
from tests.factories.claims import NOW, correct_claim, draft_claim, publish_claim, published_claim

SOON = NOW + timedelta(minutes=10)


def pull(api: Api, place: dict[str, Any], **query: Any) -> tuple[list[str], dict[str, Any]]:
    """(slugs, the answer to go on from)."""
    path = place["next"].removeprefix("http://127.0.0.1:8000") if place else "statuses/"
    answer = api.read(path, **query) if not place else api.read(path)
    return [status["slug"] for status in answer["items"]], answer


class Slow:
    """A transaction in a thread of its own that has done its work and waits to commit."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work, self._done, self._commit = work, Event(), Event()
        self._thread = Thread(target=self._run)

    def _run(self) -> None:
        with transaction.atomic():
            self._work()
            self._done.set()
            assert self._commit.wait(20)
        connection.close()

    def start(self) -> None:
        self._thread.start()

    def worked(self, seconds: float) -> bool:
        return self._done.wait(seconds)

    def commit(self) -> None:
        self._commit.set()
        self._thread.join(20)


@pytest.fixture
def committed_cast(committed_db: str) -> Cast:
    return make_cast()


def test_a_change_that_commits_late_is_not_missed(api: Api, committed_cast: Cast) -> None:
    """It began before what the reader has already seen, and its time says so; its number does not."""
    early = draft_claim(by=committed_cast.contributor, slug="early")
    _, place = pull(api, {})
    published_claim(committed_cast, slug="quick", now=SOON)
    slugs, place = pull(api, place)
    assert slugs == ["quick"]
    publish_claim(early, committed_cast, now=NOW)
    assert PublicStatus.objects.get(slug="early").content_updated_at < SOON
    slugs, place = pull(api, place)
    assert slugs == ["early"]
    assert pull(api, place)[0] == []


def test_nothing_overtakes_a_change_that_has_its_number_and_waits_to_commit(api: Api, committed_cast: Cast) -> None:
    slow, quick = (draft_claim(by=committed_cast.contributor, slug=slug) for slug in ("slow", "quick"))
    _, place = pull(api, {})
    first = Slow(lambda: publish_claim(slow, committed_cast, now=NOW))
    second = Slow(lambda: publish_claim(quick, committed_cast, now=SOON))
    first.start()
    assert first.worked(20)
    second.start()
    assert not second.worked(0.5)  # it waits for the number
    slugs, place = pull(api, place)
    assert slugs == []
    first.commit()
    assert second.worked(20)
    slugs, place = pull(api, place)
    assert slugs == ["slow"]
    second.commit()
    assert pull(api, place)[0] == ["quick"]


def test_the_place_of_an_empty_first_answer_is_before_whatever_comes(api: Api, cast: Cast) -> None:
    published_claim(cast, slug="old")
    slugs, place = pull(api, {}, updated_since="2100-01-01T00:00:00Z")
    assert (slugs, place["more"]) == ([], False)
    assert "updated_since" not in place["next"]
    published_claim(cast, slug="new")
    assert pull(api, place)[0] == ["new"]


def test_a_status_that_changed_twice_comes_once_as_it_is_now(api: Api, cast: Cast) -> None:
    claim = published_claim(cast, slug="one")
    _, place = pull(api, {})
    for heading in ("MP says a second thing", "MP says a third thing"):
        correct_claim(claim, cast, heading=heading, now=SOON)
    slugs, place = pull(api, place)
    assert slugs == ["one"]
    assert place["items"][0]["edition"] == 3
    assert place["items"][0]["version"] == 3


def test_pages_hold_limit_statuses_and_say_whether_there_is_more(api: Api, cast: Cast) -> None:
    for number in range(5):
        published_claim(cast, slug=f"claim-of-{number}")
    slugs, place = pull(api, {}, limit=2)
    assert (slugs, place["more"]) == (["claim-of-0", "claim-of-1"], True)
    slugs, place = pull(api, place)
    assert (slugs, place["more"]) == (["claim-of-2", "claim-of-3"], True)
    slugs, place = pull(api, place)
    assert (slugs, place["more"]) == (["claim-of-4"], False)
    assert pull(api, place)[0] == []


def test_updated_since_takes_the_instant_itself_in_any_zone(api: Api, cast: Cast) -> None:
    published_claim(cast, slug="before", now=NOW - timedelta(microseconds=1))
    published_claim(cast, slug="at", now=NOW)
    for instant in ("2026-03-02T03:00:00Z", "2026-03-02T10:00:00+07:00", "2026-03-02t03:00:00.000000z"):
        assert pull(api, {}, updated_since=instant)[0] == ["at"]
    assert pull(api, {}, updated_since="2026-03-02T02:59:59.999999Z")[0] == ["before", "at"]


def observe(claim_slug: str, at: datetime) -> None:
    """A machine finds the quotes of a claim unreachable."""
    citations = EvidenceCitation.objects.filter(claim__slug=claim_slug)
    Source.objects.filter(citations__in=citations).update(last_outcome="dns_error", last_checked_at=at)
    refresh_all(now=at)


def test_what_a_machine_saw_comes_with_observations_only(api: Api, cast: Cast) -> None:
    published_claim(cast, slug="watched")
    _, content = pull(api, {})
    _, every = pull(api, {}, observations="true")
    before = content["items"][0]
    observe("watched", SOON)
    assert pull(api, content)[0] == []
    slugs, every = pull(api, every)
    assert slugs == ["watched"]
    after = every["items"][0]
    assert (after["observed_at"], after["evidence_health"]["unreachable"]) == ("2026-03-02T03:10:00Z", 1)
    assert (after["content_updated_at"], after["version"]) == (before["content_updated_at"], before["version"])


def test_updated_since_goes_by_content_unless_observations_are_asked_for(api: Api, cast: Cast) -> None:
    published_claim(cast, slug="watched")
    observe("watched", SOON)
    since = SOON.astimezone(UTC).isoformat().replace("+00:00", "Z")
    assert pull(api, {}, updated_since=since)[0] == []
    assert pull(api, {}, updated_since=since, observations="true")[0] == ["watched"]


def test_a_newer_observation_of_the_same_is_a_new_validator(api: Api, cast: Cast) -> None:
    """It has no change number, and the bytes differ all the same."""
    published_claim(cast, slug="watched")
    observe("watched", SOON)
    addresses = ["claims/watched/", "claims/watched/status/", "claims/", "statuses/"]
    before = {address: api.respond(address)["ETag"] for address in addresses}
    observe("watched", SOON + timedelta(minutes=1))
    for address in addresses:
        assert api.respond(address, {}, **{"If-None-Match": before[address]}).status_code == 200, address


def test_statuses_are_read_by_id_in_one_answer(api: Api, cast: Cast) -> None:
    for number in range(3):
        published_claim(cast, slug=f"claim-of-{number}")
    ids = {status["slug"]: status["id"] for status in api.read("statuses/")["items"]}
    unknown = "019a0000-0000-7000-8000-000000000000"
    wanted = [ids["claim-of-2"], ids["claim-of-0"], unknown]
    for given in (",".join(wanted), wanted, wanted[0].upper() + "," + ",".join(wanted[1:])):
        answer = api.read("statuses/", ids=given)
        assert [status["slug"] for status in answer["items"]] == ["claim-of-0", "claim-of-2"]
        assert answer["more"] is False
    assert api.read("statuses/", ids=unknown)["items"] == []
