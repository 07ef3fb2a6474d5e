"""Clocks through whatever may happen to them, in any order, against counting day by day from their rows alone."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from yizhan import calendar, clock
from yizhan.calendar import plan, publishing
from yizhan.calendar.models import CalendarRelease
from yizhan.calendar.tests.test_running import slow
from yizhan.cases import ends, limits, reckoning, suspending
from yizhan.cases.item_limits import Limit, SuspensionRule
from yizhan.cases.models import Case, Clock, Recount, Span, Suspension, Timer
from yizhan.cases.refusals import NotNow
from yizhan.cases.step import take
from yizhan.cases.tests.test_reckoning import PLAN_2027
from yizhan.clock import ZONE
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE

KINDS = ("hearing", "test", "inspection")
STARTS = [
    date(2026, 1, 30),
    date(2026, 9, 14),
    date(2026, 9, 30),
    date(2026, 12, 18),
    date(2026, 12, 31),
    date(2028, 2, 25),
]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["suspend", "suspend anew", "resume", "extend", "publish", "amend"]),
        st.integers(1, 24 * 12),
        st.sampled_from(KINDS),
    ),
    max_size=9,
)


@pytest.fixture
def case(town):
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    return town.case(number)


# Without shrinking: an example is a hundred statements, and reading it is quicker.
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(
    start=st.sampled_from(STARTS),
    amount=st.integers(1, 25),
    unit=st.sampled_from(["working_days", "natural_days"]),
    acts=ACTS,
)
def test_every_clock_ends_where_its_rows_say(case, start, amount, unit, acts):
    with transaction.atomic(), undone(), scope.service():
        now = datetime(start.year, start.month, start.day, 10, tzinfo=ZONE)
        with clock.standing_at(now):
            limits.stop(step_of(case), "promised", "statutory", "internal")
            one = do(case, lambda step: limits.start(step, "promised", Limit(amount=amount, unit=unit)))
        check(case, one)
        for act, hours, kind in acts:
            now += timedelta(hours=hours)
            with clock.standing_at(now):
                happen(case, one, act, kind)
            check(case, one)


@contextmanager
def undone():
    """Each example begins with the case as it was."""
    yield
    transaction.set_rollback(True)


def step_of(case):
    found = []
    do(case, found.append)
    return found[0]


def do(case, what):
    found = []
    take(case.id, by=HOUSE, command=uuid.uuid4(), kind="test", do=lambda step: found.append(what(step)))
    return found[0]


def happen(case, one, act, kind):
    one.refresh_from_db()
    open_ = Suspension.objects.filter(case=case, kind=kind, until=None).first()
    if act.startswith("suspend") and open_ is None:
        rule = SuspensionRule.model_validate(
            {"kind": kind, "restart": act == "suspend anew", "basis": {"law": {"zh": "某法", "en": "A law"}}}
        )
        try:
            do(case, lambda step: suspending.begin(step, rule, task=None, words="等待"))
        except NotNow:
            assert one.due_at is not None  # it had ended
            assert one.due_at <= clock.now()
    elif act == "resume" and open_ is not None:
        do(case, lambda step: suspending.finish(step, open_))
    elif act == "extend" and not one.extended and one.due_at and one.due_at > clock.now():
        one.extended = 10
        do(case, lambda step: limits.settle(step, one))
    elif act in {"publish", "amend"}:
        published(case, amends=act == "amend")


def published(case, *, amends):
    there = CalendarRelease.objects.filter(year=2027).exists()
    if there != amends:
        return
    text = PLAN_2027.replace("2027-01-04", "2027-01-05") if amends else PLAN_2027
    release = publishing.publish(plan.read(text), year=2027, source="测试", by="test", amends=amends).release
    before = {one.id: one.due_at for one in Clock.objects.filter(case=case, state="running")}
    do(case, lambda step: reckoning.again(step, f"calendar:{release.id}"))
    for row in Recount.objects.filter(case=case, release=release):
        assert row.was == before[row.clock]
        assert row.due == Clock.objects.get(case=case, id=row.clock).due_at


def check(case, one):
    """What must hold whatever happened."""
    one.refresh_from_db()
    table = calendar.table()
    spans = list(Span.objects.filter(case=case, clock=one.id))
    budget, pauses = ends.budget_of(one), ends.pauses(spans)
    due, used, skipped = slow(one.started_at, budget, pauses, table.is_work)
    run = ends.reckoned(one, table, spans).explanation.run
    timers = set(Timer.objects.filter(case=case, ref__startswith=f"{one.id}:").values_list("ref", flat=True))
    assert run.used + run.left == budget.length
    if due is None:
        assert (one.state, one.due_at, one.warn_at, one.used) == ("suspended", None, None, used)
        assert timers == set()
        assert any(span.until is None for span in spans)
    else:
        assert (one.state, one.used) == ("running", None)
        assert one.due_at == datetime.combine(due + timedelta(days=1), datetime.min.time(), ZONE)
        assert table.is_work(due)
        assert due not in skipped
        assert f"{one.id}:due" in timers
    assert not Case.objects.get(id=case.id).closed_at
