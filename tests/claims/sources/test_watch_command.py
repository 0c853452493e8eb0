"""`manage.py watch_sources` and `export_checks`: a list in, what the last look found out."""

import io
import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.source import Source, SourceCheck
from claims.models.watch import WatchEntry
from claims.outbound.policy import Policy
from claims.sources.due import lease
from claims.sources.quote import Quote
from claims.sources.recheck import recheck
from claims.sources.record import Plan
from claims.sources.watching import Tally, watch
from claims.sources.watchlist import Wanted
from claims.vocabulary import FlagCode, QuoteState
from ledger.models import Entry
from tests.claims.sources.conftest import LEASE, QUOTE, TEXT, Web
from tests.factories.claims import NOW

Hours = Callable[[float], datetime]
URL = "https://news.example.org/story"
LINE = {"id": "a", "url": URL, "quote": {"exact": QUOTE, "prefix": "She noted that ", "suffix": ", which"}}


@pytest.fixture
def given(db: None, media: Path, tmp_path: Path) -> Callable[..., str]:
    def write(*lines: object) -> str:
        path = tmp_path / "list.ndjson"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return str(path)

    return write


def take(path: str, *, code: int = 0) -> tuple[str, list[str]]:
    """Run it; what it printed and what it complained about."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) if code else nullcontext() as end:
        call_command("watch_sources", path, stdout=out, stderr=err)
    assert end is None or end.value.code == code
    return out.getvalue().strip(), err.getvalue().splitlines()


def exported() -> dict[str, dict[str, Any]]:
    out = io.StringIO()
    call_command("export_checks", stdout=out)
    return {line["id"]: line for line in map(json.loads, out.getvalue().splitlines())}


def look(web: Web, now: datetime) -> None:
    Source.objects.update(next_check_at=now)
    for batch in lease(now=now, limit=100, lease_for=LEASE):
        recheck(batch.ids, token=batch.token, fetcher=web.open, plan=Plan(confirm=LEASE), now=now)


def test_a_line_becomes_an_entry_a_page_and_a_quote_that_are_due(given: Callable[..., str]) -> None:
    told, _ = take(given(LINE, {"id": "b", "url": URL, "quote": None}, {"id": "c", "url": "http://ข่าว.example.org"}))
    assert told == "3 added, 0 changed, 0 as before; 0 cannot be watched; 2 pages are new."
    entry = WatchEntry.objects.get(key="a")
    citation = EvidenceCitation.objects.get()
    assert (citation.watch, citation.source, citation.quote_exact) == (entry, entry.source, QUOTE)
    assert (citation.quote_prefix, citation.quote_suffix) == ("She noted that", ", which")
    assert WatchEntry.objects.get(key="b").source == entry.source, "one page for all who cite it"
    assert WatchEntry.objects.get(key="c").url == "http://ข่าว.example.org"
    assert {source.next_check_at is not None for source in Source.objects.all()} == {True}
    assert Entry.objects.get(verb="sources.watched").content.content["added"] == "3"


def test_the_same_list_again_changes_nothing(given: Callable[..., str], web: Web) -> None:
    path = given(LINE, {"id": "x", "url": "http://10.0.0.1/"})
    take(path)
    look(web, NOW)
    before = list(Source.objects.values()), list(WatchEntry.objects.values()), list(EvidenceCitation.objects.values())
    told, _ = take(path)
    after = list(Source.objects.values()), list(WatchEntry.objects.values()), list(EvidenceCitation.objects.values())
    assert told.startswith("0 added, 0 changed, 2 as before; 1 cannot be watched")
    assert before == after
    assert Entry.objects.filter(verb="sources.watched").count() == 1


def test_a_changed_quote_is_looked_for_anew(given: Callable[..., str], web: Web, hours: Hours) -> None:
    take(given(LINE))
    look(web, NOW)
    take(given(LINE | {"quote": {"exact": "the board met on Friday and spoke for seven hours"}}))
    citation = EvidenceCitation.objects.get()
    assert citation.quote_state == QuoteState.UNCHECKED
    source = Source.objects.get()
    assert source.next_check_at is not None
    assert source.next_check_at > hours(100), "due now, by the clock of the database"
    look(web, hours(1))
    assert exported()["a"]["outcome"] == "quote_missing"
    take(given({"id": "a", "url": URL}))
    assert not EvidenceCitation.objects.exists(), "a line without a quote watches the page alone"


def test_a_changed_address_moves_the_entry_and_its_quote(given: Callable[..., str], web: Web) -> None:
    take(given(LINE))
    look(web, NOW)
    told, _ = take(given(LINE | {"url": "https://other.example.org/"}))
    assert told.startswith("0 added, 1 changed")
    citation = EvidenceCitation.objects.select_related("source").get()
    assert citation.source is not None
    assert citation.source.url == "https://other.example.org/"
    assert citation.quote_state == QuoteState.UNCHECKED
    take(given(LINE | {"url": "file:///etc/passwd"}))
    assert WatchEntry.objects.get().refused == "scheme_not_allowed"
    assert not EvidenceCitation.objects.exists()


def test_a_refused_address_is_told_in_the_export(given: Callable[..., str]) -> None:
    long = "https://example.org/" + "a" * 3_000
    take(given({"id": "1", "url": "http://127.0.0.1/\x00"}, LINE | {"id": "2", "url": "http://localhost/"},
               {"id": "3", "url": long}, {"id": "4", "url": ""}))  # fmt: skip
    refused = dict(WatchEntry.objects.values_list("key", "refused"))
    assert refused == {"1": "control_character", "2": "local_name", "3": "too_long_to_watch", "4": "empty"}
    lines = exported()
    assert {(line["outcome"], line["alert"]) for line in lines.values()} == {("refused", True)}
    assert lines["1"]["url"] == "http://127.0.0.1/\\u0000"
    assert lines["2"]["checked_at"].endswith("Z")


def test_a_faulty_line_is_named_and_the_others_are_taken(given: Callable[..., str]) -> None:
    faulty = (
        "{", "[]", '{"url": "https://e.org/"}', '{"id": " ", "url": "https://e.org/"}', '{"id": 7, "url": "x"}',
        '{"id": "b"}', '{"id": "b", "url": 5}', '{"id": "b", "url": "https://e.org/", "quote": "text"}',
        '{"id": "b", "url": "https://e.org/", "quote": {"exact": ""}}', '{"id": "\\u0000", "url": "https://e.org/"}',
        '{"id": "b", "url": "https://e.org/", "quote": {"exact": "\\ud800"}}', "[" * 100_000, "x" * (2 << 20),
        '{"id": "b", "url": "https://e.org/", "quote": {"exact": 5}}', json.dumps({"id": "i" * 201, "url": URL}),
        '{"id": "b", "url": "https://e.org/", "quote": {"exact": "\\u200b"}}',
        json.dumps({"id": "b", "url": URL, "quote": {"exact": "word " * 5_000}}),
    )  # fmt: skip
    told, complaints = take(given(LINE, "", *faulty, LINE | {"id": "z"}), code=1)
    assert told.startswith("2 added")
    assert [line.split(":")[0] for line in complaints] == [f"Line {number}" for number in range(3, 3 + len(faulty))]
    assert complaints[0] == "Line 3: This is not JSON in UTF-8."
    assert all(line.endswith((".", "page alone.")) for line in complaints)


def test_a_file_that_is_not_there_is_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="was not read: No such file"):
        call_command("watch_sources", "/nowhere/list")
    with pytest.raises(CommandError, match="was not written"):
        call_command("export_checks", out="/nowhere/list")


def test_a_batch_costs_the_same_statements_whatever_its_size(
    db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def lines(count: int, quote: str) -> list[Wanted]:
        return [Wanted(str(n), f"https://h{n % 7}.example.org/{n // 2}", Quote(f"{quote} {n}")) for n in range(count)]

    def run(count: int, quote: str) -> Tally:
        *_, total = watch(lines(count, quote), policy=Policy(), clock=lambda: NOW)
        return total

    for quote in ("they said so", "they said so", "they did not say so"):
        with django_assert_max_num_queries(24):
            total = run(1_000, quote)
        assert total.entries == 1_000
    assert (total.added, total.changed) == (0, 1_000)


def test_neighbours_on_one_page_hear_of_their_own_quotes_only(
    given: Callable[..., str], web: Web, hours: Hours
) -> None:
    other = {"id": "b", "url": URL, "quote": {"exact": "spoke for three hours about the budget of the coming year"}}
    take(given(LINE, other, {"id": "c", "url": URL}))
    assert exported()["a"] == {
        "id": "a", "url": URL, "outcome": None, "alert": False, "quote_state": "unchecked", "final_url": None,
        "checked_at": None,
    }  # fmt: skip
    look(web, NOW)
    web.shows(TEXT[0].replace("three", "five"), "Interlude one.", "Interlude two.", "Interlude three.", *TEXT[1:])
    look(web, hours(30))
    lines = exported()
    assert (lines["b"]["outcome"], lines["b"]["alert"], lines["b"]["quote_state"]) == ("quote_missing", True, "edited")
    assert (lines["a"]["outcome"], lines["a"]["quote_state"]) == ("changed", "intact")
    assert (lines["c"]["outcome"], lines["c"]["quote_state"]) == ("changed", None)
    assert lines["a"]["final_url"] == URL
    assert lines["a"]["checked_at"] == hours(30).isoformat().replace("+00:00", "Z")
    assert Flag.objects.filter(code=FlagCode.QUOTE_EDITED).count() == 1


def test_a_page_that_did_not_open_says_nothing_of_the_quote(
    given: Callable[..., str], web: Web, hours: Hours, tmp_path: Path
) -> None:
    take(given(LINE))
    look(web, NOW)
    assert (exported()["a"]["outcome"], exported()["a"]["alert"], exported()["a"]["quote_state"]) == (
        "ok", False, "intact",
    )  # fmt: skip
    web.fails("timeout", "slow_body")
    look(web, hours(30))
    assert SourceCheck.objects.count() == 2
    call_command("export_checks", out=str(tmp_path / "out"), stderr=io.StringIO())
    line = json.loads((tmp_path / "out").read_text())
    assert (line["outcome"], line["alert"], line["quote_state"]) == ("timeout", True, "unchecked")
