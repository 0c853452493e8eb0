"""Every change of what people write leaves a row, whatever road it takes; what machines write leaves none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import connection

from budgets.figures import record_figure
from budgets.models.agency import Agency
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from claims.history.tracking import TRACKED
from claims.intake import revise_claim
from claims.models.assertion import Assertion
from claims.models.change import Change, ChangeCause
from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.people import PersonAlias
from claims.models.response import ResponseCoverage
from claims.models.source import Source
from claims.models.watch import WatchEntry
from claims.sources.writing import update_rows
from claims.vocabulary import AssertionKind, Coverage, QuoteState, SourceHealth
from ledger.models import Entry
from ledger.recording import record
from tests.claims.admin.world import fill
from tests.databases import app_url
from tests.factories.budgets import Row, make_import, make_line
from tests.factories.cast import Cast, make_cast
from tests.factories.claims import NOW, draft_claim, make_source, respond
from tests.factories.figures import amount
from tests.factories.nouns import AgencyFactory, PersonFactory


def newest() -> Change:
    return Change.objects.order_by("-pk")[0]


def held(change: Change) -> dict[str, Any]:
    assert change.after is not None
    return dict(change.after)


def cause_of(change: Change) -> ChangeCause | None:
    return ChangeCause.objects.filter(tx=change.tx, first__lte=change.pk, last__gte=change.pk).first()


def new_changes(after: int) -> list[Change]:
    return list(Change.objects.filter(pk__gt=after).order_by("pk"))


def test_a_verb_leaves_only_the_columns_that_differ_its_name_and_who_did_it(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, heading_en="MP says this")

    def store() -> None:
        claim.heading_en = "MP says that"
        claim.save()

    revise_claim(claim=claim, save=store, by=cast.editor, now=NOW)
    change, cause = newest(), cause_of(newest())
    assert (change.table_name, change.row_id, change.subjects) == (
        "claims_claim",
        claim.pk,
        [f"claims_claim:{claim.pk}"],
    )
    assert (change.before, change.after) == ({"heading_en": "MP says this"}, {"heading_en": "MP says that"})
    assert cause is not None
    assert (cause.entry.verb, cause.user) == ("claim.revised", cast.editor)
    assert (change.role, change.program) == ("tamroi_app", "tamroi-command")


def test_a_bulk_update_leaves_a_row_each_and_is_nobodys(cast: Cast) -> None:
    claims = [draft_claim(by=cast.contributor) for _ in range(3)]
    before = newest().pk
    Claim.objects.update(known_en="Much is known.")
    found = new_changes(before)
    assert {change.row_id for change in found} == {claim.pk for claim in claims}
    assert {held(change)["known_en"] for change in found} == {"Much is known."}
    assert [cause_of(change) for change in found] == [None, None, None]


def test_an_update_that_changes_nothing_leaves_nothing(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    before = newest().pk
    claim.save()
    Claim.objects.update(slug=claim.slug)
    assert new_changes(before) == []


def test_rows_made_in_bulk_and_rows_removed_leave_what_they_held(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    before = newest().pk
    words = {"kind": AssertionKind.FACT, "text_en": "A part", "text_th": "ส่วน"}
    Assertion.objects.bulk_create(Assertion(claim=claim, number=number, **words) for number in (8, 9))
    Assertion.objects.filter(number__in=(8, 9)).delete()
    added, removed = new_changes(before)[:2], new_changes(before)[2:]
    assert [(change.before, change.after and change.after["number"]) for change in added] == [(None, 8), (None, 9)]
    assert {(change.after, change.before and change.before["number"]) for change in removed} == {(None, 8), (None, 9)}
    assert "hedge_en" not in held(added[0])
    assert {tuple(change.subjects) for change in [*added, *removed]} == {(f"claims_claim:{claim.pk}",)}


def test_raw_sql_of_another_connection_is_noted_with_its_role_and_program(committed_db: str) -> None:
    claim = draft_claim(by=make_cast().contributor)
    with psycopg.connect(app_url(committed_db), application_name="psql") as other:
        other.execute("UPDATE claims_claim SET heading_th = 'ใหม่' WHERE id = %s", [claim.pk])
        other.execute("MERGE INTO claims_claim c USING (VALUES (1)) v ON c.id = %s WHEN MATCHED THEN"
                      " UPDATE SET said_en = 'x'", [claim.pk])  # fmt: skip
        with other.cursor().copy("COPY claims_personalias (person_id, name, lang) FROM STDIN") as copy:
            copy.write_row((claim.claimants.get().person_id, "อีกชื่อ", "th"))
    found = list(Change.objects.order_by("-pk")[:3])
    assert [change.table_name for change in found] == ["claims_personalias", "claims_claim", "claims_claim"]
    assert {(change.role, change.program, change.tx == found[0].tx) for change in found} == {
        ("tamroi_app", "psql", True)
    }
    assert PersonAlias.objects.count() == 1


def test_a_rolled_back_change_leaves_nothing(committed_db: str) -> None:
    claim = draft_claim(by=make_cast().contributor)
    before = newest().pk
    with psycopg.connect(app_url(committed_db)) as other:
        other.execute("UPDATE claims_claim SET heading_th = 'ใหม่' WHERE id = %s", [claim.pk])
        other.rollback()
    assert new_changes(before) == []


def test_verbs_of_one_transaction_share_its_changes_by_their_order(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    before = newest().pk
    for user in (cast.editor, cast.reviewer):
        Claim.objects.filter(pk=claim.pk).update(known_en=user.username)
        record("claim.revised", subject_kind="claim", subject_id=claim.public_id, content={"user": str(user.pk)})
    found = [cause_of(change) for change in new_changes(before)]
    assert [cause and cause.user for cause in found] == [cast.editor, cast.reviewer]


@pytest.mark.parametrize("user", ["", "0", "x", "999999", "1; DROP", "99999999999999999999", None])
def test_an_entry_without_a_known_account_is_a_machines(cast: Cast, user: str | None) -> None:
    draft_claim(by=cast.contributor)
    Claim.objects.update(known_en="x")
    record("claim.revised", subject_kind="claim", subject_id="1", content={"user": user})
    cause = cause_of(newest())
    assert cause is not None
    assert (cause.entry.verb, cause.user) == ("claim.revised", None)


def test_an_entry_of_a_transaction_that_changed_nothing_leaves_no_row(committed_db: str) -> None:
    source = make_source(by=make_cast().contributor)
    before = ChangeCause.objects.count()
    with psycopg.connect(app_url(committed_db)) as other:
        other.execute("UPDATE claims_source SET failures = 1 WHERE id = %s", [source.pk])
    assert ChangeCause.objects.count() == before
    assert Entry.objects.count() == before


def test_what_machines_write_leaves_nothing(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    source = Source.objects.get()
    entry = WatchEntry.objects.create(key="a", url=source.url, source=source, added_at=NOW)
    line = make_line(AgencyFactory.create(), "Roads", "ถนน")
    before = newest().pk
    source.health, source.failures, source.restless = SourceHealth.BROKEN, 3, [["a"]]
    update_rows([source], ["health", "failures", "restless"])
    EvidenceCitation.objects.filter(claim=claim).update(quote_state=QuoteState.LOST, quote_found="x")
    EvidenceCitation.objects.create(watch=entry, source=source, quote_exact="A quote", quote_lang="en")
    make_line(line.agency, "Bridges", "สะพาน", line)
    make_import(cast.contributor, [Row(line, 2022, "100"), Row(line, 2023, "200")])
    Figure.objects.update(retracted_at=NOW, retraction_reason="x")
    assert {change.table_name for change in new_changes(before)} == {"budgets_columnmapping"}


def test_people_may_still_change_what_a_machine_brought(cast: Cast) -> None:
    line = make_line(AgencyFactory.create(), "Roads", "ถนน")
    BudgetLine.objects.filter(pk=line.pk).update(name_en="Streets")
    assert newest().after == {"name_en": "Streets"}
    record_figure(by=cast.contributor, now=NOW, **amount("336000000.123456"))
    assert held(newest())["value"] == Decimal("336000000.123456")


def test_a_row_that_moves_to_another_page_is_part_of_both(cast: Cast) -> None:
    one, other = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    one.assertions.update(claim=other, number=7)
    assert newest().subjects == sorted([f"claims_claim:{one.pk}", f"claims_claim:{other.pk}"])
    response = respond({one: Coverage.PARTLY}, by=cast.contributor)
    ResponseCoverage.objects.update(note_en="x")
    assert newest().subjects == sorted([f"claims_claim:{one.pk}", f"claims_officialresponse:{response.pk}"])


def test_parts_of_parts_belong_to_their_claim_also_when_all_goes(cast: Cast) -> None:
    claim = fill(cast, 1)[0]
    tables = ("claims_figurecheck", "claims_reading", "claims_operand")
    own = [f"claims_claim:{claim.pk}"]
    assert {tuple(c.subjects) for c in Change.objects.filter(table_name__in=tables)} == {tuple(own)}
    before = newest().pk
    claim.assertions.get().checks.get().delete()
    gone = {change.table_name: change.subjects for change in new_changes(before)}
    assert gone == dict.fromkeys(tables, own)


def test_agencies_named_in_a_list_are_tracked_too(cast: Cast) -> None:
    claim, agency = draft_claim(by=cast.contributor), AgencyFactory.create()
    claim.agencies.add(agency)
    claim.agencies.clear()
    added, removed = Change.objects.order_by("-pk")[:2][::-1]
    assert added.after == removed.before == {"claim_id": claim.pk, "agency_id": agency.pk}


def test_every_tracked_noun_leaves_a_row_and_no_other_does(cast: Cast) -> None:
    [claim] = fill(cast, 1)
    assert claim.dossier is not None
    claim.dossier.agencies.add(Agency.objects.all()[0])
    claim.agencies.add(Agency.objects.all()[0])
    PersonFactory.create()
    assert set(Change.objects.values_list("table_name", flat=True)) == {tracked.table for tracked in TRACKED}


def test_the_table_of_what_is_tracked_is_what_the_triggers_do(db: None) -> None:
    """The name of each column that a machine writes stands twice: in the database and for people."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, array_agg(tgname::text ORDER BY tgname), bool_and(tgenabled = 'A'),"
            " min(split_part(encode(tgargs, 'escape'), '\\000', 1)) FROM pg_trigger"
            " WHERE starts_with(tgname, 'history_of_') AND tgname <> 'history_of_verbs' GROUP BY 1"
        )
        found = {table: (names, always, machine) for table, names, always, machine in cursor.fetchall()}
    names = ["history_of_added", "history_of_removed", "history_of_saved"]
    assert set(found) == {tracked.table for tracked in TRACKED}
    for tracked in TRACKED:
        assert found[tracked.table] == (names, True, "{" + ",".join(tracked.machine) + "}"), tracked.label
        held = {field.column for field in tracked.model._meta.concrete_fields}
        assert set(tracked.machine) <= held, tracked.label


@pytest.mark.parametrize("label", ["claims.Source", "claims.EvidenceCitation"])
def test_where_machines_write_all_the_time_every_column_of_people_is_listed(db: None, label: str) -> None:
    """A trigger that looked at whole rows would cost each check of a page; a list can miss a new column."""
    tracked = next(each for each in TRACKED if each.label == label)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgname = 'history_of_saved' AND tgrelid = %s::regclass",
            [tracked.table],
        )
        (definition,) = cursor.fetchone()
    held = {field.column for field in tracked.model._meta.concrete_fields}
    assert set(re.findall(r"old\.\"?(\w+)", definition)) == held - set(tracked.machine)
