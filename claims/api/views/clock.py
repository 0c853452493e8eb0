"""How our deadline for each office that we asked about a claim is counted, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from claims.api import reading
from claims.api.base import Answer, Operation, PublicView, Version, not_published, url
from claims.api.envelopes import address, pages, unseen
from claims.api.parameters import day
from claims.api.splicing import text
from claims.api.wording import Both
from claims.clock.asked import Asked
from claims.clock.calendar import PACKAGE
from claims.clock.counting import Reading, read_clock
from claims.clock.explaining import WINDOW_DAYS, DayLine, explain
from claims.models.public_status import PublicStatus
from claims.vocabulary import PublicState

_BANGKOK = ZoneInfo("Asia/Bangkok")
# Of these no text is shown, or nothing is asked any more.
_CLOSED = (PublicState.HIDDEN, PublicState.RETRACTED)


class Clock(PublicView):
    """The clocks of a claim's requests."""

    operation = Operation(
        id="claim_clock",
        tag="Claims",
        summary=Both("Read how our deadlines are counted", "อ่านวิธีนับวันครบกำหนดของตามรอย"),
        about=Both(
            "Working days since each office received our own request, computed anew for today in Bangkok and explained "
            f"day by day, {WINDOW_DAYS} days at a time. The deadline is ours, not the law's; an acknowledgement does "
            "not stop the count.",
            "วันทำการนับจากวันที่แต่ละตำแหน่งได้รับคำขอของตามรอย คำนวณใหม่ตามวันนี้ในกรุงเทพฯ และแจกแจงรายวัน "
            f"ครั้งละ {WINDOW_DAYS} วัน กำหนดเวลาเป็นของตามรอย ไม่ใช่กำหนดตามกฎหมาย การแจ้งรับเรื่องไม่ทำให้หยุดนับ",
        ),
        answer="ClockAnswer",
        parameters=(
            day(
                "from",
                Both(
                    "The first day to explain, of every request; one outside a count is moved to its nearest end.",
                    "วันแรกที่จะแจกแจงของทุกคำขอ หากอยู่นอกช่วงที่นับจะเลื่อนไปที่ปลายด้านที่ใกล้ที่สุด",
                ),
                example="2026-03-02",
            ),
        ),
        path={"slug": "web-app-development"},
    )

    def version(self, query: Mapping[str, Any], **path: Any) -> Version | None:
        """One narrow row, and the day."""
        found = reading.claim_version(path["slug"])
        return found and (*found, _today(), PACKAGE)

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """One query."""
        slug: str = path["slug"]
        status = reading.clocks(slug)
        if status is None:
            raise not_published(slug)
        today, start = _today(), query["from"]
        here = f"{address('claim', slug)}clock/"
        requests = [] if _is_closed(status) else [Asked.from_json(stored) for stored in status.requests]
        body = {
            "id": str(status.claim_public_id),
            "slug": slug,
            "today": today.isoformat(),
            "state": status.state,
            "withheld": unseen(status, status.edition),
            "requests": [_clock(asked, today, start, here) for asked in requests],
            "links": {
                "self": url(here, **({"from": start.isoformat()} if start else {})),
                "html": pages("claim", slug, "clock/"),
                "claim": url(address("claim", slug)),
            },
        }
        version = (status.edition.number, status.version, status.change_no, status.observed_at)
        return Answer(text(body), (*version, unseen(status, status.edition) is not None, today, PACKAGE))


def _is_closed(status: PublicStatus) -> bool:
    return status.state in _CLOSED or not status.edition.text.body


def _clock(asked: Asked, today: date, start: date | None, here: str) -> dict[str, Any]:
    stored, now = asked.to_json(), read_clock(asked, today)
    explained = explain(asked, today, start=start)
    following = explained.after_from
    return {
        "id": asked.id,
        "office": stored["office"],
        "state": now.state.value,
        "request": stored["state"],
        **{key: stored[key] for key in ("delivered_on", "working_days")},
        "allowed": now.allowed,
        **{key: stored[key] for key in ("extensions", "pauses")},
        **_count(now),
        "calendar": {"package": now.version.package, "rows": stored["calendar"]},
        "first": explained.first.isoformat(),
        "last": explained.last.isoformat(),
        "days": [_day(line) for line in explained.lines],
        "days_before": explained.days_before,
        "days_after": explained.days_after,
        "next": url(here, **{"from": following.isoformat()}) if following else None,
    }


def _count(now: Reading) -> dict[str, Any]:
    return {
        "due_on": _iso(now.due_on),
        "number": now.number,
        "left": now.left,
        "over": now.over,
        "stopped_on": _iso(now.stopped_on),
        "unknown_years": list(now.unknown_years),
    }


def _day(line: DayLine) -> dict[str, Any]:
    return {
        "day": line.day.isoformat(),
        "kind": line.kind.value,
        "number": line.number,
        "name": dict(line.name) if line.name else None,
        "announced_on": _iso(line.announced_on),
        "withdrawn": line.withdrawn,
        "due": line.is_due,
        "ahead": line.ahead,
        "known": line.is_known,
    }


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _today() -> date:
    return timezone.now().astimezone(_BANGKOK).date()
