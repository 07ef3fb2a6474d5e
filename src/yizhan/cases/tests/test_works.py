"""What the house does for a process: within the step, outside of it, and when it fails."""

import uuid

import pytest

from yizhan import clock
from yizhan.cases import works
from yizhan.cases.models import Event
from yizhan.cases.refusals import CannotGoOn
from yizhan.cases.step import take
from yizhan.cases.tests.joint import PROCESS
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.releases.faults import PackRefused
from yizhan.releases.words import Text

AUTOMATIC = """
  count:
    kind: automatic
    title: {zh: 核算, en: Count}
    phase: review
    does: WORK
    with: {name: '"陈"'}
    waits: true
    gives: {sum: number}
    to: enough
    on: {bad: {error: unreachable, to: check}}
  enough:
    kind: decision
    title: {zh: 够不够, en: Enough}
    phase: review
    cases: [{when: count.sum > 5, to: decision}]
    otherwise: check
"""


@pytest.fixture
def announced(monkeypatch):
    """Works of a test's own; gives a function that announces one."""
    monkeypatch.setattr(works, "_works", dict(works._works))

    def announce(name, **how):
        title = Text(zh="核算", en="Count")
        given = {
            "takes": frozenset({"name"}),
            "gives": {"sum": "number"},
            "errors": frozenset({"unreachable"}),
        }
        return works.announce(works.Work(name, title, **{**given, **how}))

    return announce


def started(town, work, **more):
    text = PROCESS.replace("to: check, marks: accepted", "to: count, marks: accepted")
    town.rewrite({"processes/application.flow.yaml": text + AUTOMATIC.replace("WORK", work), **more})
    number = town.apply("chen")
    town.do("clerk", number, "accept")
    return number


def test_a_work_within_the_step_reports_at_once(town, announced):
    asked = []
    announced("count_now", within=lambda step, given: asked.append(dict(given)) or {"sum": 9})
    number = started(town, "count_now")
    assert asked == [{"name": "陈"}]
    assert town.task(number).node == "decision"
    assert [event.delta.get("performed") for event in rows_of(number)][-1] == [
        {"work": "count_now", "node": "count"}
    ]


def test_a_work_of_several_that_nobody_waits_for_is_done_for_each(town, announced):
    asked = []
    announced("count_later", outside=lambda case, given: asked.append(given["name"]))
    case = town.case(town.apply("chen", other_allowance=True)).id

    def do(step):
        for name in ("陈", "李"):
            works.perform(step, "count_later", node="each", token=None, arguments={"name": name})

    with scope.service():
        take(case, by=HOUSE, command=uuid.uuid4(), kind="test", do=do)
    town.work()
    assert asked == ["陈", "李"]


def test_a_work_outside_reports_when_it_is_done_and_only_once(town, announced):
    asked = []
    announced("count_later", outside=lambda case, given: asked.append(case.number) or {"sum": 9})
    number = started(town, "count_later")
    assert not asked
    town.work()
    town.work()
    assert asked == [number]
    assert town.task(number).node == "decision"
    assert rows_of(number)[-1].kind == "work.reported"
    assert town.intact(number)


def test_a_work_that_fails_goes_where_its_error_leads(town, announced):
    def fails(*_args):
        raise works.Failed("unreachable")

    announced("count_badly", outside=fails)
    number = started(town, "count_badly")
    town.work()
    assert town.task(number).node == "check"


def test_within_the_step_too(town, announced):
    def fails(*_args):
        raise works.Failed("unreachable")

    announced("count_badly_now", within=fails)
    assert town.task(started(town, "count_badly_now")).node == "check"


LATE = """
    on: {late: {at: 'duration("PT1H")', to: count}}
    actions:
      forward:"""


def test_a_time_at_which_nobody_does_a_work_is_waited_for_until_somebody_does(town, announced, monkeypatch):
    """A room that is not there today may be there again tomorrow; a time that was dropped never comes back."""
    announced("count_now", within=lambda step, given: {"sum": 9})
    text = PROCESS.replace("\n    actions:\n      forward:", LATE) + AUTOMATIC.replace("WORK", "count_now")
    town.rewrite({"processes/application.flow.yaml": text})
    number = town.apply("chen")
    town.do("clerk", number, "accept")
    known = works.known()
    monkeypatch.setattr(works, "_works", {})
    with clock.standing_at("2026-11-20T10:45"):
        town.work()
    assert town.task(number).node == "check"
    monkeypatch.setattr(works, "_works", known)
    with clock.standing_at("2026-11-20T11:00"):
        town.work()
    assert town.task(number).node == "decision"
    assert town.intact(number)


def test_whoever_does_the_step_is_told_which_work_was_not_done(town, announced):
    def fails(*_args):
        raise works.Failed("unreachable")

    announced("count_badly", within=fails)
    case = town.case(town.apply("chen", other_allowance=True)).id

    def perform(name):
        def do(step):
            works.perform(step, name, node="count", token=None, arguments={})

        with scope.service(), pytest.raises(CannotGoOn) as refused:
            take(case, by=HOUSE, command=uuid.uuid4(), kind="test", do=do)
        return refused.value.message

    assert perform("count_badly") == "“核算”没有办成（unreachable）。请联系管理员。"
    assert perform("fly") == "流程要求自动办理“fly”，系统里没有这一项。请联系管理员。"


def test_a_pack_is_told_what_a_work_needs_and_gives(town, announced):
    announced(
        "choosy", within=lambda step, given: None, takes=frozenset({"amount"}), gives={"total": "number"}
    )
    with pytest.raises(PackRefused) as refused:
        started(town, "choosy")
    told = {(fault.path, fault.message) for fault in refused.value.faults}
    assert ("states.count.with", "choosy 需要 amount") in told
    assert ("states.count.with.name", "choosy 用不到 name") in told
    assert ("states.count.gives.sum", "choosy 不返回这样的 sum") in told


def test_a_work_that_nobody_knows_is_refused(town):
    with pytest.raises(PackRefused) as refused:
        started(town, "fly")
    assert any("没有自动办理事项 fly" in fault.message for fault in refused.value.faults)


def test_two_of_one_name_are_a_mistake_of_the_house(announced):
    announced("twice", within=lambda step, given: None)
    with pytest.raises(ValueError, match="twice"):
        announced("twice", within=lambda step, given: None)
    with pytest.raises(ValueError, match="never"):
        announced("never")


def rows_of(number):
    with scope.service():
        return list(Event.objects.filter(case__number=number).order_by("rev"))
