"""A follower is given each entry of its verbs once, in order, and again after a failure."""

import threading
from collections.abc import Sequence

import pytest
from django.db import connection, transaction

from ledger.following import follow
from ledger.models import Cursor, Entry
from ledger.recording import record


class Ear:
    """Remembers what it was told."""

    def __init__(self, *, fails: bool = False) -> None:
        self.heard: list[str] = []
        self.fails = fails

    def __call__(self, entries: Sequence[Entry]) -> None:
        self.heard += [entry.subject_id for entry in entries]
        if self.fails:
            raise RuntimeError("deaf")


def write(*subjects: str, verb: str = "figure.recorded") -> None:
    with transaction.atomic():
        for subject in subjects:
            record(verb, subject_kind="figure", subject_id=subject)


@pytest.mark.django_db
def test_each_entry_is_given_once_and_in_order() -> None:
    write("1", "2")
    ear = Ear()
    assert follow("ear", {"figure.recorded"}, ear) == 2
    write("3")
    assert follow("ear", {"figure.recorded"}, ear) == 1
    assert follow("ear", {"figure.recorded"}, ear) == 0
    assert ear.heard == ["1", "2", "3"]


@pytest.mark.django_db
def test_entries_of_other_verbs_move_the_cursor_and_are_not_given() -> None:
    write("1", verb="claim.registered")
    ear = Ear()
    assert follow("ear", {"figure.recorded"}, ear) == 1
    assert ear.heard == []
    assert Cursor.objects.get(name="ear").next_index == 1


@pytest.mark.django_db
def test_a_long_log_is_read_in_pieces() -> None:
    write(*map(str, range(7)))
    ear = Ear()
    assert [follow("ear", {"figure.recorded"}, ear, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert ear.heard == list(map(str, range(7)))


@pytest.mark.django_db
def test_two_followers_have_a_cursor_each() -> None:
    write("1")
    one, two = Ear(), Ear()
    follow("one", {"figure.recorded"}, one)
    write("2")
    follow("one", {"figure.recorded"}, one)
    follow("two", {"figure.recorded"}, two)
    assert one.heard == two.heard == ["1", "2"]


@pytest.mark.django_db
def test_what_could_not_be_handled_comes_again() -> None:
    write("1")
    with pytest.raises(RuntimeError, match="deaf"):
        follow("ear", {"figure.recorded"}, Ear(fails=True))
    assert Cursor.objects.get(name="ear").next_index == 0
    ear = Ear()
    assert follow("ear", {"figure.recorded"}, ear) == 1
    assert ear.heard == ["1"]


def test_a_second_follower_of_the_name_does_not_wait_and_gets_nothing(committed_db: str) -> None:
    write("1")
    entered, leave = threading.Event(), threading.Event()

    def linger(_entries: Sequence[Entry]) -> None:
        entered.set()
        assert leave.wait(20)

    def first() -> None:
        follow("ear", {"figure.recorded"}, linger)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert entered.wait(20)
    ear = Ear()
    assert follow("ear", {"figure.recorded"}, ear) == 0
    leave.set()
    thread.join()
    assert ear.heard == []
    assert follow("ear", {"figure.recorded"}, ear) == 0


def test_an_entry_of_a_slow_writer_is_not_passed_over(committed_db: str) -> None:
    """Its index is taken before its transaction ends; whoever comes later waits for it, so nobody sees a gap."""
    taken, end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record("figure.recorded", subject_kind="figure", subject_id="slow")
            taken.set()
            assert end.wait(20)
        connection.close()

    def quick() -> None:
        write("quick")
        connection.close()

    threads = [threading.Thread(target=target) for target in (slow, quick)]
    threads[0].start()
    assert taken.wait(20)
    threads[1].start()
    ear = Ear()
    assert follow("ear", {"figure.recorded"}, ear) == 0
    end.set()
    for thread in threads:
        thread.join()
    assert follow("ear", {"figure.recorded"}, ear) == 2
    assert ear.heard == ["slow", "quick"]
