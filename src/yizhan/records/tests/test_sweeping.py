"""What nobody wants any more goes after seven days; what somebody wants never goes."""

from __future__ import annotations

import os
import time

import pytest
from django.db.models.functions import Now

from yizhan import clock
from yizhan.journal.models import News
from yizhan.records import files, storage, sweeping
from yizhan.records.models import StoredFile, SweepTurn
from yizhan.records.tests.conftest import pdf, upload

PAGE = pdf(b"<< /Type /Catalog >>")
DAY = 86_400


@pytest.fixture
def keep(service):
    def keep_file(owner="draft:1", content=PAGE):
        return files.keep(upload(content, "a.pdf"), "account:7", owner)

    return keep_file


def age(path, days):
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def shelf_of(file):
    return int(file.sha256[:2], 16)


def lies_there(file):
    return storage.place_of(file.sha256).exists()


def test_an_unbound_file_is_given_up_after_seven_days_and_told(keep):
    file = keep()
    with clock.standing_at("2026-11-27T09:29"):
        assert sweeping.sweep_unbound() == 0
    with clock.standing_at("2026-11-27T09:31"):
        assert sweeping.sweep_unbound() == 1
        assert sweeping.sweep_unbound() == 0
    file.refresh_from_db()
    assert file.removed_at
    assert News.objects.get(kind="file.removed").data["sha256"] == file.sha256


def test_a_bound_file_stays(keep):
    files.bind(keep(), "case:1")
    with clock.standing_at("2036-11-20T09:30"):
        assert sweeping.sweep_unbound() == 0


def test_a_released_file_has_seven_more_days(keep):
    file = files.bind(keep(), "case:1")
    with clock.standing_at("2026-12-20T09:30"):
        files.release(file)
        assert sweeping.sweep_unbound() == 0
    with clock.standing_at("2026-12-28T09:30"):
        assert sweeping.sweep_unbound() == 1


def test_bytes_go_only_when_no_living_row_knows_them_and_they_are_old(keep):
    one, other = keep("draft:1"), keep("draft:2")
    age(storage.place_of(one.sha256), 8)
    StoredFile.objects.filter(pk=one.pk).update(removed_at=clock.now())
    assert sweeping.sweep_shelf(shelf_of(one)) == 0
    StoredFile.objects.filter(pk=other.pk).update(removed_at=clock.now())
    assert sweeping.sweep_shelf((shelf_of(one) + 1) % 256) == 0
    assert lies_there(one)
    assert sweeping.sweep_shelf(shelf_of(one)) == 1
    assert not lies_there(one)


def test_bytes_of_a_step_that_was_undone_go_when_they_are_old(keep):
    file = keep()
    StoredFile.objects.filter(pk=file.pk).update(removed_at=clock.now())
    assert sweeping.sweep_shelf(shelf_of(file)) == 0
    age(storage.place_of(file.sha256), 8)
    assert sweeping.sweep_shelf(shelf_of(file)) == 1


def test_bytes_that_come_again_are_new_again(keep):
    gone = keep()
    age(storage.place_of(gone.sha256), 8)
    StoredFile.objects.filter(pk=gone.pk).update(removed_at=clock.now())
    keep("draft:2")
    assert sweeping.sweep_shelf(shelf_of(gone)) == 0
    assert lies_there(gone)


def test_what_never_finished_arriving_goes_after_a_day(keep, settings):
    keep()
    left = settings.FILES / "incoming" / "tmp-half"
    left.write_bytes(b"half")
    assert sweeping.sweep_incoming() == 0
    age(left, 2)
    assert sweeping.sweep_incoming() == 1
    assert not left.exists()


def test_a_turn_comes_every_ten_minutes_and_goes_round_all_shelves(keep):
    keep()
    assert sweeping.sweep() == 0
    assert SweepTurn.objects.get().shelf == 0
    sweeping.sweep()
    assert SweepTurn.objects.get().shelf == 0
    SweepTurn.objects.update(at=Now() - sweeping.TURN_EVERY, shelf=255)
    sweeping.sweep()
    assert SweepTurn.objects.get().shelf == 0


def test_a_store_that_does_not_exist_yet_is_nothing_to_sweep(service):
    assert sweeping.sweep() == 0
