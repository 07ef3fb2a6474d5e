"""Random processes of BPMN, walked at random: nothing is lost, nothing comes twice, and each walk can be told again."""

import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from yizhan.workflow import NOT_BEGUN, Message, NotPossible, Situation, Started, TaskCompleted, Timer, advance
from yizhan.workflow.bpmn import NotExecutable, compile, read, write
from yizhan.workflow.bpmn.soundness import unsound
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.events import WorkDone
from yizhan.workflow.tests.bpmn_random import blocks, nets
from yizhan.workflow.tests.test_bpmn_writing import back, compared

calm = settings(max_examples=40, deadline=None, database=None)
CHOICES = st.lists(st.integers(0, 10**6), min_size=60, max_size=60)
MOST = 60


def compiled(data):
    model = read(data)
    return compile(model, model.processes[0])


def possible(graph, situation, timers):
    """What can happen next: one event for each place where something is awaited."""
    hosts = {scope.token for scope in situation.scopes}
    found = []
    for token in situation.tokens:
        node = graph.nodes[token.node]
        if token.id not in hosts and isinstance(node, n.Task):
            found.append(TaskCompleted(token.id, next(iter(node.actions))))
        elif token.id not in hosts and isinstance(node, n.Automatic):
            found.append(WorkDone(token.id))
        elif token.id not in hosts and isinstance(node, n.Wait):
            found += [Message(name, {}, token.id) for name in node.answers]
    return [*found, *(Timer(ref) for ref in sorted(timers))]


def replayed(situation, changes):
    """Tokens, scopes and ending that the effects alone tell of."""
    tokens = {token.id: token for token in situation.tokens}
    scopes = {scope.id: scope for scope in situation.scopes}
    process = situation.scopes[0] if situation.scopes else None
    for change in changes:
        if isinstance(change, ef.NewToken):
            assert change.token.id not in tokens
            tokens[change.token.id] = change.token
        elif isinstance(change, ef.ClosedToken):
            del tokens[change.token.id]
        elif isinstance(change, ef.OpenScope):
            process = process or change.scope
            scopes[change.scope.id] = change.scope
        elif isinstance(change, ef.ChangeScope):
            scopes[change.scope.id] = change.scope
        elif isinstance(change, ef.CloseScope) and change.scope.id != process.id:
            del scopes[change.scope.id]
    return set(tokens.values()), [scopes[key] for key in sorted(scopes)]


class Walk:
    """A case that goes where the numbers say, with an eye on all that must hold."""

    def __init__(self, graph, facts, choices):
        self.graph, self.names, self.choices = graph, facts, list(choices)
        self.situation, self.timers, self.log = NOT_BEGUN, set(), []
        self.entered, self.opened = [], set()

    def facts(self):
        chosen = self.choices.pop() if self.choices else 0
        return {name: (chosen >> place) & 1 for place, name in enumerate(self.names)}

    def hear(self, event):
        facts = self.facts()
        step = advance(self.graph, self.situation, event, facts)
        tokens, scopes = replayed(self.situation, step.changes)
        assert tokens == set(step.situation.tokens)
        assert scopes == sorted(step.situation.scopes, key=lambda scope: scope.id)
        assert Situation.read(json.loads(json.dumps(step.situation.plain()))) == step.situation
        self.timers |= {one.ref for one in step.of(ef.ArmTimer)}
        self.timers -= {one.ref for one in step.of(ef.DropTimer)}
        if isinstance(event, Timer):
            self.timers.discard(event.ref)
        self.entered += [one.node for one in step.of(ef.Enter)]
        for one in step.of(ef.OpenTask):
            assert one.token not in self.opened
            self.opened.add(one.token)
        self.situation = step.situation
        self.log.append((event, facts))
        self.rests()

    def rests(self):
        """An open case stands somewhere where something can happen; a closed one nowhere."""
        if self.situation.ending is not None:
            assert self.situation.tokens == ()
            assert self.timers == set()
        else:
            assert possible(self.graph, self.situation, ())
        inside = {scope.token for scope in self.situation.scopes if scope.token is not None}
        assert inside <= {token.id for token in self.situation.tokens}
        scopes = {scope.id for scope in self.situation.scopes}
        assert {token.scope for token in self.situation.tokens} <= scopes

    def go(self):
        self.hear(Started())
        while self.situation.ending is None and len(self.log) < MOST and self.choices:
            ways = possible(self.graph, self.situation, self.timers)
            self.hear(ways[self.choices.pop() % len(ways)])
        return self


def again(graph, log):
    situation = NOT_BEGUN
    for event, facts in log:
        situation = advance(graph, situation, event, facts).situation
    return situation


@calm
@given(blocks(), CHOICES)
def test_blocks_within_blocks_lose_nothing_and_can_be_told_again(made, choices):
    graph = compiled(made[0])
    assert [one.words.en for one in unsound(graph) if one.complete] == []
    walk = Walk(graph, made[1], choices).go()
    assert again(graph, walk.log) == walk.situation


@calm
@given(blocks(), CHOICES)
def test_a_join_goes_on_once_for_all_that_came(made, choices):
    graph = compiled(made[0])
    assume(
        not any(arrow.target.startswith("j") and arrow.source.startswith("g") for arrow in graph.arrows)
    )  # no loops
    walk = Walk(graph, made[1], choices).go()
    for key, node in graph.nodes.items():
        if isinstance(node, n.Gateway) and not graph.nodes[key].within:
            for arrow in graph.arrows_from(key):
                after = graph.arrows_to(arrow.target)
                assert walk.entered.count(arrow.target) <= len(after)
    for node in graph.nodes.values():
        if (
            isinstance(node, n.Task)
            and node.each is None
            and len(graph.arrows_to(node.key)) == 1
            and not node.within
        ):
            assert walk.entered.count(node.key) <= 1


@calm
@given(blocks(), CHOICES)
def test_what_was_written_walks_the_same(made, choices):
    graph = compiled(made[0])
    read_back = back(graph, {})
    assert compared(read_back) == compared(graph)
    walk = Walk(graph, made[1], choices).go()
    assert again(read_back, walk.log) == walk.situation
    assert write(read_back) == write(graph)


def tried(graph, names):
    """Everything the machine itself can come to, by all choices: whether it gets stuck, or never rests."""
    choices = [
        {name: (bits >> place) & 1 for place, name in enumerate(names)} for bits in range(2 ** len(names))
    ]
    seen, waiting, stuck, endless = set(), [(NOT_BEGUN, Started())], False, False
    while waiting:
        situation, event = waiting.pop()
        for facts in choices:
            try:
                after = advance(graph, situation, event, facts).situation
            except NotPossible:
                endless = True
                continue
            places = tuple(sorted((token.node, token.came) for token in after.tokens))
            if places not in seen:
                seen.add(places)
                following = possible(graph, after, ())
                stuck = stuck or (after.ending is None and not following)
                waiting += [(after, one) for one in following]
    return stuck, endless, any(len(places) != len(set(places)) for places in seen)


@settings(calm, max_examples=300)
@given(nets())
def test_what_is_found_unsound_is_what_the_machine_does(made):
    try:
        graph = compiled(made[0])
    except NotExecutable:
        return
    assert len(made[1]) < 8
    words = [one.words.en for one in unsound(graph)]
    meets = any("one after the other" in said for said in words)
    if any("never ends" in said for said in words) or meets:
        return  # the machine stops there, or counts more tokens than can be told apart
    stuck, endless, twice = tried(graph, made[1])
    assert not endless
    assert not twice
    assert stuck == any("for ever" in said for said in words)
