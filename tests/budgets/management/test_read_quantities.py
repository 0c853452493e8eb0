"""`manage.py read_quantities`, as a process of its own and without a database."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "manage.py", "read_quantities"]
ENVIRONMENT = {
    **os.environ,
    "DJANGO_SETTINGS_MODULE": "config.settings.test",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
}


def _run(given: bytes, *arguments: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, cwd=ROOT, env=ENVIRONMENT, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT
    )


def test_each_line_gives_one_object_with_plain_decimals() -> None:
    lines = _run("ใช้งบ 276 ล้านบาท\r\n\nHalf of it\nin 2567 a third of 4.00 billion\n1.5 stars".encode())
    assert lines[0]["quantities"] == [
        {
            "start": 6,
            "end": 17,
            "text": "276 ล้านบาท",
            "value": "276000000",
            "low": "275500000",
            "high": "276500000",
            "unit": "money",
            "currency": "THB",
            "currency_written": True,
            "year": None,
            "calendar": None,
            "fiscal": None,
            "hedge": None,
        }
    ]
    assert lines[1] == {"quantities": []}
    assert [(each["value"], each["low"], each["high"]) for each in lines[2]["quantities"]] == [(None, "0.5", "0.5")]
    year, third, money = lines[3]["quantities"]
    assert (year["value"], year["year"], year["calendar"]) == ("2024", "2024", "BE")
    assert third["low"] == third["high"] == "0.3333333333333333333333333333"
    assert (money["low"], money["high"], money["currency_written"]) == ("3995000000", "4005000000", False)
    assert [each["value"] for each in lines[4]["quantities"]] == ["1.5"]
    assert len(lines) == 5


def test_another_currency_can_be_assumed() -> None:
    [line] = _run(b"16,000 a night\n", "--currency", "EUR")
    assert (line["quantities"][0]["currency"], line["quantities"][0]["currency_written"]) == ("EUR", False)


def test_bytes_that_are_not_utf_8_do_not_stop_it() -> None:
    first, second = _run(b"\xff\xfe 5 baht\n7 baht\n")
    assert [each["text"] for each in (*first["quantities"], *second["quantities"])] == ["5 baht", "7 baht"]


def test_a_line_is_answered_before_the_next_one_comes() -> None:
    running = _started()
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(b"5 baht\n")
    running.stdin.flush()
    assert json.loads(running.stdout.readline())["quantities"][0]["value"] == "5"
    _, errors = running.communicate(timeout=30)
    assert (running.returncode, errors) == (0, b"")


def test_a_reader_that_goes_away_and_an_interrupt_are_quiet() -> None:
    running = _started()
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(b"5 baht\n")
    running.stdin.flush()
    running.stdout.readline()
    running.stdout.close()
    _, errors = running.communicate(b"6 baht\n" * 1000, timeout=30)
    assert errors == b""

    running = _started()
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(b"5 baht\n")
    running.stdin.flush()
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    # Its input stays open: the interrupt alone has to end it.
    running.wait(timeout=30)
    _, errors = running.communicate(timeout=30)
    assert (running.returncode, errors) == (130, b"")
