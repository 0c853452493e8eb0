"""The closed lists of the clock, in both languages."""

from __future__ import annotations

from budgets.vocabulary import BilingualChoices


class ClockState(BilingualChoices):
    """How the count of one delivered request stands; it is the office's, and the deadline is ours."""

    RUNNING = "running", "กำลังนับวันทำการ", "Counting"
    PAUSED = "paused", "พักการนับไว้ก่อน", "The count is paused"  # today is not counted, and is not past the deadline
    DUE_TODAY = "due_today", "ครบกำหนดของตามรอยวันนี้", "Our deadline is today"
    OVERDUE = "overdue", "ยังไม่ได้รับคำตอบตามกำหนดของตามรอย", "No reply by our deadline"
    LONG_OVERDUE = (
        "long_overdue",
        "ยังไม่ได้รับคำตอบ และเลยกำหนดของตามรอยมานานกว่าระยะเวลาที่ให้ไว้",
        "No reply for more than twice the time we gave",
    )
    STOPPED = "stopped", "สิ้นสุดการนับ", "The count has ended"  # answered, answered in part, or declined to answer


class DayKind(BilingualChoices):
    """Why a day counts, or does not."""

    DAY_ZERO = "day_zero", "วันที่ส่งถึง ยังไม่นับ", "Day of delivery, not counted"
    COUNTED = "counted", "นับ", "Counted"
    WEEKEND = "weekend", "วันหยุดสุดสัปดาห์", "Weekend"
    HOLIDAY = "holiday", "วันหยุดราชการ", "Public holiday"
    PAUSED = "paused", "พักการนับ", "Paused"
