"""Statuses of many claims: changes since a time or a cursor, or some by id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.api import cursors, reading
from claims.api.base import Answer, Operation, PublicView, following, read_cursor
from claims.api.parameters import CURSOR, DEFAULT_LIMIT, MOST_ROWS, boolean, identifiers, instant, whole_number
from claims.api.splicing import array, members, text
from claims.api.wording import Both

MOST_IDS = 200


class Statuses(PublicView):
    """Statuses in the order of their last change."""

    operation = Operation(
        id="statuses",
        tag="Claims",
        summary=Both("Follow changes of statuses", "ติดตามสถานะที่เปลี่ยนแปลง"),
        about=Both(
            "Statuses in the order of their last change. Take `next` (or `cursor`) of every answer and come back "
            "with it, also when `items` is empty: no change is missed and none comes twice. `more` says whether to "
            "come back at once.",
            "สถานะเรียงตามลำดับการเปลี่ยนแปลงครั้งล่าสุด ให้เก็บ `next` (หรือ `cursor`) จากทุกคำตอบไว้ใช้ครั้งถัดไป "
            "แม้ `items` จะว่าง จะได้รับการเปลี่ยนแปลงครบและไม่ซ้ำ `more` บอกว่ายังมีรายการให้อ่านต่อทันทีหรือไม่",
        ),
        answer="StatusPage",
        parameters=(
            instant(
                "updated_since",
                Both(
                    "Only what people changed at or after this time (`content_updated_at`); with "
                    "`observations=true` also what machines observed (`observed_at`). To begin with: `next` goes on "
                    "without it.",
                    "เฉพาะรายการที่คนแก้ไขตั้งแต่เวลานี้ (`content_updated_at`) หากใช้ `observations=true` "
                    "จะรวมสิ่งที่ระบบตรวจพบ (`observed_at`) ด้วย ใช้เพื่อเริ่มต้น จากนั้น `next` จะไม่ใช้ค่านี้",
                ),
                example="2025-02-18T00:00:00Z",
            ),
            boolean(
                "observations",
                Both(
                    "Also changes that only machines observed, such as a source that cannot be opened.",
                    "รวมการเปลี่ยนแปลงที่ระบบตรวจพบเท่านั้น เช่น เปิดแหล่งอ้างอิงไม่ได้",
                ),
            ),
            identifiers(
                "ids",
                Both(
                    f"Only these claims, {MOST_IDS} at most, unless `limit` is given all in one answer.",
                    f"เฉพาะคำกล่าวอ้างเหล่านี้ ไม่เกิน {MOST_IDS} รายการ หากไม่ระบุ `limit` จะตอบทั้งหมดในครั้งเดียว",
                ),
                most=MOST_IDS,
            ),
            whole_number(
                "limit",
                Both(
                    f"How many statuses at most; {DEFAULT_LIMIT} when absent ({MOST_IDS} with `ids`).",
                    f"จำนวนสถานะสูงสุดต่อหน้า หากไม่ระบุคือ {DEFAULT_LIMIT} ({MOST_IDS} เมื่อใช้ `ids`)",
                ),
                least=1,
                most=MOST_ROWS,
            ),
            CURSOR,
        ),
    )

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """One query; one more at the start of a filtered pull."""
        observations, ids = query["observations"], query["ids"]
        limit = query["limit"] or (DEFAULT_LIMIT if ids is None else MOST_IDS)
        order = "all" if observations else "content"
        given = read_cursor(query["cursor"], order, cursors.number)
        here = given[0] if given else 0
        if given is None and (ids is not None or query["updated_since"] is not None):
            # Read before the rows: what commits in between has a higher number and comes with the next answer.
            newest = reading.newest_change(observations=observations)
        else:
            newest = here
        rows = reading.changes(
            after=here,
            since=query["updated_since"],
            ids=ids,
            observations=observations,
            most=limit + 1,
        )
        shown = rows[:limit]
        more = len(rows) > limit
        cursor = cursors.encode(order, shown[-1][0] if shown else newest)
        # A change may commit after a later one began, with an earlier time: from here on only its number counts.
        following_url = following(self.request, cursor, leave_out=["updated_since"])
        body = members(
            items=array(body for _, body in shown), next=text(following_url), cursor=text(cursor), more=text(more)
        )
        return Answer(body, links={"next": following_url})
