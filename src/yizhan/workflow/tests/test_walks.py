"""Random processes, walked at random, against a slow reading of the definition itself."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.workflow import (
    NOT_BEGUN,
    Message,
    NotPossible,
    Situation,
    Started,
    TaskCompleted,
    Terminated,
    Timer,
    Withdrawn,
    advance,
    compile,
)
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes.definition import FlowDefinition

calm = settings(max_examples=100, deadline=None, database=None)
TITLE = {"zh": "甲", "en": "a"}
MARKS = ["accepted", "decided", "delivered", None, None, None]


@st.composite
def processes(draw):
    """A process whose states without people lead only to later states, so that nobody walks in circles."""
    size = draw(st.integers(2, 8))
    names = [f"s{number}" for number in range(size)]
    kinds = [draw(st.sampled_from(["task", "task", "wait", "decision", "automatic"])) for _ in names[1:]]
    states = {"s0": {"kind": "end", "title": TITLE, "outcome": "done"}}
    for number, kind in enumerate(kinds, start=1):
        anywhere = st.sampled_from(names)
        earlier = st.sampled_from(names[:number])
        states[f"s{number}"] = draw(_state(kind, anywhere, earlier))
    return {"key": "p", "title": TITLE, "start": names[-1], "facts": {"x": "integer"}, "states": states}


@st.composite
def _state(draw, kind, anywhere, earlier):
    common = {"kind": kind, "title": TITLE, "phase": "review"}
    if kind == "automatic":
        return {**common, "to": draw(earlier), **draw(_mark()), "sends": [{"template": "t"}]}
    if kind == "decision":
        limits = draw(st.lists(st.integers(0, 9), min_size=1, max_size=3))
        cases = [{"when": f"x > {limit}", "to": draw(earlier)} for limit in limits]
        return {**common, "cases": cases, "otherwise": draw(earlier)}
    ways = {
        f"w{number}": {"title": TITLE, "to": draw(anywhere), **draw(_mark())}
        for number in range(draw(st.integers(1, 3)))
    }
    late = draw(st.none() | st.fixed_dictionaries({"to": anywhere}))
    limit = {"working_days": 1, **({"on_expiry": late} if late else {})}
    if kind == "wait":
        return {**common, "answers": ways, "limit": limit}
    return {**common, "actions": ways, "limit": limit, "role": "p.clerk"}


@st.composite
def _mark(draw):
    marks = draw(st.sampled_from(MARKS))
    return {"marks": marks, "outcome": "yes" if marks == "decided" else None}


class Reading:
    """The definition, read slowly: one place, no tokens, no graph."""

    def __init__(self, written):
        self.written, self.place, self.over = written, None, False
        self.marks, self.left, self.entered = [], {}, []

    def go(self, way, x):
        """Follow a way; false, and nothing changed, if the case would be decided twice."""
        marks, entered, place, done = list(self.marks), list(self.entered), way["to"], False
        while not done:
            mark = way.get("marks")
            if mark == "decided" and mark in marks:
                return False
            if mark and mark not in marks:
                marks.append(mark)
            entered.append(place)
            state = self.written["states"][place]
            if state["kind"] == "automatic":
                way, place = state, state["to"]
            elif state["kind"] == "decision":
                hits = [case["to"] for case in state["cases"] if x > int(case["when"].split()[2])]
                way, place = {}, hits[0] if hits else state["otherwise"]
            else:
                done = True
        self.marks, self.entered, self.place = marks, entered, place
        self.over = state["kind"] == "end"
        return True

    def hear(self, name, argument, x):
        """What happens, by plain name; whether it was possible."""
        if self.over:
            return False
        state = self.written["states"][self.place]
        if name in {"withdraw", "terminate"}:
            possible = name == "terminate" or "decided" not in self.marks
            self.over = self.over or possible
            return possible
        ways = state.get("actions" if name == "act" else "answers", {})
        way = state["limit"].get("on_expiry") if name == "late" else ways.get(argument)
        here = self.place
        if way is None or not self.go(way, x):
            return False
        if name != "late":
            self.left[here] = argument
        return True


EVENTS = st.tuples(
    st.sampled_from(["act"] * 8 + ["answer"] * 5 + ["late"] * 3 + ["withdraw", "terminate"]),
    st.sampled_from(["w0", "w0", "w1", "w2"]),
    st.integers(0, 9),
)


def event_of(name, argument, situation):
    token = situation.tokens[0].id if situation.tokens else 0
    return {
        "act": TaskCompleted(token, argument),
        "answer": Message(argument),
        "late": Timer(f"expiry:{token}"),
        "withdraw": Withdrawn(),
        "terminate": Terminated(),
    }[name]


def check(situation, reading):
    """The two agree, and no token is lost."""
    assert situation.is_open is not reading.over
    assert [token.node for token in situation.tokens] == ([] if reading.over else [reading.place])
    assert [mark.name for mark in situation.marks] == reading.marks
    kept = {node: left.get("action") or left.get("answer") for node, left in situation.data.items()}
    assert {node: way for node, way in kept.items() if way} == reading.left
    assert Situation.read(json.loads(json.dumps(situation.plain()))) == situation


def replayed(situation, changes):
    """The tokens that the effects alone tell of."""
    tokens = list(situation.tokens)
    for change in changes:
        if isinstance(change, ef.NewToken):
            tokens.append(change.token)
        elif isinstance(change, ef.ClosedToken):
            tokens.remove(change.token)
    return tuple(tokens)


@calm
@given(processes(), st.integers(0, 9), st.lists(EVENTS, max_size=25))
def test_the_machine_goes_where_the_definition_says(written, x, happening):
    graph = compile(FlowDefinition.model_validate(written), {})
    reading = Reading(written)
    possible = reading.go({"to": written["start"]}, x)
    try:
        situation = advance(graph, NOT_BEGUN, Started(), {"x": x}).situation
    except NotPossible as fault:
        assert fault.code == "decided_twice"
        assert not possible
        return
    check(situation, reading)
    log = [(Started(), {"x": x})]
    for name, argument, now in happening:
        event = event_of(name, argument, situation)
        before = situation
        try:
            step = advance(graph, situation, event, {"x": now})
        except NotPossible:
            assert not reading.hear(name, argument, now)
            check(before, reading)
            continue
        assert reading.hear(name, argument, now)
        assert replayed(situation, step.changes) == step.situation.tokens
        armed = {timer.token for timer in step.of(ef.ArmTimer)}
        assert armed <= {token.id for token in step.situation.tokens}
        situation = step.situation
        log.append((event, {"x": now}))
        check(situation, reading)
    again = NOT_BEGUN
    for event, facts in log:
        again = advance(graph, again, event, facts).situation
    assert again == situation


@calm
@given(processes(), st.lists(EVENTS, max_size=12))
def test_clocks_and_timers_are_never_left_running(written, happening):
    graph = compile(FlowDefinition.model_validate(written), {})
    situation, clocks, timers = NOT_BEGUN, [], set()
    for event_name in [None, *happening]:
        event = Started() if event_name is None else event_of(event_name[0], event_name[1], situation)
        try:
            step = advance(graph, situation, event, {"x": 5})
        except NotPossible:
            continue
        situation = step.situation
        for change in step.changes:
            if isinstance(change, ef.StartClock):
                assert not clocks  # one clock of the whole case at a time
                clocks.append(change.clock)
            elif isinstance(change, ef.StopClock):
                clocks.remove(change.clock)
            elif isinstance(change, ef.ArmTimer):
                timers.add(change.ref)
            elif isinstance(change, ef.DropTimer):
                timers.remove(change.ref)
        if isinstance(event, Timer):
            timers.remove(event.ref)
        assert len(timers) <= len(situation.tokens)
    if not situation.is_open:
        assert not clocks
        assert not timers
