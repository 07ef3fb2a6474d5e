"""Cards fall once each, at their moment, by the table that counts; clocks without timers get them."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.calendar.deadlines import day_of
from yizhan.cases import arming, card_rules
from yizhan.cases.models import Card, Timer
from yizhan.cases.tests.test_clocks import at_review, suspend, the, timers
from yizhan.identity import scope
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish


@pytest.fixture
def reviewed(town):
    return at_review(town)


def test_cards_fall_once_each_also_after_three_days_without_anybody(town, reviewed):
    with clock.standing_at("2026-12-09T10:00"):  # the review ended on 26 November, the promise on 4 December
        town.work()
        town.work()
    with scope.service():
        cards = list(Card.objects.filter(number=reviewed).order_by("at", "id"))
    seen = [(one.kind, one.colour, one.moment, str(day_of(one.at))) for one in cards]
    assert seen == [
        ("internal", "blue", "warn", "2026-11-25"),
        ("internal", "yellow", "due", "2026-11-27"),
        ("internal", "red", "uncorrected", "2026-12-02"),
        ("promised", "blue", "warn", "2026-12-03"),
        ("promised", "yellow", "due", "2026-12-05"),
    ]
    assert {str(day_of(one.noticed_at)) for one in cards} == {"2026-12-09"}
    assert {one.unit for one in cards} == {"440104-bj", "440104-mz"}
    assert town.intact(reviewed)


def test_a_clock_that_stands_still_brings_no_card(town, reviewed):
    with clock.standing_at("2026-11-24T10:00"):
        suspend(town, reviewed)
    with clock.standing_at("2026-12-30T10:00"):
        town.work()
    with scope.service():
        assert not Card.objects.exists()


def test_a_site_says_which_card_falls_when(town, reviewed, tmp_path):
    folder = tmp_path / "supervision"
    (folder / "decisions").mkdir(parents=True)
    (folder / "pack.yaml").write_text(
        "code: supervision\ntitle: {zh: 监察规则, en: Rules of supervision}\nunit: '440104'\n"
        "contact: {name: {zh: 区政府办公室, en: District office}}\n",
        "utf-8",
    )
    table = card_rules._OURS.read_text("utf-8")
    # As in Chengdu: yellow before the limit ends, red when it has passed.
    table = table.replace("""['"blue"', "0"]""", """['"yellow"', "0"]""").replace(
        """['"yellow"', "3"]""", """['"red"', "0"]"""
    )
    table = table[: table.index("examples:")]
    (folder / "decisions/card_colour.table.yaml").write_text(table, "utf-8")
    publish(read(folder), by="test")
    with clock.standing_at("2026-12-09T10:00"):
        town.work()
    with scope.service():
        seen = [(one.kind, one.colour) for one in Card.objects.filter(number=reviewed).order_by("at", "id")]
        rule = Card.objects.first().rule
    assert seen == [("internal", "yellow"), ("internal", "red"), ("promised", "yellow"), ("promised", "red")]
    assert rule.startswith("supervision 1 / card_colour / ")


def test_clocks_without_timers_get_them_when_a_worker_starts(town, reviewed):
    with scope.service():
        Timer.objects.filter(case__number=reviewed).delete()
        assert arming.sweep() == 3
        assert arming.sweep() == 0
    promised = the(reviewed, "promised")
    assert timers(reviewed, promised) == {f"{promised.id}:warn", f"{promised.id}:due"}
