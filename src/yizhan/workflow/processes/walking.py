"""A step while it is taken: a working copy of the situation, the ways still to be gone, and the effects so far."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from yizhan import feel
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.knowing import Knowledge
from yizhan.workflow.processes.parts import Send
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Ending, Mark, Scope, ScopeKind, Situation, Token
from yizhan.workflow.words import Words

N = TypeVar("N", bound=n.Node)
EXPIRY, SILENCE = "expiry", "silence"


class Walk:
    """One step. Thrown away when anything is not possible, so that nothing is half done.

    Attributes:
        agenda: arrows still to be followed, each with the scope in which it leads on.
        answers: what some of several have answered, still to be counted: scope, index, what they left behind.
    """

    def __init__(self, graph: g.Graph, situation: Situation, facts: Mapping[str, Any]) -> None:
        self.graph, self.situation, self.facts = graph, situation, facts
        self.agenda: deque[tuple[g.Arrow, int]] = deque()
        self.answers: deque[tuple[int, int, Mapping[str, Any]]] = deque()
        self._knowledge = Knowledge(graph, facts)
        self._changes: list[ef.Effect] = []
        self._reasons: list[Words] = []

    def effects(self) -> ef.Effects:
        """What the step brought about."""
        return ef.Effects(self.situation, tuple(self._changes), tuple(self._reasons))

    # --- what a step sees -----------------------------------------------------------------------------

    def standing(self, kind: type[N]) -> list[tuple[Token, N]]:
        """The tokens at nodes of one kind; not those that only wait for what runs within their node."""
        hosts = {scope.token for scope in self.situation.scopes}
        places = [(t, self.graph.nodes[t.node]) for t in self.situation.tokens if t.id not in hosts]
        return [(token, node) for token, node in places if isinstance(node, kind)]

    def timers_of(self, token: Token) -> list[tuple[str, n.Delay]]:
        """The timers of a token, each with its name."""
        node = self.graph.nodes[token.node]
        if token.index is not None:
            if isinstance(node, n.Task) and node.limit and node.each and node.each.policy.silence:
                return [(f"{SILENCE}:{token.id}", n.Delay(node.limit))]
            return []
        found = self.graph.boundaries(token.node).values()
        return [(f"{one.key}:{token.id}", one.delay) for one in found if one.delay is not None]

    def known(self, scope: int, index: int | None = None) -> feel.Scope:
        """What conditions may use in a scope; see :class:`Knowledge`."""
        return self._knowledge.of(self.situation, scope, index)

    def was_done(self, scope: int, node: str) -> bool:
        """Whether a node has left something behind where a scope sees it."""
        return any(node in around.data for around in self.situation.around(scope))

    def computed(
        self,
        expression: feel.Expression,
        scope: int,
        index: int | None = None,
        more: Mapping[str, feel.Value] | None = None,
    ) -> tuple[feel.Value, tuple[Words, ...]]:
        """An expression's value for all that is known, and why parts of it are null."""
        try:
            outcome = expression.run({**self.known(scope, index), **(more or {})})
        except feel.LimitFault as fault:
            return None, (Words.of(fault),)
        return outcome.value, tuple(Words.of(reason) for reason in outcome.reasons)

    # --- what a step does -----------------------------------------------------------------------------

    def note(self, effect: ef.Effect) -> None:
        """Add an effect."""
        self._changes.append(effect)

    def explain(self, reasons: Iterable[Words]) -> None:
        """Add what should be told about the step."""
        self._reasons += reasons

    def send(self, sends: tuple[Send, ...], node: str) -> None:
        """Let messages leave a node."""
        self._changes += [
            ef.PutMessage(one.template, one.to, node, ef.UnitChoice.of(one.unit)) for one in sends
        ]

    def go(self, arrows: Iterable[g.Arrow | None], scope: int) -> None:
        """Follow arrows later in this step."""
        self.agenda.extend((arrow, scope) for arrow in arrows if arrow is not None)

    def begin(self) -> Scope:
        """Open the process's own scope."""
        scope = self.open_scope("process", None, "")
        self._run_clock(None, _clock(self.situation))
        return scope

    def rest(self, node: n.Node, scope: int, index: int | None = None, came: str = "") -> Token:
        """Stand at a node with a token of its own."""
        token = Token(self._number(), scope, node.key, index, came)
        self._change(ef.NewToken(token), tokens=(*self.situation.tokens, token))
        return token

    def leave(self, token: Token, *, cancelled: bool = False, fired: str = "") -> None:
        """Take a token away; its task is cancelled unless it was done, its timers dropped unless one fired."""
        rest = tuple(other for other in self.situation.tokens if other.id != token.id)
        self._change(ef.ClosedToken(token), tokens=rest)
        if cancelled and isinstance(self.graph.nodes[token.node], n.Task):
            self.note(ef.CancelTask(token.id, token.node))
        self._changes += [ef.DropTimer(ref) for ref, _delay in self.timers_of(token) if ref != fired]

    def open_scope(self, kind: ScopeKind, parent: int | None, node: str, **fields: Any) -> Scope:
        """Open a scope."""
        scope = Scope(self._number(), parent, node, kind=kind, **fields)
        self._change(ef.OpenScope(scope), scopes=(*self.situation.scopes, scope))
        return scope

    def change_scope(self, scope: Scope, **fields: Any) -> Scope:
        """Keep something in a scope."""
        changed = replace(scope, **fields)
        self.note(ef.ChangeScope(changed))
        self.situation = self.situation.with_scope(changed)
        self._knowledge.forget()
        return changed

    def close_scope(self, scope: Scope) -> None:
        """Close a scope in which nothing is left."""
        rest = tuple(one for one in self.situation.scopes if one.id != scope.id)
        self._change(ef.CloseScope(scope), scopes=rest)

    def clear(self, scope: Scope) -> None:
        """Cancel all that goes on in a scope; the scope itself stays."""
        for inner in [one for one in self.situation.scopes if one.parent == scope.id]:
            self.clear(inner)
            self.close_scope(inner)
        for token in [one for one in self.situation.tokens if one.scope == scope.id]:
            self.leave(token, cancelled=True)
        self.agenda = deque(entry for entry in self.agenda if entry[1] != scope.id)

    def interrupt(self, token: Token, fired: str = "") -> None:
        """Take a token away with all that runs within its node."""
        inner = self.situation.within(token.id)
        if inner is not None:
            self.clear(inner)
            self.close_scope(inner)
        self.leave(token, cancelled=inner is None, fired=fired)

    def remember(self, scope: int, node: str, left: Mapping[str, Any]) -> None:
        """Keep what a node left behind; a second visit replaces the first."""
        keeper = next(one for one in self.situation.around(scope) if self._knowledge.keeps(one))
        data = {**keeper.data, node: MappingProxyType(dict(left))}
        self.change_scope(keeper, data=MappingProxyType(data))

    def pass_mark(self, arrow: g.Arrow) -> None:
        """Mark the case, if the arrow does: once for each moment, and a decision never again."""
        if arrow.marks is None:
            return
        if self.situation.has(arrow.marks):
            if arrow.marks == "decided":
                raise NotPossible(
                    "decided_twice", zh="本件已作出决定", en="the case has been decided already"
                )
            return
        mark, before = Mark(arrow.marks, arrow.outcome), _clock(self.situation)
        self._change(ef.MarkCase(mark, arrow.via.value), marks=(*self.situation.marks, mark))
        self._run_clock(before, _clock(self.situation))

    def end(self, ending: Ending) -> None:
        """End the case, wherever it still stands."""
        process = self.situation.scopes[0]
        self.clear(process)
        self._run_clock(_clock(self.situation), None)
        self.note(ef.CloseScope(process))
        self._change(ef.Close(ending.how, ending.outcome), ending=ending)

    def reopen(self, node: str) -> None:
        """Go on after the end: from here on nothing is decided, nor refused at the door."""
        kept = tuple(mark for mark in self.situation.marks if mark.name == "accepted")
        self._change(ef.Reopen(node), ending=None, marks=kept)
        self._run_clock(None, _clock(self.situation))

    # --- bookkeeping ----------------------------------------------------------------------------------

    def _run_clock(self, before: ef.ClockName | None, after: ef.ClockName | None) -> None:
        if before != after:
            self._changes += [ef.StopClock(before)] if before else []
            self._changes += [ef.StartClock(after)] if after else []

    def _number(self) -> int:
        self.situation = replace(self.situation, last=self.situation.last + 1)
        return self.situation.last

    def _change(self, effect: ef.Effect, **fields: Any) -> None:
        """Note an effect and change the situation with it, so that the two cannot differ."""
        self.note(effect)
        self.situation = replace(self.situation, **fields)


def _clock(situation: Situation) -> ef.ClockName | None:
    """Which clock of the whole case runs (Administrative Licensing Law, articles 32, 42, 44)."""
    if situation.has("delivered") or situation.has("not_accepted"):
        return None
    if situation.has("decided"):
        return "delivery"
    return "handling" if situation.has("accepted") else "acceptance"
