"""A calendar file (RFC 5545) with one all-day event per deadline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Tamroi//Deadlines//EN"
MEDIA_TYPE = "text/calendar; charset=utf-8"
_LINE_OCTETS = 75
# Control characters have no place in a value; a line break is written as two characters.
_ESCAPED = str.maketrans({**dict.fromkeys([*range(32), 127]), "\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline; `changed_at` and `sequence` move when it does, and a cancelled one leaves readers' calendars."""

    uid: str
    day: date
    summary: str
    description: str
    url: str
    changed_at: datetime
    sequence: int
    cancelled: bool


def calendar_file(deadlines: Iterable[Deadline], *, lang: str) -> bytes:
    """Write the file, UTF-8 with CRLF; a file needs one deadline at least, or raises ValueError."""
    events = [line for deadline in deadlines for line in _event(deadline, lang)]
    if not events:
        raise ValueError("A calendar file needs at least one deadline.")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", *events, "END:VCALENDAR"]
    return b"".join(fold(line) + b"\r\n" for line in lines)


def fold(line: str) -> bytes:
    """Break a content line so that no piece is longer than 75 octets, never inside a character."""
    pieces, piece = [], b""
    for character in line:
        encoded = character.encode()
        if len(piece) + len(encoded) > _LINE_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += encoded
    return b"\r\n".join([*pieces, piece])


def escape(text: str) -> str:
    """A text value."""
    return text.translate(_ESCAPED)


def _event(deadline: Deadline, lang: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{escape(deadline.uid)}",
        f"DTSTAMP:{deadline.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{deadline.sequence}",
        f"DTSTART;VALUE=DATE:{deadline.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{deadline.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY;LANGUAGE={lang}:{escape(deadline.summary)}",
        f"DESCRIPTION;LANGUAGE={lang}:{escape(deadline.description)}",
        f"URL:{deadline.url}",
        f"STATUS:{'CANCELLED' if deadline.cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
