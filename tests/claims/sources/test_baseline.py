"""A page that changed near a quote asks for a person, and a person may take the new version as the baseline."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.snapshot import Snapshot
from claims.models.source import Source
from claims.models.watch import AcceptedVersion
from claims.sources import bodies
from claims.sources.baseline import VersionRefused, accept_version
from claims.sources.due import lease
from claims.sources.observing import Observation, observe
from claims.sources.record import Plan, record
from claims.sources.watched import load
from claims.vocabulary import FlagCode, Outcome, QuoteState
from ledger.models import Entry
from tests.claims.sources.conftest import LEASE, TEXT, Watch, Web
from tests.factories.claims import NOW, cite, make_source

Hours = Callable[[float], datetime]
CORRECTION = "Correction: an earlier version gave another name for the auditor."


def open_change() -> Flag:
    return Flag.objects.open().get(code=FlagCode.PAGE_CHANGED)


def by() -> User:
    return User.objects.get(username="watcher")


@pytest.fixture
def corrected(watch: Watch, web: Web, hours: Hours) -> Watch:
    watch.look(NOW)
    web.shows(*TEXT, CORRECTION)
    watch.look(hours(30))
    return watch


def newest(watch: Watch) -> Snapshot:
    return Snapshot.objects.filter(source=watch.source).latest("pk")


def test_a_change_near_an_intact_quote_is_flagged_with_its_sentences(corrected: Watch) -> None:
    flag = open_change()
    assert (flag.source, flag.claim, flag.citation) == (corrected.source, None, None)
    assert flag.detail["reason"] == "correction_named"
    assert flag.detail["telling"] == flag.detail["added"] == [CORRECTION]
    assert flag.detail["removed"] == []
    assert flag.detail["snapshot"] == newest(corrected).pk
    assert corrected.citation.quote_state == QuoteState.INTACT


def test_a_new_title_is_told_with_the_old_one(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(NOW)
    web.shows(*TEXT, title="Board met in vain")
    watch.look(hours(30))
    assert open_change().detail["titles"] == ["Board meets", "Board met in vain"]


def test_the_same_change_is_flagged_once_and_not_again_after_a_person_closed_it(
    corrected: Watch, web: Web, hours: Hours
) -> None:
    corrected.look(hours(60))
    Flag.objects.update(closed_at=hours(61))
    corrected.look(hours(90))
    assert Flag.objects.count() == 1
    web.shows(*TEXT, CORRECTION, "Correction: the sum was wrong too.")
    corrected.look(hours(120))
    assert len(open_change().detail["telling"]) == 2


def test_another_change_renews_an_open_flag(corrected: Watch, web: Web, hours: Hours) -> None:
    web.shows(*TEXT, CORRECTION, "Correction: the sum was wrong too.")
    corrected.look(hours(60))
    assert Flag.objects.count() == 1
    assert len(open_change().detail["telling"]) == 2
    assert open_change().detail["snapshot"] == newest(corrected).pk


def test_a_page_that_goes_back_to_the_baseline_closes_its_flag(corrected: Watch, web: Web, hours: Hours) -> None:
    web.shows(*TEXT)
    corrected.look(hours(60))
    assert not Flag.objects.open().exists()
    assert "says again" in Flag.objects.get().closing_note


def test_a_flag_of_long_sentences_is_bounded(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(NOW)
    web.shows(*TEXT, *(f"Correction number {n}: {'very ' * 500}long." for n in range(100)))
    watch.look(hours(30))
    detail = open_change().detail
    assert len(detail["added"]) == 20
    assert max(map(len, detail["added"])) == 500


def test_accepting_a_version_moves_the_baseline_closes_the_flag_and_is_recorded(corrected: Watch, hours: Hours) -> None:
    before, version = corrected.source.accepted_snapshot, newest(corrected)
    assert before is not None
    accepted = accept_version(
        source=corrected.source, snapshot=version, reason=" The name is not ours. ", by=by(), now=hours(31)
    )
    assert (accepted.previous, accepted.snapshot, accepted.reason) == (before, version, "The name is not ours.")
    assert corrected.source.accepted_snapshot == version
    assert (corrected.source.etag, corrected.source.last_modified) == ("", "")
    assert corrected.source.next_check_at == hours(31)
    flag = Flag.objects.get(code=FlagCode.PAGE_CHANGED)
    assert (flag.closed_at, flag.closed_by, flag.closing_note) == (hours(31), by(), "The name is not ours.")
    entry = Entry.objects.latest("index")
    assert (entry.verb, entry.subject_id) == ("source.version_accepted", str(corrected.source.public_id))
    [seen] = corrected.look(hours(32))
    assert (seen.outcome, seen.alert) == (Outcome.OK, False)
    assert not Flag.objects.open().exists()


def test_accepting_a_version_does_not_make_an_edited_quote_whole(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(NOW)
    web.shows(*(text.replace("336", "366") for text in TEXT))
    watch.look(hours(30))
    accept_version(source=watch.source, snapshot=newest(watch), reason="They corrected it.", by=by(), now=hours(31))
    watch.citation.refresh_from_db()
    assert watch.citation.quote_state == QuoteState.EDITED
    assert Flag.objects.open().get().code == FlagCode.QUOTE_EDITED
    watch.look(hours(32))
    assert watch.citation.quote_state == QuoteState.EDITED
    EvidenceCitation.objects.filter(pk=watch.citation.pk).update(
        quote_exact=watch.citation.quote_exact.replace("336", "366"), quote_state=QuoteState.UNCHECKED, quote_found=""
    )
    watch.look(hours(33))
    assert watch.citation.quote_state == QuoteState.INTACT
    assert not Flag.objects.open().exists()


def test_accepting_a_version_settles_a_quote_that_nobody_looked_for_yet(corrected: Watch, hours: Hours) -> None:
    claim = corrected.citation.claim
    assert claim is not None
    there = cite(claim, by=by(), source=corrected.source, quote="an earlier version gave another name for the auditor")
    absent = cite(claim, by=by(), source=corrected.source, quote="a sentence that stands nowhere on this page at all")
    accept_version(source=corrected.source, snapshot=newest(corrected), reason="Read it.", by=by(), now=hours(31))
    there.refresh_from_db()
    absent.refresh_from_db()
    assert (there.quote_state, absent.quote_state) == (QuoteState.INTACT, QuoteState.UNCHECKED)


def test_a_version_is_refused_with_a_reason(corrected: Watch, hours: Hours) -> None:
    other = make_source(by=by())
    version = newest(corrected)
    for source, snapshot, reason, sentence in (
        (other, version, "Fine.", "another source"),
        (corrected.source, corrected.source.accepted_snapshot, "Fine.", "already"),
        (corrected.source, version, " \n", "reason is needed"),
        (corrected.source, version, "x" * 501, "longer than 500"),
        (corrected.source, version, "x\u202ey", "U+202E"),
    ):
        assert snapshot is not None
        with pytest.raises(VersionRefused, match=sentence.replace("+", r"\+")):
            accept_version(source=source, snapshot=snapshot, reason=reason, by=by(), now=hours(31))
    assert not AcceptedVersion.objects.exists()
    assert open_change()


def test_who_accepted_what_cannot_be_changed(corrected: Watch, hours: Hours) -> None:
    accept_version(source=corrected.source, snapshot=newest(corrected), reason="Read it.", by=by(), now=hours(31))
    with pytest.raises(DatabaseError), transaction.atomic():
        AcceptedVersion.objects.update(reason="Something else.")


def test_a_look_that_began_before_a_version_was_accepted_does_not_undo_it(
    corrected: Watch, web: Web, hours: Hours
) -> None:
    """Its page equals the old baseline, so it would move the baseline back."""
    web.shows(*TEXT, "A quiet word at the end.")
    Source.objects.filter(pk=corrected.source.pk).update(next_check_at=hours(40))
    [batch] = lease(now=hours(40), limit=1, lease_for=LEASE)
    [watched] = load(batch.ids, batch.token)
    seen = asyncio.run(observe(watched, fetch=web.fetch, keep=bodies.keep, confirm_at_once=False))
    assert isinstance(seen, Observation)
    version = newest(corrected)
    accept_version(source=corrected.source, snapshot=version, reason="Read it.", by=by(), now=hours(41))
    record([seen], token=batch.token, plan=Plan(LEASE), now=hours(42))
    corrected.source.refresh_from_db()
    assert corrected.source.accepted_snapshot == version
    assert corrected.source.next_check_at == hours(41), "still due: the look judged by the old baseline"
    assert not Flag.objects.open().exists()
