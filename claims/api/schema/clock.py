"""Components of clocks: how our deadline for an office is counted."""

from __future__ import annotations

from claims.api.schema.shapes import Schema, array, boolean, count, day, link, nullable, record, ref, slug, string, uuid

_BOTH = ref("Text")
_REASON = _BOTH | {"description": "Why."}

CLOCK: dict[str, Schema] = {
    "ClockDay": record(
        "One day of a count.",
        day=day(),
        kind=ref("DayKind"),
        number=nullable(count("Number of the working day; null for a day that does not count.", 1)),
        name=nullable(_BOTH | {"description": "The holiday, or the reason of the pause."}),
        announced_on=nullable(
            day("When this holiday, or its withdrawal, was announced, if not in the package's list.")
        ),
        withdrawn=boolean("Whether a holiday was taken back."),
        due=boolean("Whether our deadline is this day."),
        ahead=boolean("Whether the day is still to come."),
        known=boolean("Whether the holidays of its year are known."),
    ),
    "ClockReading": record(
        "How the count of one delivered request of ours stands. It belongs to the office.",
        id=uuid("Of the request."),
        office=_BOTH,
        state=ref("ClockState"),
        request=ref("RequestState") | {"description": "What came back; an acknowledgement does not stop the count."},
        delivered_on=day("Day zero."),
        working_days=count("What we gave at first.", 1),
        allowed=count("The same with all extensions.", 1),
        extensions=array(record(days=count("", 1), given_on=day(), reason=_REASON)),
        pauses=array(
            record("Both ends do not count.", first=day(), last=nullable(day("Null: it still stands.")), reason=_REASON)
        ),
        due_on=nullable(day("Null while a pause without an end keeps it open.")),
        number=nullable(count("Working days counted up to today or to the answer; null when its day is not known.")),
        left=count("Working days before the deadline."),
        over=count("Working days since the deadline."),
        stopped_on=nullable(day("The day of the answer.")),
        unknown_years=array({"type": "integer"}, "Years of the count whose holidays are not known: weekends only."),
        calendar=record(
            "What the count rests on.",
            package=string("The list of holidays and its version."),
            rows=array(
                record(
                    "A day that was announced differently.",
                    day=day(),
                    is_holiday=boolean(),
                    name=_BOTH,
                    announced_on=day(),
                    source=string("Where it was announced."),
                )
            ),
        ),
        first=day("First day of the count."),
        last=day("Last day of the count, as of today."),
        days=array(ref("ClockDay"), "A window of the days from `first` to `last`; `from` moves it."),
        days_before=count("Days of the count before the window."),
        days_after=count("Days of the count after the window."),
        next=nullable(link("The window after this one; null at the end.")),
    ),
    "ClockAnswer": record(
        "The clocks of our requests about a claim, the newest request first; none while we have not asked, and of a "
        "claim that is retracted, hidden or withheld.",
        id=uuid("Of the claim."),
        slug=slug(),
        today=day("The day in Bangkok that the count is read on."),
        state=ref("PublicState"),
        withheld=ref("Withheld"),
        requests=array(ref("ClockReading")),
        links=record(
            "Where to go from here.",
            self=link(),
            html=record("The pages that people read.", en=link(), th=link()),
            claim=link(),
        ),
    ),
}
