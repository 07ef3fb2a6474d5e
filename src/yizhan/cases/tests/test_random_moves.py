"""Random versions of a process, random maps, cases at random places: whoever moves is whole, whoever stays is as before."""

import json
import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from yizhan.cases import move_orders, processes, replaying, soundness
from yizhan.cases.models import Case, Clock, MovedCase, Task
from yizhan.cases.refusals import Refusal
from yizhan.cases.tests.joint import CHANGES
from yizhan.cases.tests.moves import FLOW, MOVES, WHY
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.releases.faults import PackRefused
from yizhan.releases.models import current

CLERK, APPROVER = "elderly_allowance.clerk", "elderly_allowance.approver"
STAFF = ("clerk", "stranger", "approver")
UNITS = ("440104-bj", "440104-lr")
KEYS = ("acceptance", "check", "middle", "more", "decision")
WORDS = {"zh": "环节", "en": "Step"}
ITEM = "items/elderly_allowance.yaml"
SEVERAL = {ITEM: [*CHANGES[ITEM], ("at_a_time: one", "at_a_time: any")]}
calm = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,  # so that some go and some stay, every time
    phases=[Phase.generate],  # each example publishes twice: making one smaller would take minutes
)


@st.composite
def versions(draw):
    """A process: what its steps are called, who does them, by when, and what stands in its middle."""
    named = {key: draw(st.sampled_from(("", "", "_b"))) for key in KEYS}
    name = {key: f"{key}{tail}" for key, tail in named.items()}
    middle, after = draw(middles()), draw(st.booleans())
    states = {
        name["acceptance"]: draw(tasks(name["check"], action="accept", marks="accepted")),
        name["check"]: draw(tasks(name["middle"])),
        name["middle"]: leading(middle, name["more"] if after else name["decision"]),
        **({name["more"]: draw(tasks(name["decision"]))} if after else {}),
        name["decision"]: draw(tasks("granted", action="grant", marks="decided", outcome="granted")),
        "granted": {"kind": "end", "title": WORDS, "outcome": "granted"},
    }
    start = {"key": "application", "title": WORDS, "start": name["acceptance"], "facts": {}}
    return name, {**start, "states": states}


def leading(state, to):
    """A state with where it leads."""
    if state["kind"] == "task":
        return {**state, "actions": {"go": {"title": WORDS, "to": to}}}
    return {**state, "to": to}


@st.composite
def tasks(draw, to, action="go", **more):
    limit = draw(st.sampled_from((None, 2, 5)))
    late = draw(st.sampled_from((None, "P1D", "P9D"))) if to else None
    return {
        "kind": "task",
        "title": WORDS,
        "phase": "review",
        "role": draw(st.sampled_from((CLERK, CLERK, APPROVER))),
        "unit": draw(st.sampled_from(("area subdistrict", "item unit"))),
        "actions": {action: {"title": WORDS, "to": to, **more}},
        **({"limit": {"working_days": limit}} if limit else {}),
        **({"on": {"late": {"at": f'duration("{late}")', "to": to}}} if late and not more else {}),
    }


@st.composite
def middles(draw):
    kind = draw(st.sampled_from(("joint", "parallel", "subflow", "task")))
    if kind == "task":
        return draw(tasks(""))
    if kind == "joint":
        of = draw(st.sampled_from((UNITS, UNITS[:1], (*UNITS, "440104-mz"))))
        acts = {"agree": {"title": WORDS}, "object": {"title": WORDS}}
        policy = draw(st.sampled_from(("all", "all", "any")))
        return {"kind": "joint", "title": WORDS, "phase": "review", "departments": {"of": json.dumps(of)},
                "policy": policy, "consents": ["agree"], "task": {"role": CLERK, "actions": acts}}  # fmt: skip
    if kind == "subflow":
        return {"kind": "subflow", "title": WORDS, "phase": "review", **draw(inner("s"))}
    branches = {key: {"title": WORDS, **draw(inner(key))} for key in "abc"[: draw(st.integers(2, 3))]}
    return {"kind": "parallel", "title": WORDS, "phase": "review", "branches": branches}


@st.composite
def inner(draw, key):
    first, second, end = f"{key}_one", f"{key}_two", f"{key}_end"
    two = draw(st.booleans())
    states = {
        first: draw(tasks(second if two else end)),
        end: {"kind": "end", "title": WORDS, "outcome": "done"},
    }
    return {"start": first, "states": {**states, **({second: draw(tasks(end))} if two else {})}}


@st.composite
def maps(draw, old, new):
    """Which old step is said to be which: mostly right, sometimes not at all, sometimes another."""
    nodes = {}
    for key in KEYS:
        to = draw(st.sampled_from((key, key, key, key, None, "check")))
        if to is not None and old[key] != new[to]:
            nodes[old[key]] = new[to]
    return json.dumps({"key": "application", "moves": [{"nodes": nodes}]})


def test_whoever_moves_is_whole_and_whoever_stays_is_as_before(town):
    seen = set()

    @calm
    @given(st.data(), st.integers(0, 2**32))
    def play(data, seed):
        seen.update(played(town, data, seed))

    play()
    assert {"moved", "stays"} <= seen  # otherwise nothing was proved


def played(town, data, seed):
    """One district of four cases whose process changes: what became of each."""
    picks = random.Random(seed)
    old, flow = data.draw(versions())
    published(town, flow)
    numbers = [town.apply("chen") for _ in range(4)]
    for steps, number in enumerate(numbers):
        walk(town, number, picks, steps + picks.randrange(3))
    town.work()
    new, flow = data.draw(versions())
    published(town, flow, data.draw(maps(old, new)))

    before = {number: (standing(number), running(number)) for number in numbers}
    with_limits = data.draw(st.booleans())
    with scope.service():
        to = current("elderly_allowance")
        order = move_orders.order(move_orders.meant(to), to, reason=WHY, with_limits=with_limits, by=HOUSE)
    move_orders.finish(order)
    with scope.service():
        states = dict(MovedCase.objects.filter(move=order).values_list("number", "state"))
    for number in numbers:
        if states.get(number) == "moved":
            assert standing(number)["release_id"] == to.id
            assert running(number) == before[number][1]
        else:
            assert standing(number) == before[number][0]
    assert_sound(numbers)
    for number in numbers:
        walk(town, number, picks, 8)
    assert_sound(numbers)
    return set(states.values())


def published(town, flow, moves=""):
    """The process is in force; without its map, where the map is refused."""
    files = {**SEVERAL, FLOW: json.dumps(flow, ensure_ascii=False)}
    try:
        town.rewrite({**files, **({MOVES: moves} if moves else {})})
    except PackRefused as refused:
        assert moves, refused.faults
        town.rewrite(files)


def walk(town, number, picks, steps):
    """Somebody who may does what can be done, so many times."""
    for _ in range(steps):
        with scope.service():
            open_ = list(Task.objects.filter(number=number, state="open", kind="step", audience="staff"))
        if not open_:
            return
        task = picks.choice(open_)
        case = town.case(number)
        action = picks.choice(sorted(processes.graph(case.release_id, case.process).nodes[task.node].actions))
        for who in STAFF:
            try:
                town.do(who, number, action, task=task)
            except Refusal:
                continue
            break


def standing(number):
    """All that a move could change of a case."""
    with scope.service():
        case = Case.objects.get(number=number)
        columns = ("id", "release_id", "process", "status", "rev", "marks", "closed_at", "units", "data")
        parts = ("tokens", "scopes", "tasks", "clocks", "timers", "events")
        rows = {name: sorted(map(repr, getattr(case, name).values())) for name in parts}
        return {name: getattr(case, name) for name in columns} | rows


def running(number):
    """What no move changes: whose tasks are open and since when, and when what was promised is due."""
    with scope.service():
        mine = Task.objects.filter(number=number, state__in=("open", "held")).order_by("id")
        promised = Clock.objects.filter(case__number=number).exclude(kind="internal").order_by("id")
        return (
            list(mine.values_list("id", "token", "unit", "one", "state", "opened_at")),
            list(promised.values_list("id", "kind", "state", "due_at")),
        )


def assert_sound(numbers):
    with scope.service():
        cases = list(Case.objects.filter(number__in=numbers))
        found = soundness.look(cases)
        assert (found.unsound, found.replayed) == ((), len(numbers))
        assert all(map(replaying.agrees, cases))
