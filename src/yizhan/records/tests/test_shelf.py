"""PDFs for everybody: set once, waited for by key and not for ever, remembered within bounds, faults for a minute."""

from __future__ import annotations

import threading

import pytest

from yizhan.records import shelf as shelves
from yizhan.records.pace import Pace
from yizhan.records.press_faults import PressBusy, TypesettingFailed
from yizhan.records.shelf import Made, Shelf
from yizhan.ui.errors import TooManyRequests


def pdf(size=1, name="a.pdf"):
    return Made(name, b"x" * size)


def never():
    raise AssertionError


@pytest.fixture
def being_set():
    """A shelf on which somebody is setting a sheet, until the test is over."""
    shelf, began, ended = Shelf(patience=0.01), threading.Event(), threading.Event()

    def slowly():
        began.set()
        ended.wait(20)
        return pdf()

    other = threading.Thread(target=shelf.get, args=("slow", slowly))
    other.start()
    assert began.wait(20)
    yield shelf
    ended.set()
    other.join(20)
    assert shelf.get("slow", never)


def test_one_that_is_being_set_is_not_waited_for_for_ever(being_set):
    with pytest.raises(PressBusy):
        being_set.get("slow", never)


def test_another_waits_for_nobody(being_set):
    assert being_set.get("another", pdf)


def test_a_fault_is_remembered_for_a_while_and_asks_the_press_once(monkeypatch):
    asked, now = [], [100.0]
    monkeypatch.setattr(shelves.time, "monotonic", lambda: now[0])

    def broken():
        asked.append(1)
        raise TypesettingFailed("no")

    shelf = Shelf()
    for _try in range(3):
        with pytest.raises(TypesettingFailed, match="no"):
            shelf.get("a", broken)
    assert asked == [1]
    now[0] += shelves.FAULTS_KEPT + 1
    assert shelf.get("a", pdf)


def test_that_the_press_is_busy_is_no_fault_of_the_sheet():
    def busy():
        raise PressBusy

    shelf = Shelf()
    with pytest.raises(PressBusy):
        shelf.get("a", busy)
    assert shelf.get("a", pdf)


def test_what_is_remembered_is_bounded_by_bytes():
    shelf = Shelf(room=10)
    for key in ("a", "b", "c"):
        shelf.get(key, lambda: pdf(4))
    assert shelf.keys == ["b", "c"]
    shelf.get("d", lambda: pdf(11))
    assert shelf.keys == ["b", "c"], "what is too large for all the room takes none from others"


def test_a_pace_counts_for_each():
    pace = Pace(most=2)
    for _try in range(2):
        pace.count("chen")
    with pytest.raises(TooManyRequests) as told:
        pace.count("chen")
    assert 0 < told.value.retry_after <= 3600
    pace.count("li")
