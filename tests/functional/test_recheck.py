"""Beat, broker, worker, database and a page that changes: the re-check as it runs, killed and emptied in between."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
import redis

from tests.stack import Stack, get

CLAIM = "sso-spending-growth"
QUOTE = "from 4 billion baht in 2020 to 6.61 billion baht in 2023"
SENTENCE = f"She said the SSO's spending has risen significantly over the past four years, {QUOTE}."
TICK = 1.0
LEASE = 10.0
SLACK = 4.0  # two busy cores
LOCAL = "SELECT {} FROM claims_source WHERE host LIKE '127.0.0.1:%%'"
FLAGS = """
    SELECT f.code, f.detail->>'found' FROM claims_flag f JOIN claims_source s ON s.id = f.source_id
    WHERE f.closed_at IS NULL AND s.host LIKE '127.0.0.1:%%'
"""


def ask(stack: Stack, sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(stack.database_url) as connection:
        return connection.execute(sql.replace("%%", "%")).fetchall()


def until(what: Callable[[], Any], seconds: float) -> Any:
    """The first truthy answer; fails when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"Nothing happened within {seconds:.0f} seconds.")


def post(stack: Stack, **form: str) -> None:
    host = stack.local_site_url.removeprefix("http://")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": stack.local_site_url}
    with closing(http.client.HTTPConnection(host, timeout=10)) as connection:
        connection.request("POST", "/edit", urlencode(form), headers)
        assert connection.getresponse().status == 303


def health(stack: Stack) -> dict[str, int]:
    status, body = get(stack.url, f"/api/v1/claims/{CLAIM}/status/")
    assert status == 200
    found: dict[str, int] = json.loads(body)["evidence_health"]
    return found


def checked_after(stack: Stack, moment: Any) -> bool:
    return bool(ask(stack, LOCAL.format("last_checked_at") + f" AND last_checked_at > '{moment.isoformat()}'"))


def last_checked(stack: Stack) -> Any:
    return until(lambda: ask(stack, LOCAL.format("last_checked_at") + " AND last_checked_at IS NOT NULL"), 20)[0][0]


@pytest.fixture
def reset_site(stack: Stack) -> Iterator[None]:
    post(stack, do="reset")
    until(lambda: not ask(stack, FLAGS), 20)
    yield
    post(stack, do="reset")


@pytest.mark.usefixtures("reset_site")
def test_an_edited_quote_is_flagged_within_two_ticks_and_shown(stack: Stack) -> None:
    last_checked(stack)
    post(stack, do="save", sentence=SENTENCE.replace("6.61", "6.16"))
    [(code, found)] = until(lambda: ask(stack, FLAGS), 2 * TICK + SLACK)
    assert code == "quote_edited"
    assert "6.16 billion" in found
    until(lambda: health(stack)["edited"] == 1, 2 * TICK + SLACK)
    post(stack, do="reset")
    until(lambda: not ask(stack, FLAGS), 2 * TICK + SLACK)
    until(lambda: health(stack)["edited"] == 0, 2 * TICK + SLACK)


@pytest.mark.usefixtures("reset_site")
def test_a_removed_quote_is_lost_and_enters_the_ledger(stack: Stack) -> None:
    last_checked(stack)
    [(before,)] = ask(stack, "SELECT count(*) FROM ledger_entry WHERE verb = 'source.lost'")
    post(stack, do="save", sentence="She said nothing of the kind.")
    [(code, _)] = until(lambda: ask(stack, FLAGS), 2 * TICK + SLACK)
    assert code == "quote_lost"
    assert ask(stack, "SELECT count(*) FROM ledger_entry WHERE verb = 'source.lost'") == [(before + 1,)]


@pytest.mark.usefixtures("reset_site")
def test_a_page_out_of_order_only_moves_the_count_of_what_cannot_be_opened(stack: Stack) -> None:
    last_checked(stack)
    before = until(lambda: (found := health(stack))["unchecked"] + found["edited"] + found["lost"] == 0 and found, 20)
    post(stack, do="offline")
    until(lambda: health(stack)["unreachable"] == before["unreachable"] + 1, 2 * TICK + SLACK)
    assert health(stack)["lost"] == health(stack)["edited"] == 0
    assert not ask(stack, FLAGS)
    post(stack, do="online")
    until(lambda: health(stack) == before, 2 * TICK + SLACK)


def test_without_internet_outside_sources_fail_and_keep_their_quotes(stack: Stack) -> None:
    sql = """
        SELECT s.last_outcome, s.next_check_at > now(), c.quote_state FROM claims_source s
        JOIN claims_evidencecitation c ON c.source_id = s.id WHERE s.host NOT LIKE '127.%%' AND s.last_outcome <> ''
    """
    rows = until(lambda: ask(stack, sql), 60)
    assert {row[0] for row in rows} <= {"dns_error", "unavailable", "timeout"}
    assert {row[1:] for row in rows} == {(True, "unchecked")}


@contextmanager
def hanging(port: int) -> Iterator[threading.Event]:
    """A server that accepts and never answers; the event is set once somebody has come."""
    came = threading.Event()
    held: list[socket.socket] = []
    server = socket.create_server(("127.0.0.1", port))

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            held.append(connection)
            came.set()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield came
    finally:
        server.shutdown(socket.SHUT_RDWR)  # wakes the thread, which would keep the port
        for one in [server, *held]:
            one.close()


def test_a_worker_killed_in_the_middle_of_a_check_loses_nothing(fresh_stack: Stack) -> None:
    last_checked(fresh_stack)
    fresh_stack.programs["site"].stop()
    with hanging(int(fresh_stack.local_site_url.rpartition(":")[2])) as came:
        assert came.wait(5 * TICK + SLACK)
        fresh_stack.worker.kill()
    [(token, moment)] = ask(fresh_stack, LOCAL.format("lease_token, last_checked_at"))
    assert token is not None, "the check was under way"
    fresh_stack.programs["site"].start()
    fresh_stack.worker.start()
    until(lambda: checked_after(fresh_stack, moment), LEASE + 15)
    assert ask(fresh_stack, LOCAL.format("last_outcome, attempts <= 1")) == [("ok", True)]


def test_an_emptied_broker_loses_nothing(fresh_stack: Stack) -> None:
    last_checked(fresh_stack)
    with redis.Redis.from_url(fresh_stack.redis_url) as valkey:
        valkey.flushall()
    moment = last_checked(fresh_stack)
    until(lambda: checked_after(fresh_stack, moment), LEASE + 15)
    post(fresh_stack, do="save", sentence=SENTENCE.replace("6.61", "6.16"))
    until(lambda: ask(fresh_stack, FLAGS), 2 * TICK + SLACK)
