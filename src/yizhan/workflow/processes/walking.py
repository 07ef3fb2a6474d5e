"""A step while it is taken: a working copy of the situation, and the effects so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from yizhan import feel
from yizhan.workflow.facts import typed
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes.definition import Send
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Ending, Mark, Scope, Situation, Token
from yizhan.workflow.words import Words

N = TypeVar("N", bound=g.Node)


class Walk:
    """One step. Thrown away when anything is not possible, so that nothing is half done."""

    def __init__(self, graph: g.Graph, situation: Situation, facts: Mapping[str, Any]) -> None:
        self.graph, self.situation, self.facts = graph, situation, facts
        self._changes: list[ef.Effect] = []
        self._reasons: list[Words] = []

    def effects(self) -> ef.Effects:
        """What the step brought about."""
        return ef.Effects(self.situation, tuple(self._changes), tuple(self._reasons))

    # --- what a step sees -----------------------------------------------------------------------------

    def standing(self, kind: type[N]) -> list[tuple[Token, N]]:
        """The tokens at nodes of one kind."""
        places = [(token, self.graph.nodes[token.node]) for token in self.situation.tokens]
        return [(token, node) for token, node in places if isinstance(node, kind)]

    def timer_of(self, token: Token) -> str | None:
        """The name of a token's timer, if its node's limit brings something about."""
        limit = _limit(self.graph.nodes[token.node])
        return f"expiry:{token.id}" if limit is not None and limit.expires else None

    def known(self) -> feel.Scope:
        """Declared facts and what steps left behind; what has not happened yet is null."""
        declared = self.graph.facts.items()
        scope: feel.Scope = {name: typed(self.facts.get(name), type_)[0] for name, type_ in declared}
        for node, left in self.graph.remembered.items():
            kept = self.situation.data.get(node)
            read = {name: _read((kept or {}).get(name), how) for name, how in left.items()}
            scope[node] = None if kept is None else read
        return scope

    def computed(
        self, expression: feel.Expression, more: Mapping[str, feel.Value] | None = None
    ) -> tuple[feel.Value, tuple[Words, ...]]:
        """An expression's value for all that is known, and why parts of it are null."""
        try:
            outcome = expression.run({**self.known(), **(more or {})})
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

    def send(self, sends: tuple[Send, ...]) -> None:
        """Let messages leave."""
        self._changes += [ef.PutMessage(send.template, send.to) for send in sends]

    def begin(self) -> None:
        """Open the process's own scope."""
        scope = Scope(self._number(), None, g.START)
        self._change(ef.OpenScope(scope), scopes=(scope,))
        self._run_clock(None, _clock(self.situation))

    def rest(self, node: g.Task | g.Wait) -> Token:
        """Stand at a node with a token of its own."""
        token = Token(self._number(), self.situation.scopes[0].id, node.key)
        self._change(ef.NewToken(token), tokens=(*self.situation.tokens, token))
        return token

    def arm(self, token: Token) -> None:
        """Set the token's timer, if its node's limit brings something about."""
        ref, limit = self.timer_of(token), _limit(self.graph.nodes[token.node])
        if ref is not None and limit is not None:
            self.note(ef.ArmTimer(ref, token.id, limit))

    def leave(self, token: Token, *, cancelled: bool = False, fired: bool = False) -> None:
        """Take a token away; its task is cancelled unless it was done, its timer dropped unless it fired."""
        node, ref = self.graph.nodes[token.node], self.timer_of(token)
        rest = tuple(other for other in self.situation.tokens if other.id != token.id)
        self._change(ef.ClosedToken(token), tokens=rest)
        if cancelled and isinstance(node, g.Task):
            self.note(ef.CancelTask(token.id, token.node))
        if ref is not None and not fired:
            self.note(ef.DropTimer(ref))

    def remember(self, node: str, left: Mapping[str, Any]) -> None:
        """Keep what a node left behind; a second visit replaces the first."""
        data = {**self.situation.data, node: MappingProxyType(dict(left))}
        self.situation = replace(self.situation, data=MappingProxyType(data))

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
        for token in self.situation.tokens:
            self.leave(token, cancelled=True)
        self._run_clock(_clock(self.situation), None)
        scope, *others = self.situation.scopes
        done = replace(scope, done=scope.done + 1)
        self._change(ef.CloseScope(done), scopes=(done, *others))
        self._change(ef.Close(ending.how, ending.outcome), ending=ending)

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


def _limit(node: g.AnyNode) -> g.Limit | None:
    return node.limit if isinstance(node, g.Task | g.Wait) else None


def _read(value: Any, how: g.Remembered) -> feel.Value:
    if not how.many:
        return typed(value, how.type)[0]
    return tuple(typed(item, how.type)[0] for item in value) if isinstance(value, list | tuple) else None
