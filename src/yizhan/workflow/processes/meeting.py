"""Where ways meet 汇聚: a gateway waits for one token on each arrow, or until nobody else can come."""

from __future__ import annotations

from yizhan.workflow.processes.graph import Arrow
from yizhan.workflow.processes.nodes import Gateway
from yizhan.workflow.processes.onward import onward
from yizhan.workflow.processes.situation import Token
from yizhan.workflow.processes.walking import Walk


def meet(walk: Walk, node: Gateway, scope: int, arrow: Arrow) -> bool:
    """Come to a gateway; whether it lets through now. Who waits, waits there with a token."""
    arrows = walk.graph.arrows_to(node.key)
    if len(arrows) == 1:
        return True
    walk.rest(node, scope, came=arrow.key)
    if node.kind == "inclusive":
        return False  # settled when all that needs nobody has gone its way
    waiting = _waiting(walk, node, scope)
    if {one.key for one in arrows} - waiting.keys():
        return False
    for token in waiting.values():
        walk.leave(token)
    return True


def meet_late(walk: Walk) -> bool:
    """Let through one inclusive gateway for which nobody else can come; whether there was one."""
    for node in walk.graph.meeting:
        for scope in {token.scope for token in walk.situation.tokens if token.node == node.key}:
            waiting = _waiting(walk, node, scope)
            if not _others_can_come(walk, node, scope, set(waiting)):
                for token in waiting.values():
                    walk.leave(token)
                onward(walk, node, scope)
                return True
    return False


def _waiting(walk: Walk, node: Gateway, scope: int) -> dict[str, Token]:
    """The first token on each arrow."""
    found: dict[str, Token] = {}
    for token in walk.situation.tokens:
        if token.node == node.key and token.scope == scope:
            found.setdefault(token.came, token)
    return found


def _others_can_come(walk: Walk, node: Gateway, scope: int, came: set[str]) -> bool:
    """Whether a token elsewhere can still come on an arrow on which nobody waits.

    One that could as well come on an arrow on which somebody waits already is not waited for (BPMN 2.0, 13.4.3).
    """
    routes = walk.graph.routes[node.key]
    for token in walk.situation.tokens:
        if token.scope == scope and token.node != node.key:
            ways = {key for key, sources in routes.items() if token.node in sources}
            if ways and not ways & came:
                return True
    return False
