"""News: written with the fact, read in order, never lost, whatever order transactions end in."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from yizhan import clock, journal
from yizhan.journal import reading, work, worker
from yizhan.journal.models import Cursor, News


@pytest.fixture
def seen(monkeypatch):
    """A reader of its own, and what it was handed."""
    facts = []
    monkeypatch.setattr(reading, "readers", {})
    journal.reads("case.closed", reader="test")(facts.append)
    return facts


@pytest.mark.django_db
def test_news_disappears_with_the_transaction_that_wrote_it():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal.write("case.closed", subject="case:1")
        1 / 0  # noqa: B018
    assert not News.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["closed", "case.Closed", "case closed", ""])
def test_news_is_named_room_and_past_tense(kind):
    with pytest.raises(ValueError, match=r"room\.past_tense"):
        journal.write(kind, subject="case:1")


@pytest.mark.django_db
def test_news_can_never_be_changed_or_deleted_by_the_application():
    journal.write("case.closed", subject="case:1")
    for statement in ("update journal_news set kind = 'x.y'", "delete from journal_news"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_reader_gets_its_kinds_in_order_and_once(committed, seen):
    for number in range(5):
        journal.write("case.closed", subject=f"case:{number}", outcome="granted")
        journal.write("case.opened", subject=f"case:{number}")
    assert worker.drain() >= 5
    assert [fact.subject for fact in seen] == [f"case:{n}" for n in range(5)]
    assert worker.drain() == 0


def test_what_commits_late_is_not_skipped(committed, seen):
    """A transaction that began first and ends last is what loses rows for a reader that goes by number."""
    wrote, may_commit = threading.Event(), threading.Event()

    def slow_writer():
        with transaction.atomic():
            journal.write("case.closed", subject="case:slow")
            wrote.set()
            may_commit.wait(10)
        connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    wrote.wait(10)
    journal.write("case.closed", subject="case:fast")
    worker.drain()
    assert [fact.subject for fact in seen] == [], "nothing may overtake a transaction still running"
    may_commit.set()
    writer.join()
    worker.drain()
    assert [fact.subject for fact in seen] == ["case:slow", "case:fast"]


def test_many_writers_and_two_readers_lose_nothing(committed, seen):
    """Four writers with transactions of different length, two workers reading all the while."""
    each, writers = 60, 4

    def write(name):
        for number in range(each):
            with transaction.atomic():
                journal.write("case.closed", subject=f"case:{name}-{number}")
                if number % 7 == name:
                    connection.cursor().execute("select pg_sleep(0.01)")
        connection.close()

    done = threading.Event()

    def read():
        while not done.is_set():
            reading.read_all()
        connection.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    readers = [threading.Thread(target=read) for _ in range(2)]
    for thread in (*threads, *readers):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    worker.drain()
    subjects = [fact.subject for fact in seen]
    assert len(subjects) == len(set(subjects)) == each * writers
    for name in range(writers):
        mine = [s for s in subjects if s.startswith(f"case:{name}-")]
        assert mine == [f"case:{name}-{n}" for n in range(each)]


def test_a_handler_that_fails_is_tried_again_and_nothing_overtakes_it(committed, monkeypatch):
    facts, broken = [], [True]
    monkeypatch.setattr(reading, "readers", {})

    @journal.reads("case.closed", reader="test")
    def handle(fact):
        if broken[0] and fact.subject == "case:1":
            raise ConnectionError("the other side is away")
        facts.append(fact.subject)

    for number in range(3):
        journal.write("case.closed", subject=f"case:{number}")
    worker.drain()
    assert facts == ["case:0"]
    (behind,) = reading.lag()
    assert behind.waiting == 2
    assert "the other side is away" in behind.fault
    broken[0] = False
    Cursor.objects.update(next_try_at=None)
    worker.drain()
    assert facts == ["case:0", "case:1", "case:2"]
    assert reading.lag()[0].waiting == 0


@pytest.mark.django_db
def test_the_lag_tells_what_a_long_transaction_holds_back(monkeypatch):
    """Here the long transaction is the test's own: it wrote the news and goes on."""
    monkeypatch.setattr(reading, "readers", {"test": reading.Reader("test", {})})
    Cursor.objects.all().delete()
    Cursor.objects.create(reader="test")
    with clock.standing_at("2026-11-20T09:00"):
        journal.write("case.closed", subject="case:1")
    with clock.standing_at("2026-11-20T09:00:20"):
        assert reading.read_all() == 0
        (soon,) = reading.lag()
        assert (soon.waiting, soon.held_back, soon.oldest_seconds, soon.is_blocked) == (1, 1, 20.0, False)
    with clock.standing_at("2026-11-20T09:01"):
        assert reading.lag()[0].is_blocked


def test_what_waits_for_the_worker_alone_is_not_held_back(committed):
    Cursor.objects.create(reader="test")
    journal.write("case.closed", subject="case:1")
    (behind,) = [one for one in reading.lag() if one.reader == "test"]
    assert (behind.waiting, behind.is_blocked) == (1, False)


def test_a_worker_told_to_stop_ends_with_the_fact_in_hand(committed, monkeypatch):
    stop, facts = threading.Event(), []
    monkeypatch.setattr(reading, "readers", {})

    @journal.reads("case.closed", reader="test")
    def handle(fact):
        facts.append(fact.subject)
        if len(facts) == 2:
            stop.set()

    for number in range(5):
        journal.write("case.closed", subject=f"case:{number}")
    with work.until(stop):
        assert worker.all_rounds() == 2
        assert worker.all_rounds() == 0
    assert facts == ["case:0", "case:1"]
    worker.drain()
    assert facts == [f"case:{number}" for number in range(5)]


def test_after_a_restore_into_another_cluster_old_news_stand_before_new_ones(committed, seen):
    journal.write("case.closed", subject="case:old")
    with connection.cursor() as cursor:
        cursor.execute("insert into journal_epoch (cluster) values ('the old cluster') returning number")
    # a restored row: it bears the epoch and the high transaction number of the cluster it came from
    News.objects.create(
        kind="case.closed", subject="case:restored", actor="", data={}, epoch=0, transaction=2**40
    )
    worker.drain()
    assert [fact.subject for fact in seen] == ["case:restored", "case:old"]


def test_how_far_behind_a_reader_is_goes_by_the_clock_of_the_house(committed, seen):
    with clock.standing_at("2020-05-06T09:00"):
        worker.drain()
        journal.write("case.closed", subject="case:1")
    with clock.standing_at("2020-05-06T09:00:40"):
        (behind,) = reading.lag()
    assert (behind.waiting, round(behind.oldest_seconds)) == (1, 40)
