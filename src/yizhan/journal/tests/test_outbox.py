"""Effects leave at least once, with a key; what fails waits, what cannot be is said."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from yizhan.journal import outbox, work
from yizhan.journal.models import Effect


@pytest.fixture
def sent(monkeypatch):
    done = []
    monkeypatch.setattr(outbox, "_handlers", {})
    outbox.handles("notice.send")(lambda errand: done.append((errand.key, errand.body)))
    return done


@pytest.mark.django_db
def test_an_effect_is_performed_once_its_step_is_there(sent):
    outbox.put("notice.send", {"to": "somebody"}, key="case:1/2/accepted")
    assert outbox.deliver() == 1
    assert sent == [("case:1/2/accepted", {"to": "somebody"})]
    assert outbox.deliver() == 0


@pytest.mark.django_db
def test_a_worker_told_to_stop_leaves_the_rest_for_the_next_start(monkeypatch):
    stop, done = threading.Event(), []
    monkeypatch.setattr(outbox, "_handlers", {})

    @outbox.handles("notice.send")
    def send(errand):
        done.append(errand.key)
        stop.set()

    for key in ("a", "b", "c"):
        outbox.put("notice.send", {}, key=key)
    with work.until(stop):
        assert outbox.deliver() == 1
    assert outbox.deliver() == 2
    assert done == ["a", "b", "c"]


@pytest.mark.django_db
def test_a_known_key_changes_nothing(sent):
    outbox.put("notice.send", {"n": 1}, key="same")
    outbox.put("notice.send", {"n": 2}, key="same")
    outbox.deliver()
    assert sent == [("same", {"n": 1})]


@pytest.mark.django_db
def test_a_step_that_is_undone_sends_nothing(sent):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.put("notice.send", {}, key="k")
        1 / 0  # noqa: B018
    assert outbox.deliver() == 0


@pytest.mark.django_db
def test_a_receiver_that_is_away_is_tried_again_later_and_never_given_up(monkeypatch):
    away = [True]
    monkeypatch.setattr(outbox, "_handlers", {})

    @outbox.handles("notice.send")
    def send(errand):
        if away[0]:
            raise ConnectionError("no route")

    outbox.put("notice.send", {}, key="k")
    for tries in range(1, 31):
        Effect.objects.update(next_try_at=Now())
        outbox.deliver()
        effect = Effect.objects.get()
        assert (effect.tries, effect.done_at, effect.refused_at) == (tries, None, None)
    assert "no route" in effect.fault
    away[0] = False
    Effect.objects.update(next_try_at=Now())
    assert outbox.deliver() == 1
    assert Effect.objects.get().done_at


@pytest.mark.django_db
def test_what_can_never_arrive_is_said_and_not_tried_again(monkeypatch):
    monkeypatch.setattr(outbox, "_handlers", {})

    @outbox.handles("notice.send")
    def send(errand):
        raise outbox.Undeliverable("no such number")

    outbox.put("notice.send", {}, key="k")
    outbox.deliver()
    effect = Effect.objects.get()
    assert effect.refused_at
    assert effect.fault == "no such number"


@pytest.mark.django_db
def test_half_done_work_of_a_failed_handler_is_undone(monkeypatch):
    monkeypatch.setattr(outbox, "_handlers", {})

    @outbox.handles("a")
    def half(errand):
        outbox.put("b", {}, key="child")
        raise ConnectionError

    outbox.put("a", {}, key="parent")
    outbox.deliver()
    assert list(Effect.objects.values_list("key", flat=True)) == ["parent"]


def test_two_workers_never_perform_one_effect_twice(committed, sent):
    for number in range(60):
        outbox.put("notice.send", {}, key=f"k{number}")

    def work():
        while outbox.deliver():
            pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(key for key, _ in sent) == sorted(f"k{n}" for n in range(60))
