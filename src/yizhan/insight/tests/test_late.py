"""A supervisor sees what is late in the units within reach, and nothing else."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yizhan import clock
from yizhan.cases import handling
from yizhan.cases.tests.conftest import _staff
from yizhan.identity.models import RoleGrant
from yizhan.insight import late

DUE_SOON, AFTERWARDS = "2026-11-26T10:00", "2026-11-30T10:00"


@pytest.fixture
def waiting(town):
    """One case at 北京街道, one at 六榕街道, both due on 27 November."""
    return town.apply("chen", other_allowance=True), town.apply("wang", other_allowance=True)


def supervisor(town, unit: str, reach: str):
    """Somebody in a unit who supervises as far as this."""
    name = f"watch.{unit}"
    town.people[name] = _staff(name, "赵明远", unit, "platform.supervisor")
    RoleGrant.objects.filter(post__appointments__account=town.people[name]).update(reach=reach)
    return name


def seen(town, who: str, at: str) -> dict[str, tuple[int, int, list[str]]]:
    with clock.standing_at(at), town.acting(who) as actor:
        return {
            unit.code: (unit.late, unit.due, [one.line.number for one in unit.tasks])
            for unit in late.by_unit(actor)
        }


def test_nothing_is_late_in_the_beginning(town, waiting):
    assert seen(town, supervisor(town, "440104", "all"), "2026-11-20T10:00") == {}


def test_what_ends_by_the_next_working_day_is_due(town, waiting):
    chen, wang = waiting
    assert seen(town, supervisor(town, "440104", "all"), DUE_SOON) == {
        "440104-bj": (0, 1, [chen]),
        "440104-lr": (0, 1, [wang]),
    }


def test_a_weekend_is_looked_across(town, waiting):
    town.permit_several()
    with clock.standing_at("2026-11-27T10:00"):
        later = town.apply("chen", other_allowance=True)
    found = seen(town, supervisor(town, "440104", "all"), "2026-11-27T11:00")
    assert found["440104-bj"][:2] == (0, 1), later


def test_past_its_limit_it_is_late(town, waiting):
    assert seen(town, supervisor(town, "440104", "all"), AFTERWARDS)["440104-bj"][:2] == (1, 0)


def test_the_reach_of_one_unit_shows_one_unit(town, waiting):
    chen, _wang = waiting
    assert seen(town, supervisor(town, "440104-bj", "own_unit"), AFTERWARDS) == {"440104-bj": (1, 0, [chen])}
    assert seen(town, supervisor(town, "440104-mz", "unit_subtree"), AFTERWARDS) == {}


def test_who_supervises_nothing_sees_nothing(town, waiting):
    assert seen(town, "clerk", AFTERWARDS) == {}


def test_who_has_it_is_named(town, waiting):
    chen, _wang = waiting
    who = supervisor(town, "440104", "all")
    task = town.task(chen)
    with town.acting("clerk") as actor:
        handling.claim(task.case_id, task.id, by=actor, command=uuid.uuid4())
    with clock.standing_at(AFTERWARDS), town.acting(who) as actor:
        unit = late.of_unit(actor, "440104-bj")
        assert [one.holder for one in unit.tasks] == ["林晓岚"]
        assert late.of_unit(actor, "440104-mz") is None


def test_two_statements_whatever_there_is(town, waiting):
    town.permit_several()

    def counted(who: str) -> int:
        counting = CaptureQueriesContext(connection)
        with clock.standing_at(AFTERWARDS), town.acting(who) as actor, counting:
            assert late.by_unit(actor)
        return len(counting)

    few = counted(supervisor(town, "440104-bj", "own_unit"))
    for _ in range(3):
        town.apply("chen", other_allowance=True)
    assert (few, counted(supervisor(town, "440104", "all"))) == (2, 2)
