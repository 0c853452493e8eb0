"""A host that fails as a whole is one incident and one alert, however many sources stand there."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections

from claims.models.flag import Flag
from claims.models.incident import HostIncident
from claims.models.source import Source
from claims.outbound.results import FetchFailure, Request, Result
from claims.sources.due import lease
from claims.sources.incidents import follow_incidents
from claims.sources.recheck import recheck
from claims.sources.record import Plan, Recorded
from claims.vocabulary import FlagCode, Outcome, SourceHealth
from ledger.models import Entry
from tests.claims.sources.conftest import LEASE, Web, answer
from tests.factories.claims import NOW, make_source

Hours = Callable[[float], datetime]
HOST = "gazette.example.org"


class Place:
    """A host with sources, of which some fail."""

    def __init__(self, web: Web, count: int, host: str = HOST) -> None:
        by, _ = User.objects.get_or_create(username="watcher", is_staff=True)
        self.web, self.host = web, host
        self.sources = [make_source(by=by, url=f"https://{host}/{number}") for number in range(count)]
        self.down: set[str] = set()
        web.says = self.says

    def says(self, request: Request) -> Result:
        if request.url in self.down:
            return FetchFailure(request.url, "unavailable", "connection_refused", final_url=request.url)
        return answer(request.url)

    def fail(self, count: int) -> None:
        self.down = {source.url for source in self.sources[:count]}

    def look(self, now: datetime, count: int | None = None) -> list[Recorded]:
        """Look at the first `count` sources, in one batch."""
        Source.objects.update(next_check_at=now + timedelta(days=300))
        Source.objects.filter(pk__in=[source.pk for source in self.sources[:count]]).update(next_check_at=now)
        out: list[Recorded] = []
        while batches := lease(now=now, limit=100, lease_for=LEASE):
            for batch in batches:
                plan = Plan(confirm=timedelta(minutes=30))
                out += recheck(batch.ids, token=batch.token, fetcher=self.web.open, plan=plan, now=now)
        return out


@pytest.fixture
def place(db: None, media: Path, web: Web) -> Place:
    found = Place(web, 15)
    found.look(NOW)
    return found


def incident() -> HostIncident:
    return HostIncident.objects.open().get()


def open_flags(code: FlagCode) -> int:
    return Flag.objects.open().filter(code=code).count()


@pytest.mark.parametrize(("failing", "opens"), [(4, False), (5, True), (15, True)])
def test_an_incident_needs_thirty_per_cent_and_five_sources(
    place: Place, hours: Hours, failing: int, opens: bool
) -> None:
    place.fail(failing)
    place.look(hours(24))
    assert HostIncident.objects.open().exists() is opens
    if opens:
        assert (incident().host, incident().outcome, incident().failing, incident().watched) == (
            HOST, Outcome.UNAVAILABLE, failing, 15,
        )  # fmt: skip
        flag = Flag.objects.open().get()
        assert (flag.code, flag.incident) == (FlagCode.HOST_INCIDENT, incident())
        assert flag.detail == {"host": HOST, "outcome": "unavailable", "failing": failing, "watched": 15}


@pytest.mark.usefixtures("db", "media")
@pytest.mark.parametrize(("count", "failing"), [(17, 5), (4, 4)])
def test_few_of_many_or_all_of_few_are_no_incident(web: Web, count: int, failing: int) -> None:
    place = Place(web, count)
    place.fail(failing)
    place.look(NOW)
    assert not HostIncident.objects.exists()


def test_failures_spread_over_days_are_no_incident(place: Place, hours: Hours) -> None:
    for number in range(1, 16):
        place.down = {place.sources[number - 1].url}
        place.look(hours(24 * number), number)
    assert not HostIncident.objects.exists()


def test_failures_that_are_not_alike_are_no_incident(place: Place, hours: Hours) -> None:
    kinds = ["unavailable", "timeout", "dns_error", "tls_error", "gone_astray"]

    def says(request: Request) -> Result:
        number = int(request.url.rpartition("/")[2])
        kind = kinds[number % 4]
        return FetchFailure(request.url, kind, "some_reason", final_url=request.url)

    place.web.says = says
    place.look(hours(24))
    assert not HostIncident.objects.exists(), "15 fail, at most 4 of them alike"


def test_an_incident_is_opened_and_flagged_once(place: Place, hours: Hours) -> None:
    place.fail(15)
    for number in (24, 24.3, 26, 40):
        place.look(hours(number))
    assert HostIncident.objects.count() == 1
    assert Flag.objects.count() == 1
    assert incident().last_seen_at == hours(40)


def test_while_it_lasts_no_source_is_flagged_broken_and_afterwards_those_that_stay_so_are(
    place: Place, hours: Hours
) -> None:
    place.fail(15)
    for number in (24, 48, 72, 100, 130):
        place.look(hours(number))
    assert set(Source.objects.values_list("health", flat=True)) == {SourceHealth.BROKEN}
    assert open_flags(FlagCode.SOURCE_BROKEN) == 0
    place.fail(2)
    place.look(hours(131))
    assert not HostIncident.objects.open().exists()
    assert open_flags(FlagCode.HOST_INCIDENT) == 0
    assert "open again" in Flag.objects.get(code=FlagCode.HOST_INCIDENT).closing_note
    flagged = Flag.objects.open().values_list("code", "source__url")
    assert sorted(flagged) == [("source_broken", source.url) for source in place.sources[:2]]
    assert Entry.objects.filter(verb="source.recovered").count() == 13


def test_a_host_of_which_a_part_is_looked_at_again_is_over_after_a_quiet_hour(place: Place, hours: Hours) -> None:
    place.fail(15)
    place.look(hours(24))
    place.fail(0)
    place.look(hours(24.5), 3)
    assert HostIncident.objects.open().exists(), "twelve of fifteen failed half an hour ago"
    place.look(hours(25.5), 1)
    assert not HostIncident.objects.open().exists()
    assert set(Source.objects.values_list("health", "last_checked_at")) == {
        (SourceHealth.OK, hours(24.5)),
        (SourceHealth.OK, hours(25.5)),
    }, "the rest was due at once"


def test_an_incident_goes_on_while_nobody_looks(place: Place, hours: Hours) -> None:
    place.fail(15)
    place.look(hours(24))
    place.look(hours(30), 1)
    assert (incident().failing, incident().watched) == (15, 15)


def test_files_that_are_too_large_say_nothing_about_the_host(place: Place, hours: Hours) -> None:
    place.web.says = lambda request: FetchFailure(request.url, "too_large", "body", final_url=request.url)
    place.look(hours(24))
    assert not HostIncident.objects.exists()


def test_a_broken_source_is_flagged_once_each_time_it_breaks(place: Place, hours: Hours) -> None:
    place.fail(1)
    for number in (24, 48, 72, 100, 130):
        place.look(hours(number))
    assert open_flags(FlagCode.SOURCE_BROKEN) == 1
    Flag.objects.update(closed_at=hours(131))
    place.look(hours(140))
    assert open_flags(FlagCode.SOURCE_BROKEN) == 0, "a person has closed it"
    place.fail(0)
    place.look(hours(150))
    place.fail(1)
    for number in (160, 184, 208, 240):
        place.look(hours(number))
    assert open_flags(FlagCode.SOURCE_BROKEN) == 1


def test_a_source_that_opens_again_closes_its_flag_and_is_recorded_when_it_had_been_broken(
    place: Place, hours: Hours
) -> None:
    place.fail(2)
    for number in (24, 48, 72, 100):
        place.look(hours(number), 1)
    place.look(hours(101), 2)
    place.fail(0)
    place.look(hours(110), 2)
    entry = Entry.objects.get(verb="source.recovered")
    assert entry.subject_id == str(place.sources[0].public_id), "the other one was only suspect"
    assert set(Flag.objects.values_list("code", "closing_note")) == {("source_broken", "The source opens again.")}


@pytest.mark.usefixtures("committed_db", "media")
def test_two_workers_that_see_a_host_fail_open_one_incident(web: Web) -> None:
    place = Place(web, 6)
    Source.objects.update(health=SourceHealth.SUSPECT, last_outcome=Outcome.TIMEOUT, last_checked_at=NOW)
    ready = threading.Barrier(4)
    found: list[frozenset[str]] = []

    def work() -> None:
        from django.db import transaction

        with transaction.atomic():
            ready.wait()
            found.append(follow_incidents([(HOST, Outcome.TIMEOUT)], now=NOW))
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [frozenset({place.host})] * 4
    assert (HostIncident.objects.count(), Flag.objects.count()) == (1, 1)
    connection.close()
