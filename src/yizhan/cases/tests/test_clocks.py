"""Clocks of a case: standing still, going on, extended, told; with the timers that follow them."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.conf import settings

from yizhan import clock
from yizhan.calendar.deadlines import day_of
from yizhan.cases import extending, suspending, trail
from yizhan.cases.models import Clock, Event, Extension, Span, Suspension, Timer
from yizhan.cases.refusals import Incomplete, MustDiffer, NotNow, NotYours
from yizhan.cases.suspending import Wanted
from yizhan.cases.tests.papers import said_by
from yizhan.clock import ZONE
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.notices.models import Message
from yizhan.records.models import Paper

BASIS = "basis: {law: {zh: 行政许可法, en: Administrative Licensing Law}, article: {zh: 第四十五条, en: article 45}}"
LIMITS = f"""  suspensions:
    - {{kind: hearing, {BASIS}, document: required}}
    - {{kind: expert_review, {BASIS}, ends: planned_day, clocks: [promised, statutory]}}
    - {{kind: test, {BASIS}, restart: true}}
    - {{kind: inspection, of: task, clocks: [internal], {BASIS}}}
  extension: {{amount: 10, role: elderly_allowance.approver, {BASIS}}}
"""


@pytest.fixture
def reviewed(town):
    return at_review(town)


def at_review(town, at_a_time="one"):
    """An accepted case, whose promised limit of ten working days and review of four run from 20 November."""
    item = "items/elderly_allowance.yaml"
    written = (settings.ROOT / "packs/elderly_allowance" / item).read_text("utf-8")
    limits = written[written.index("  suspensions:") : written.index("handling:")]
    town.rewrite({item: [(limits, LIMITS), ("at_a_time: one", f"at_a_time: {at_a_time}")]})
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    return number


def suspend(town, number, kind="hearing", *, who="clerk", own=False, words="申请人要求听证", **more):
    task = town.task(number)
    more.setdefault("document", "越民听〔2026〕3号")
    wanted = Wanted(kind, words, own=own, **more)
    with town.acting(who) as actor:
        return suspending.suspend(task.case_id, task.id, wanted, by=actor, command=uuid.uuid4())["suspension"]


def resume(town, number, suspension, who="clerk", **more):
    with town.acting(who) as actor:
        suspending.resume(town.case(number).id, suspension, by=actor, command=uuid.uuid4(), **more)


def ask(town, number, who="clerk", reason="需要向外省核实户籍"):
    task = town.task(number)
    with town.acting(who) as actor:
        return extending.ask(task.case_id, task.id, reason=reason, by=actor, command=uuid.uuid4())[
            "extension"
        ]


def answer(town, number, extension, who="approver", **more):
    more.setdefault("granted", True)
    with town.acting(who) as actor:
        extending.answer(town.case(number).id, extension, by=actor, command=uuid.uuid4(), **more)


def the(number, kind):
    with scope.service():
        return Clock.objects.exclude(state="stopped").get(case__number=number, kind=kind)


def last_day(one):
    return day_of(one.due_at - timedelta(microseconds=1))


def timers(number, one):
    with scope.service():
        return set(
            Timer.objects.filter(case__number=number, ref__startswith=f"{one.id}:").values_list(
                "ref", flat=True
            )
        )


def test_while_suspended_used_days_are_kept_and_no_end_is_left(town, reviewed):
    with clock.standing_at("2026-11-25T10:00"):
        suspend(town, reviewed)
    for kind, used in (("promised", 3), ("statutory", 3), ("internal", 3)):
        one = the(reviewed, kind)
        assert (one.state, one.used, one.due_at, one.warn_at) == ("suspended", used, None, None)
        assert timers(reviewed, one) == set()
    task = town.task(reviewed)
    assert task.due_at is None
    assert town.intact(reviewed)


def test_going_on_the_rest_of_the_budget_runs(town, reviewed):
    with clock.standing_at("2026-11-25T10:00"):
        held = suspend(town, reviewed)
    with clock.standing_at("2026-12-09T15:00"):
        resume(town, reviewed, held, words="听证已结束")
    promised = the(reviewed, "promised")
    assert (last_day(promised), promised.used, promised.state) == (date(2026, 12, 18), None, "running")
    assert timers(reviewed, promised) == {f"{promised.id}:warn", f"{promised.id}:due"}
    with scope.service():
        span = Span.objects.get(clock=promised.id)
        assert (span.document, span.reason, span.by) == ("越民听〔2026〕3号", "hearing", "林晓岚 · 科员")
        told = trail.trail(
            town.case(reviewed), list(Event.objects.filter(case__number=reviewed, kind="clock.resumed"))
        )
    assert "承诺时限恢复计时，至2026年12月18日届满" in told.traces[0].words
    assert last_day(town.task(reviewed)) == date(2026, 12, 10)  # its own clock had one day left


def test_an_item_may_let_the_budget_begin_anew(town, reviewed):
    with clock.standing_at("2026-11-25T10:00"):
        held = suspend(town, reviewed, "test")
    with clock.standing_at("2026-12-09T15:00"):
        resume(town, reviewed, held)
    assert last_day(the(reviewed, "promised")) == date(2026, 12, 23)


def test_a_department_stops_its_own_clock_alone(town, reviewed):
    with clock.standing_at("2026-11-25T10:00"):
        suspend(town, reviewed, "inspection", own=True)
    assert the(reviewed, "internal").state == "suspended"
    assert the(reviewed, "promised").state == "running"


def test_two_waits_at_once_end_with_the_last(town, reviewed):
    with clock.standing_at("2026-11-25T10:00"):
        first = suspend(town, reviewed)
    with clock.standing_at("2026-11-26T10:00"):
        second = suspend(town, reviewed, "expert_review", expected_on=date(2026, 12, 4))
    with clock.standing_at("2026-11-30T10:00"):
        resume(town, reviewed, first)
    assert (the(reviewed, "promised").state, the(reviewed, "internal").state) == ("suspended", "running")
    with clock.standing_at("2026-12-09T10:00"):
        town.work()
    with scope.service():
        ended = Suspension.objects.get(id=second)
    assert (ended.ended_by, the(reviewed, "promised").state) == ("系统", "running")


def test_a_planned_day_ends_it_by_itself(town, reviewed):
    with clock.standing_at("2026-11-25T10:00"):
        suspend(town, reviewed, "expert_review", expected_on=date(2026, 12, 8))
    with clock.standing_at("2026-12-09T00:00"):
        town.work()
    assert last_day(the(reviewed, "promised")) == date(2026, 12, 18)
    assert the(reviewed, "internal").state == "running"


def test_what_starts_while_the_case_stands_still_stands_too(town, reviewed):
    with clock.standing_at("2026-11-25T10:00"):
        held = suspend(town, reviewed)
        town.do("clerk", reviewed, "agree")
    own = the(reviewed, "internal")
    assert (own.node, own.state, own.used) == ("decision", "suspended", 0)
    with clock.standing_at("2026-12-09T15:00"):
        resume(town, reviewed, held, who="approver")
    assert last_day(the(reviewed, "internal")) == date(2026, 12, 16)


def test_once_decided_nothing_is_waited_for(town, reviewed):
    suspend(town, reviewed)
    town.do("clerk", reviewed, "agree")
    town.do("approver", reviewed, "grant")
    with scope.service():
        assert not Suspension.objects.filter(until=None).exists()
        assert not Span.objects.filter(until=None).exists()
    assert town.intact(reviewed)


@pytest.mark.parametrize(
    ("kind", "more", "refusal"),
    [
        ("auction", {}, NotNow),
        ("supplement", {}, NotNow),
        ("hearing", {"document": "x" * 121}, Incomplete),
        ("hearing", {"words": ""}, Incomplete),
        ("expert_review", {}, Incomplete),
        ("hearing", {"expected_on": date(2026, 11, 19)}, Incomplete),
        ("hearing", {"who": "stranger"}, NotYours),
    ],
)
def test_what_the_item_does_not_know_or_asks_for_is_refused(town, reviewed, kind, more, refusal):
    with pytest.raises(refusal):
        suspend(town, reviewed, kind, **more)
    assert the(reviewed, "promised").state == "running"


def test_the_same_is_not_waited_for_twice(town, reviewed):
    suspend(town, reviewed)
    with pytest.raises(NotNow):
        suspend(town, reviewed)


def test_a_limit_that_has_passed_stays_late(town, reviewed):
    with clock.standing_at("2026-12-09T10:00"):
        suspend(town, reviewed)  # the promise ended on 4 December, the law's limit runs
    assert the(reviewed, "promised").state == "running"
    assert the(reviewed, "statutory").state == "suspended"


def test_strangers_cannot_let_it_go_on(town, reviewed):
    held = suspend(town, reviewed)
    with pytest.raises(NotYours):
        resume(town, reviewed, held, who="approver")
    resume(town, reviewed, held, who="colleague")
    with pytest.raises(NotNow):
        resume(town, reviewed, held)


def test_an_extension_is_asked_by_one_and_granted_by_another(town, reviewed):
    asked = ask(town, reviewed)
    answer(town, reviewed, asked, words="同意")
    promised, statutory = the(reviewed, "promised"), the(reviewed, "statutory")
    assert (last_day(promised), promised.extended) == (date(2026, 12, 18), 10)
    assert (last_day(statutory), statutory.extended) == (date(2027, 1, 1), 10)
    with scope.service():
        extension = Extension.objects.select_related("answer").get(id=asked)
    assert (extension.by, extension.answer.by, extension.answer.granted) == (
        "林晓岚 · 科员",
        "梁建国 · 科员",
        True,
    )
    assert [one["kind"] for one in extension.answer.moved] == ["promised", "statutory"]
    assert News.objects.filter(kind="extension.granted").count() == 1
    with pytest.raises(NotNow):
        ask(town, reviewed)


def test_a_refused_extension_moves_nothing_and_may_be_asked_again(town, reviewed):
    asked = ask(town, reviewed)
    with pytest.raises(Incomplete):
        answer(town, reviewed, asked, granted=False)
    answer(town, reviewed, asked, granted=False, words="理由不充分")
    assert last_day(the(reviewed, "promised")) == date(2026, 12, 4)
    assert ask(town, reviewed) != asked


def test_who_may_not_answer_an_extension(town, reviewed):
    asked = ask(town, reviewed)
    with pytest.raises(NotYours):
        answer(town, reviewed, asked, who="colleague")
    with scope.service():
        Extension.objects.filter(id=asked)
    town.do("clerk", reviewed, "agree")
    with clock.standing_at("2026-12-24T09:00"), pytest.raises(NotNow):
        answer(town, reviewed, asked)  # both limits have ended meanwhile
    with clock.standing_at("2026-12-24T09:00"), pytest.raises(NotNow):
        ask(town, reviewed, who="approver")


def test_nobody_answers_their_own_request(town, reviewed):
    town.do("clerk", reviewed, "agree")
    asked = ask(town, reviewed, who="approver")
    with pytest.raises(MustDiffer):
        answer(town, reviewed, asked)


@pytest.mark.parametrize(
    ("limit", "ends"),
    [
        (
            '{duty_hours: 12, hours: {working: "8:00-20:00", resting: "8:00-20:00"}}',
            "2026-11-21T09:30:00+08:00",
        ),
        ("{duty_hours: 12}", "2026-11-23T15:30:00+08:00"),
        ("{natural_hours: 12}", "2026-11-20T21:30:00+08:00"),
    ],
)
def test_a_department_may_have_hours_by_its_roster_or_round_the_clock(town, limit, ends):
    town.republish("processes/application.flow.yaml", "limit: {working_days: 4}", f"limit: {limit}")
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    assert the(number, "internal").due_at.astimezone(ZONE).isoformat() == ends


def test_the_applicant_is_told_of_a_suspension_and_of_an_extension(town, reviewed):
    suspend(town, reviewed)
    with scope.service():
        told = Message.objects.filter(template="suspended").get()
    assert "申请人要求听证" in told.text


def test_the_house_writes_the_notice_of_a_suspension_and_its_number_stands_with_it(town, reviewed):
    suspension = suspend(town, reviewed, document="", expected_on=date(2026, 12, 8))
    town.work()
    with scope.service():
        paper = Paper.objects.get(owner=f"case:{reviewed}", document="suspended")
        assert Suspension.objects.get(id=suspension).document == paper.number
        spans = Span.objects.filter(suspension=suspension)
        assert set(spans.values_list("document", flat=True)) == {paper.number}
        assert Message.objects.filter(template="paper_suspended").count() == 1
    said = said_by(paper)
    assert paper.kind == "special_procedure"
    assert "因需要听证，办理期限自2026年11月20日起中止计算" in said
    assert "原因：申请人要求听证" in said
    assert "预计至2026年12月8日" in said
    assert "依据：行政许可法第四十五条" in said


def test_a_number_given_by_hand_stays_and_a_departments_own_clock_has_no_notice(town, reviewed):
    suspend(town, reviewed)
    suspend(town, reviewed, "inspection", own=True, document="")
    town.work()
    with scope.service():
        assert not Paper.objects.filter(document="suspended").exists()
        assert Suspension.objects.get(kind="hearing").document == "越民听〔2026〕3号"


def test_where_the_item_has_no_such_paper_its_number_is_asked_for(town):
    town.republish("items/elderly_allowance.yaml", "  suspended: suspended\n", "")
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    with pytest.raises(Incomplete, match="文号"):
        suspend(town, number, document=" ")


def test_an_extension_that_was_granted_is_told_in_a_notice(town, reviewed):
    extension, case = ask(town, reviewed), town.case(reviewed).id
    town.work()
    with town.acting("approver") as actor:
        extending.answer(case, extension, granted=True, by=actor, command=uuid.uuid4())
    town.work()
    with scope.service():
        paper = Paper.objects.get(owner=f"case:{reviewed}", document="extended")
    last = day_of(the(reviewed, "promised").due_at - timedelta(days=1))
    said = said_by(paper)
    assert paper.kind == "extension"
    assert f"办理期限延长10个工作日，最迟于{last.year}年{last.month}月{last.day}日办结" in said
    assert "原因：需要向外省核实户籍" in said
