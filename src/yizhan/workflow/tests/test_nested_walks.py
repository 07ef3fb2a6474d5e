"""Random processes with branches, sub-flows and departments, walked at random, against a slow reading of them.

The reading keeps a tree: every level that runs has one place, and a place has below it what runs within. The machine
keeps tokens and scopes. Both must always stand at the same places, and no token may be left over.
"""

import json
from collections import Counter

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
    advance,
    compile,
)
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes.definition import FlowDefinition

calm = settings(max_examples=250, deadline=None, database=None)
TITLE = {"zh": "甲", "en": "a"}
KINDS = ["task", "task", "wait", "decision", "automatic", "joint", "joint", "parallel", "subflow"]


class Names:
    """Names that are used once in a whole process."""

    def __init__(self):
        self.last = 0

    def new(self):
        self.last += 1
        return f"s{self.last}"


@st.composite
def flows(draw):
    names = Names()
    start, states = draw(level(names, 0))
    return {"key": "p", "title": TITLE, "start": start, "facts": {"x": "integer"}, "states": states}


@st.composite
def level(draw, names, depth):
    """States of one level; those in which nobody acts lead only to earlier ones, so that nobody walks in circles."""
    keys = [names.new() for _ in range(draw(st.integers(2, 4)))]
    kinds = ["way", "way", "all", "error"] if depth else ["way"]
    states = {
        keys[0]: {
            "kind": "end",
            "title": TITLE,
            "outcome": "done",
            "ends": draw(st.sampled_from(kinds)),
        }
    }
    for number, key in enumerate(keys[1:], start=1):
        earlier, anywhere = st.sampled_from(keys[:number]), st.sampled_from(keys)
        states[key] = draw(state(names, depth, earlier, anywhere))
    return keys[-1], states


@st.composite
def state(draw, names, depth, earlier, anywhere):
    kind = draw(st.sampled_from(KINDS if depth < 2 else KINDS[:7]))
    common = {"kind": kind, "title": TITLE, "phase": "review"}
    if kind == "automatic":
        return {**common, "to": draw(earlier)}
    if kind == "decision":
        cases = [{"when": f"x > {draw(st.integers(0, 9))}", "to": draw(earlier)}]
        return {**common, "cases": cases, "otherwise": draw(earlier)}
    ways = {f"w{n}": {"title": TITLE, "to": draw(anywhere)} for n in range(draw(st.integers(1, 2)))}
    on = draw(st.none() | st.fixed_dictionaries({"interrupts": st.booleans(), "to": anywhere}))
    events = {"on": {"call": {"message": "call", **on}}} if on else {}
    if kind == "task":
        return {**common, **events, "actions": ways, "role": "p.clerk"}
    if kind == "wait":
        return {**common, **events, "answers": ways}
    caught = {"on": {**events.get("on", {}), "wrong": {"error": "any", "to": draw(earlier)}}}
    if kind == "joint":
        count = draw(st.sampled_from([3, 2, 4, 1, 0]))
        policy = draw(st.sampled_from(["veto", "count", "all", "any"]))
        needed = {"needed": str(draw(st.integers(1, 4)))} if policy == "count" else {}
        return {
            **common,
            **events,
            **needed,
            "departments": {"of": json.dumps([f"u{n}" for n in range(count)])},
            "policy": policy,
            "consents": ["yes"],
            "task": {"role": "p.clerk", "actions": {"yes": {"title": TITLE}, "no": {"title": TITLE}}},
            "to": draw(earlier),
        }
    if kind == "subflow":
        start, states = draw(level(names, depth + 1))
        return {**common, **caught, "start": start, "states": states, "to": draw(earlier)}
    branches = {}
    for number in range(draw(st.integers(2, 3))):
        start, states = draw(level(names, depth + 1))
        branches[f"b{number}"] = {"title": TITLE, "start": start, "states": states}
    return {**common, **caught, "branches": branches, "to": draw(earlier)}


class Wrong(Exception):
    """An error leaves a level."""


class Line:
    """One level that runs: where it stands, and what runs within. Several may run beside one another."""

    def __init__(self, states, x):
        self.states, self.x = states, x
        self.places = []  # [key, what runs within]

    def enter(self, key):
        """Come to a state; a level ends when it stands nowhere."""
        here = self.states[key]
        kind = here["kind"]
        if kind == "end":
            if here["ends"] == "all":
                self.places.clear()
                raise All
            if here["ends"] == "error":
                raise Wrong
        elif kind == "automatic":
            self.enter(here["to"])
        elif kind == "decision":
            case = here["cases"][0]
            self.enter(case["to"] if self.x[0] > int(case["when"].split()[2]) else here["otherwise"])
        elif kind in {"task", "wait"}:
            self.places.append([key, None])
        elif kind == "joint":
            expected = json.loads(here["departments"]["of"])
            if expected:
                self.places.append([key, dict.fromkeys(expected)])
            else:
                self.enter(here["to"])
        else:
            self._body(key, here)

    def _body(self, key, here):
        starts = [(b["start"], b["states"]) for b in here.get("branches", {}).values()]
        states = {name: one for _start, found in starts for name, one in found.items()} or here["states"]
        inner = Line(states, self.x)
        place = [key, inner]
        self.places.append(place)
        self.within(place, lambda: [inner.enter(start) for start, _ in starts or [(here["start"], None)]])

    def within(self, place, do):
        """Let something happen within a place, and leave it if nothing is left there."""
        key, inner = place
        try:
            do()
        except All:
            inner.places.clear()
        except Wrong:
            self.places.remove(place)
            self.enter(self.states[key]["on"]["wrong"]["to"])
            return
        if not inner.places:
            self.places.remove(place)
            self.enter(self.states[key]["to"])

    def leaves(self):
        """Every place where something is to be done, with the way there."""
        for place in self.places:
            key, inner = place
            if isinstance(inner, Line):
                for leaf, path in inner.leaves():
                    yield leaf, [place, *path]
            elif isinstance(inner, dict):
                for one, said in inner.items():
                    if said is None:
                        yield (key, one), [place]
            else:
                yield (key, None), [place]

    def at(self, path, do):
        """Do something at the end of a way, level by level."""
        place = path[0]
        if len(path) == 1:
            do(self, place)
        else:
            inner = place[1]
            self.within(place, lambda: inner.at(path[1:], do))


class All(Exception):
    """All of a level ends."""


class Reading:
    """A whole process, read slowly."""

    def __init__(self, written, x):
        self.x, self.over = [x], False
        self.root = Line(written["states"], self.x)
        self._do(lambda: self.root.enter(written["start"]))

    def _do(self, do):
        try:
            do()
        except All:
            self.root.places.clear()
        self.over = not self.root.places

    def stands(self):
        return Counter(leaf for leaf, _path in self.root.leaves())

    def act(self, leaf, way):
        """Do a way at a leaf."""
        path = next(path for found, path in self.root.leaves() if found == leaf)

        def do(line, place):
            key, said = place
            here = line.states[key]
            if isinstance(said, dict):
                said[leaf[1]] = way
                if _enough(here, said):
                    line.places.remove(place)
                    line.enter(here["to"])
                return
            line.places.remove(place)
            line.enter(here.get("actions", here.get("answers"))[way]["to"])

        self._do(lambda: self.root.at(path, do))

    def called(self):
        """The places that a message would reach, by key; each once, however many act there."""
        return list(_called(self.root, []))

    def call(self, path):
        def do(line, place):
            event = line.states[place[0]]["on"]["call"]
            if event["interrupts"]:
                line.places.remove(place)
            line.enter(event["to"])

        self._do(lambda: self.root.at(path, do))


def _called(line, above):
    for place in line.places:
        if "call" in line.states[place[0]].get("on", {}):
            yield [*above, place]
        if isinstance(place[1], Line):
            yield from _called(place[1], [*above, place])


def _enough(here, said):
    yes = sum(answer == "yes" for answer in said.values())
    no = sum(answer == "no" for answer in said.values())
    waiting = len(said) - yes - no
    if here["policy"] == "any":
        return yes + no > 0
    if here["policy"] == "veto" and no:
        return True
    if here["policy"] == "count":
        needed = min(int(here["needed"]), len(said))
        return yes >= needed or yes + waiting < needed
    return not waiting


def stands(situation):
    hosts = {scope.token for scope in situation.scopes}
    scopes = {scope.id: scope for scope in situation.scopes}
    return Counter(
        (t.node, None if t.index is None else scopes[t.scope].expected[t.index])
        for t in situation.tokens
        if t.id not in hosts
    )


def whole(situation):
    """No token without its scope, no scope without its host, nothing left after the end, and JSON keeps it all."""
    open_ = {scope.id for scope in situation.scopes}
    tokens = {token.id for token in situation.tokens}
    assert {token.scope for token in situation.tokens} <= open_
    assert {scope.parent for scope in situation.scopes[1:]} <= open_
    assert {scope.token for scope in situation.scopes if scope.kind in {"body", "each"}} <= tokens
    assert bool(situation.tokens) is situation.is_open
    assert Situation.read(json.loads(json.dumps(situation.plain()))) == situation


def replayed(before, changes):
    """The situation's tokens and scopes that the effects alone tell of."""
    tokens = {token.id: token for token in before.tokens}
    scopes = {scope.id: scope for scope in before.scopes}
    for change in changes:
        if isinstance(change, ef.NewToken):
            tokens[change.token.id] = change.token
        elif isinstance(change, ef.ClosedToken):
            del tokens[change.token.id]
        elif isinstance(change, ef.OpenScope | ef.ChangeScope):
            scopes[change.scope.id] = change.scope
        elif isinstance(change, ef.CloseScope) and change.scope.parent is not None:
            del scopes[change.scope.id]
    return tuple(tokens.values()), tuple(scopes.values())


PICKS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.integers(0, 9)), min_size=6, max_size=25)


@calm
@given(flows(), st.integers(0, 9), PICKS)
def test_the_machine_stands_where_the_definition_says(written, x, picks):
    graph = compile(FlowDefinition.model_validate(written), {})
    reading = Reading(written, x)
    step = advance(graph, NOT_BEGUN, Started(), {"x": x})
    situation, before = step.situation, NOT_BEGUN
    for pick, way, now in picks:
        whole(situation)
        assert stands(situation) == reading.stands()
        assert situation.is_open is not reading.over
        assert replayed(before, step.changes) == (situation.tokens, situation.scopes)
        if not situation.is_open:
            break
        reading.x[0] = now
        before = situation
        called = reading.called()
        if way >= 4 and len(called) == 1:
            step = advance(graph, situation, Message("call"), {"x": now})
            reading.call(called[0])
        else:
            step = _acted(graph, situation, reading, pick, way, now)
        situation = step.situation
    ended = advance(graph, situation, Terminated(), {"x": x}) if situation.is_open else None
    assert ended is None or (ended.situation.tokens, len(ended.situation.scopes)) == ((), 1)


def _acted(graph, situation, reading, pick, way, now):
    leaves = sorted(reading.stands(), key=str)
    key, one = leaf = leaves[pick % len(leaves)]
    node = graph.nodes[key]
    ways = sorted(getattr(node, "actions", None) or node.answers)
    chosen = ways[way % len(ways)]
    token = next(t for t in situation.tokens if t.node == key and _is(situation, t, one))
    event = TaskCompleted(token.id, chosen) if hasattr(node, "actions") else Message(chosen, token=token.id)
    step = advance(graph, situation, event, {"x": now})
    reading.act(leaf, chosen)
    return step


def _is(situation, token, one):
    if any(scope.token == token.id for scope in situation.scopes):
        return False
    scope = situation.scope(token.scope)
    return one is None or (token.index is not None and scope.expected[token.index] == one)


@calm
@given(flows(), PICKS)
def test_an_event_that_does_not_fit_changes_nothing(written, picks):
    graph = compile(FlowDefinition.model_validate(written), {})
    situation = advance(graph, NOT_BEGUN, Started(), {"x": 5}).situation
    for pick, way, now in picks:
        event = [TaskCompleted(pick, f"w{way}"), Message(f"w{way}", token=pick), Message("call")][now % 3]
        before = json.dumps(situation.plain())
        try:
            advanced = advance(graph, situation, event, {"x": now}).situation
        except NotPossible:
            assert json.dumps(situation.plain()) == before
            continue
        assert json.dumps(situation.plain()) == before
        situation = advanced
        whole(situation)
