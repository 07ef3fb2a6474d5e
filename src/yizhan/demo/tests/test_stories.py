"""What the demo promises to show, whatever day it is loaded."""

from __future__ import annotations

from datetime import date

import pytest

from yizhan import clock
from yizhan.calendar import loading
from yizhan.demo import workdays
from yizhan.demo.officials import OFFICIALS
from yizhan.demo.personas import ALL
from yizhan.demo.stories import STORIES
from yizhan.voice.grades import REMARKS, Grade

OPINIONS = [story.opinion for story in STORIES if story.opinion]


def test_ratings_in_all_grades_with_remarks_that_there_are():
    assert {one.grade for one in OPINIONS} == set(Grade)
    assert all(set(one.remarks) <= set(REMARKS) for one in OPINIONS)


def test_redress_in_every_state():
    bad = [one for one in OPINIONS if Grade(one.grade).is_bad]
    states = {(one.verified is not None, one.answered is not None) for one in bad}
    assert states == {(False, False), (True, False), (True, True)}
    assert all(one.verified < one.answered for one in bad if one.answered is not None)


def test_only_what_ended_is_rated():
    ends = {"grant", "refuse", "decline"}
    for story in STORIES:
        if story.opinion is None:
            continue
        ended_after = 0 if not story.doubtful else len(story.steps)
        assert not story.doubtful or story.steps[-1] in ends
        assert story.opinion.after > ended_after or not story.doubtful


def test_everybody_one_can_be_is_somebody_else():
    for names in ([one.key for one in ALL], [one.name for one in ALL]):
        assert len(set(names)) == len(names)
    assert any(("elderly_allowance.payer", "own_unit") in one.place.roles for one in OFFICIALS)


@pytest.mark.django_db
def test_days_are_counted_in_working_days():
    loading.load()
    with clock.standing_at("2026-11-22T12:00"):  # a Sunday
        assert workdays.ago(0) == date(2026, 11, 20)
        assert workdays.ago(1) == date(2026, 11, 19)
    assert workdays.ago(1, of=date(2026, 11, 1)) == date(2026, 10, 29)
    assert workdays.later(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert workdays.later(date(2026, 11, 21), 0) == date(2026, 11, 21)
