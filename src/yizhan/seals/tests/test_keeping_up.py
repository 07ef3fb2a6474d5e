"""The worker renews certificates while their seals live, and publishes lists; nobody has to think of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yizhan import clock
from yizhan.journal import worker
from yizhan.journal.models import News
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate, RevocationList
from yizhan.records import originals
from yizhan.seals import examination, finishing, holding, keeping_up, vouching
from yizhan.seals.faults import NoSeal
from yizhan.seals.models import Use
from yizhan.seals.tests.test_finishing import content_of


def renewed():
    return [line.subject for line in News.objects.filter(kind="certificate.renewed").order_by("id")]


def near_the_end(seal):
    """Seven weeks before a seal's certificate ends."""
    return authority.current(seal.key, Family.CLASSIC).not_after - timedelta(days=49)


def test_a_renewed_certificate_is_used_from_then_on(seal, issue, later):
    old = authority.current(seal.key, Family.CLASSIC)
    first = issue()
    finishing.finish(first)
    with later(near_the_end(seal)):
        assert keeping_up.keep_up() > 0
        new = authority.current(seal.key, Family.CLASSIC)
        assert (new.replaces, seal.key in renewed()) == (old, True)
        told = News.objects.get(kind="certificate.renewed", subject=seal.key)
        assert (told.data["serial"], told.data["replaces"]) == (new.serial, old.serial)
        second = issue(data={"name": "陈玉珍"})
        finishing.finish(second)
        assert Use.objects.get(approval__document=second.key).serials.keys() == {new.serial}
        for paper in (first, second):
            known = vouching.trust(Family.CLASSIC)
            assert examination.examine(content_of(paper), known, at=clock.now()).holds


@pytest.mark.parametrize(
    ("state", "goes_on"), [("suspended", True), ("lost", False), ("destroyed", False), ("replaced", False)]
)
def test_only_of_a_seal_that_lives(seal, later, state, goes_on):
    end = near_the_end(seal)
    if state == "replaced":
        holding.replace(seal, number="44019910000018", by="account:1", why="换发")
    else:
        holding.change(seal, state, by="account:1", why="测试")
    with later(end):
        keeping_up.keep_up()
        assert (seal.key in renewed()) is goes_on


def test_of_a_unit_that_there_is(founded, later):
    there = authority.issue(f"unit:{founded.code}", name=founded.name)
    gone = authority.issue("unit:440199-none", name="已撤销的单位")
    with later(there.not_after - timedelta(days=49)):
        keeping_up.keep_up()
        assert there.holder in renewed() and gone.holder not in renewed()


def test_once_an_hour_by_the_house_s_clock_and_the_lists_every_day(seal, later):
    keeping_up.keep_up()
    many = RevocationList.objects.count()
    day = clock.now()
    for hours, published in ((0.5, 0), (1, 0), (25, 1), (25.5, 1), (26, 1)):
        with later(day + timedelta(hours=hours)):
            keeping_up.keep_up()
            lists = RevocationList.objects.count() - many
            assert lists == published * 2 * len(authority.available()), hours
    with later(day - timedelta(days=1)):  # somebody set the clock back
        assert keeping_up.keep_up() > 0


def test_what_cannot_be_signed_now_waits_an_hour_and_stops_nobody(seal, later, settings, caplog):
    from yizhan.keys import keeping  # noqa: PLC0415

    with later(near_the_end(seal)):
        keeping._opened.clear()
        settings.KEY_SECRET = "another"
        assert keeping_up.keep_up() == 0
        assert "not kept up" in caplog.text
        settings.KEY_SECRET = "what these tests seal with"
        assert keeping_up.keep_up() == 0
    with later(near_the_end(seal) + timedelta(hours=1)):
        assert keeping_up.keep_up() > 0


def test_a_paper_that_waited_for_a_certificate_is_sealed_after_the_renewal(seal, issue, later):
    """The house was away for longer than a certificate holds."""
    with later(authority.current(seal.key, Family.CLASSIC).not_after + timedelta(days=3)):
        paper = issue()
        assert originals.typeset(paper)
        with pytest.raises(NoSeal):
            finishing.finish(paper)
        worker.drain()
        finishing.finish(paper)
        certificate = Certificate.objects.get(serial=next(iter(Use.objects.get().serials)))
        assert certificate.not_before == clock.now().replace(microsecond=0)
