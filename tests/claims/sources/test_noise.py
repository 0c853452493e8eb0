"""Lines that change all the time are learnt; what changed once is news however often it is seen."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.models.flag import Flag
from claims.models.snapshot import Snapshot
from claims.models.source import SourceCheck
from claims.sources.compare import Difference, compare
from claims.sources.noise import LOOKS, MOST, mark, place_of, remembered, restless
from claims.vocabulary import FlagCode, Outcome
from tests.claims.sources.conftest import TEXT, Watch, Web
from tests.factories.claims import NOW

Hours = Callable[[float], datetime]
QUOTE = "the audit did not find evidence of missing funds"
FAR = [f"Paragraph {name} is about something else entirely." for name in ("one", "two", "three", "four", "five")]
PAGE = "\n".join(["Waterworks audit", f"The report says that {QUOTE}.", *FAR, "The last line never changes at all."])


def looks(*pages: str) -> list[Difference]:
    """Compare each page with the first one, with what was learnt before."""
    past: list[list[str]] = []
    out = []
    for page in pages:
        out.append(compare(PAGE, page, (QUOTE,), past))
        past = remembered(out[-1].marks, past)
    return out


def with_line(line: str) -> str:
    return PAGE.replace("Paragraph five", f"{line}\nParagraph five")


def test_a_line_that_reads_otherwise_at_each_look_is_noise_from_the_third_on() -> None:
    poems = ["Roses are red tonight", "Ships pass in the fog", "Nobody counts the stairs", "A bell rings far away"]
    assert [bool(found) for found in looks(*map(with_line, poems))] == [True, True, False, False]


def test_a_number_that_goes_up_is_noise_wherever_its_line_stands() -> None:
    pages = [
        PAGE.replace(FAR[place], f"{FAR[place]}\nThe river stands at {40 + place} centimetres.") for place in (2, 4, 3)
    ]
    assert [bool(found) for found in looks(*pages)] == [True, True, False]


def test_what_changed_once_is_news_at_every_look() -> None:
    page = with_line("The ministry has opened a second inquiry.")
    assert all(looks(page, page, page, page, page, page))


def test_a_line_that_comes_and_goes_is_noise() -> None:
    shown = with_line("Our shop sells umbrellas.")
    assert [bool(found) for found in looks(shown, PAGE, shown, PAGE, shown)] == [True, False, True, False, False]


def test_a_page_that_calmed_down_is_listened_to_again() -> None:
    restless_pages = [with_line(f"Visitor {name} was here") for name in ("Ann", "Bob", "Cid")]
    calm = [PAGE] * 4
    assert bool(looks(*restless_pages, *calm, with_line("An inquiry was opened."))[-1])


@pytest.mark.parametrize(
    "line", ["Correction: the sum was {}.", "ขอแก้ไขข่าวฉบับที่ {}", "This report was retracted by office {}."]
)
def test_a_line_that_speaks_of_a_correction_is_never_noise(line: str) -> None:
    found = looks(*(with_line(line.format(number)) for number in range(6)))
    assert all(each.alerts and each.reason == "correction_named" for each in found)


def test_a_short_line_with_a_number_that_speaks_of_a_correction_is_no_counter() -> None:
    assert compare(PAGE, PAGE + "\nCorrected 3 times today", (QUOTE,)).reason == "correction_named"
    assert not compare(PAGE, PAGE + "\nRead 3 times today", (QUOTE,))


def test_a_line_near_the_quote_is_never_noise() -> None:
    pages = [PAGE.replace(FAR[0], f"Reader {name} disagrees.") for name in ("Ann", "Bob", "Cid", "Dan", "Eve")]
    assert all(found.alerts and found.reason == "near_quote_changed" for found in looks(*pages))


def test_a_title_that_changes_all_the_time_is_noise_but_not_a_withdrawal() -> None:
    titles = ["Waterworks audit - 12:45", "Waterworks audit - 13:10", "Waterworks audit - 14:00"]
    found = looks(*(PAGE.replace("Waterworks audit", title) for title in titles))
    assert [each.title_changed for each in found] == [True, True, False]
    withdrawn = [*titles, "Waterworks audit withdrawn"]
    assert looks(*(PAGE.replace("Waterworks audit", title) for title in withdrawn))[-1].reason == "title_changed"


def test_an_empty_difference_never_alerts() -> None:
    assert not Difference(near_quote=True, names_correction=True).alerts


@pytest.mark.parametrize("kept", [None, {}, "x", [None], [["a"], 3], [[{"a": 1}]]])
def test_memory_of_another_shape_is_forgotten_and_not_fatal(kept: object) -> None:
    assert restless([mark("a", "b")], kept) == frozenset()
    assert remembered([mark("a", "b")], kept)[0] == [mark("a", "b")]


@given(st.lists(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=60), max_size=9))
def test_memory_is_bounded_and_what_is_restless_was_seen_often(pages: list[list[tuple[str, str]]]) -> None:
    past: list[list[str]] = []
    for page in pages:
        past = remembered([mark(place, content) for place, content in page], past)
    assert len(past) <= LOOKS
    assert all(len(look) <= MOST and all(len(entry) == 16 for entry in look) for look in past)
    if past:
        for place in restless(past[0], past[1:]):
            assert sum(any(entry.startswith(place) for entry in look) for look in past) >= 3
    assert all(len(place_of(place)) == 10 for page in pages for place, _ in page)


def test_noise_makes_no_new_row_no_version_and_no_hurry(watch: Watch, web: Web, hours: Hours) -> None:
    web.shows(*TEXT, *FAR)
    watch.look(NOW)
    accepted, outcomes = [watch.source.accepted_snapshot_id], []
    for number, name in enumerate(["Ann", "Bob", "Cid", "Dan", "Eve", "Fay"], 1):
        web.shows(*TEXT, *FAR[:4], f"Visitor {name} was here.", FAR[4])
        [seen] = watch.look(hours(30 * number))
        outcomes.append(seen.outcome)
        accepted.append(watch.source.accepted_snapshot_id)
    assert outcomes == [Outcome.CHANGED, Outcome.CHANGED, Outcome.OK, Outcome.OK, Outcome.OK, Outcome.OK]
    assert len(set(accepted)) == Snapshot.objects.count() == 3
    assert SourceCheck.objects.count() == 4
    assert SourceCheck.objects.order_by("-pk")[0].times_seen == 4
    assert watch.source.quiet == 4
    assert not Flag.objects.filter(code=FlagCode.PAGE_CHANGED).exists()
    assert len(watch.source.restless) == LOOKS
