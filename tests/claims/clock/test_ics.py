"""The calendar file keeps to RFC 5545 in both scripts."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.clock.ics import Deadline, calendar_file, escape, fold

DEADLINE = Deadline(
    uid="0198@tamroi.example",
    day=date(2026, 12, 31),
    summary="กำหนดตอบของเลขาธิการสำนักงานประกันสังคม ตามที่ตามรอยสอบถามไปเมื่อวันที่ 2 มีนาคม 2569",
    description="One; two, three\\four\nfive",
    url="https://tamroi.example/th/claims/a/clock/",
    changed_at=datetime.fromisoformat("2026-03-02T10:00:00+07:00"),
    sequence=3,
    cancelled=False,
)


def unfolded(content: bytes) -> list[str]:
    assert content.endswith(b"\r\n")
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def test_one_deadline_is_one_event_of_one_whole_day() -> None:
    assert unfolded(calendar_file([DEADLINE], lang="th")) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tamroi//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:0198@tamroi.example",
        "DTSTAMP:20260302T030000Z",
        "SEQUENCE:3",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY;LANGUAGE=th:กำหนดตอบของเลขาธิการสำนักงานประกันสังคม ตามที่ตามรอยสอบถามไปเมื่อวันที่ 2 มีนาคม 2569",
        "DESCRIPTION;LANGUAGE=th:One\\; two\\, three\\\\four\\nfive",
        "URL:https://tamroi.example/th/claims/a/clock/",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_lines_are_folded_at_75_octets_between_characters() -> None:
    lines = calendar_file([DEADLINE], lang="th").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert sum(line.startswith(b" ") for line in lines) >= 2
    for line in lines:
        line.decode()


def test_a_deadline_that_no_longer_matters_is_cancelled() -> None:
    assert "STATUS:CANCELLED" in unfolded(calendar_file([replace(DEADLINE, cancelled=True)], lang="en"))


def test_a_file_without_a_deadline_is_no_file() -> None:
    with pytest.raises(ValueError, match="at least one deadline"):
        calendar_file([], lang="en")


def test_no_text_can_end_its_line_and_begin_another() -> None:
    content = unfolded(calendar_file([replace(DEADLINE, summary="a\r\nEND:VEVENT\x00\x1f")], lang="en"))
    assert "SUMMARY;LANGUAGE=en:a\\nEND:VEVENT" in content
    assert content.count("END:VEVENT") == 1


@given(st.text(max_size=400))
def test_folding_loses_nothing(text: str) -> None:
    try:
        line = f"SUMMARY:{escape(text)}"
        folded = fold(line)
    except UnicodeEncodeError:  # a lone surrogate is no text
        return
    assert all(len(piece) <= 75 for piece in folded.split(b"\r\n"))
    assert folded.replace(b"\r\n ", b"").decode() == line
