import json
import logging
import sys

from config.logs import JsonFormatter


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("claims.sources", logging.WARNING, __file__, 1, message, args, None)
    vars(made).update(extra)
    return made


def test_a_record_is_one_line_of_json() -> None:
    line = JsonFormatter().format(record("Source %s\nlost", 7, source="แหล่ง"))
    assert "\n" not in line
    found = json.loads(line)
    assert found["message"] == "Source 7\nlost"
    assert found["level"] == "WARNING"
    assert found["logger"] == "claims.sources"
    assert found["source"] == "แหล่ง"
    assert found["time"].endswith("+00:00")


def test_an_exception_is_part_of_the_line() -> None:
    made = record("Failed")
    try:
        int("reason")
    except ValueError:
        made.exc_info = sys.exc_info()
    assert "ValueError: invalid literal" in json.loads(JsonFormatter().format(made))["exception"]


def test_what_json_does_not_know_is_written_as_text() -> None:
    assert json.loads(JsonFormatter().format(record("x", thing={1})))["thing"] == "{1}"
