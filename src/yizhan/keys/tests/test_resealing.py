"""All keys come under another secret, or none does."""

from __future__ import annotations

import psycopg
import pytest
from django.conf import settings as configured
from django.db import connections

from yizhan.keys import authority, health, keeping, resealing
from yizhan.keys.algorithms import Algorithm
from yizhan.keys.faults import Refused, Unopenable
from yizhan.keys.models import Key

pytestmark = pytest.mark.usefixtures("committed")
OLD, NEW = "what these tests seal with", "another secret, as long as it has to be"


@pytest.fixture
def kept(committed):
    """The district's keys and one of each algorithm; nobody works any more."""
    authority.found(organisation="云津区人民政府")
    rows = [keeping.make(algorithm) for algorithm in Algorithm]
    connections.close_all()
    return rows


def reseal(*, old=OLD, new=NEW, former=""):
    with psycopg.connect(
        configured.DATABASE_OWNER_URL, dbname=configured.DATABASES["default"]["NAME"]
    ) as owner:
        return resealing.reseal(owner, old=old, new=new, former=former)


def open_with(settings, secret):
    """Whether every key opens with a secret; some, none or all."""
    settings.KEY_SECRET = secret
    keeping._opened.clear()
    opened = []
    for row in Key.objects.all():
        try:
            opened.append(keeping.opened(row).public_key == bytes(row.public))
        except Unopenable:
            opened.append(False)
    connections.close_all()
    return set(opened)


def test_every_key_opens_with_the_new_secret_and_none_with_the_old_one(kept, settings):
    assert reseal() == (len(kept) + 6, 0)
    assert open_with(settings, NEW) == {True}
    assert open_with(settings, OLD) == {False}
    settings.KEY_SECRET = NEW
    assert health.fault() == ""


def test_done_again_it_takes_along_what_was_added_under_the_old_secret(kept, settings):
    reseal()
    keeping.make(Algorithm.ECDSA_P256)
    connections.close_all()
    assert reseal() == (1, len(kept) + 6)
    assert open_with(settings, NEW) == {True}


def test_what_was_added_under_the_secret_before_the_old_one_is_taken_along_by_that_one(kept, settings):
    reseal()
    keeping.make(Algorithm.ECDSA_P256)
    connections.close_all()
    third = "a third secret, as long as it has to be"
    with pytest.raises(Unopenable):
        reseal(old=NEW, new=third)
    assert reseal(old=NEW, new=third, former=OLD) == (len(kept) + 7, 0)
    assert open_with(settings, third) == {True}


def test_a_wrong_old_secret_changes_nothing(kept, settings):
    with pytest.raises(Unopenable):
        reseal(old="not the one that they were sealed with")
    assert open_with(settings, OLD) == {True}


def test_stopped_half_way_it_changes_nothing(kept, settings, monkeypatch):
    done = []

    def seal(*arguments, **more):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(1)
        return whole(*arguments, **more)

    whole = resealing.sealing.seal
    monkeypatch.setattr(resealing.sealing, "seal", seal)
    with pytest.raises(KeyboardInterrupt):
        reseal()
    monkeypatch.undo()
    assert open_with(settings, OLD) == {True}


def test_while_somebody_works_nothing_is_changed(kept, settings):
    Key.objects.count()
    with pytest.raises(Refused, match="1 个应用连接"):
        reseal()
    assert open_with(settings, OLD) == {True}


@pytest.mark.parametrize(
    ("new", "words"), [("", "至少"), ("short", "至少"), (NEW + "\n", "空白"), (OLD, "相同")]
)
def test_what_is_no_new_secret_is_refused(kept, new, words):
    with pytest.raises(Refused, match=words):
        reseal(new=new)
