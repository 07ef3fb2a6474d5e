"""Following arrows until the case rests or ends 推进: through all that needs nobody, bodies and meetings included."""

from __future__ import annotations

from collections.abc import Iterable

from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes import several
from yizhan.workflow.processes.arriving import arrive
from yizhan.workflow.processes.graph import Arrow
from yizhan.workflow.processes.meeting import meet_late
from yizhan.workflow.processes.onward import onward
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Ending, Scope
from yizhan.workflow.processes.walking import Walk

MOST_MOVES = 5000


def follow(walk: Walk, arrows: Iterable[Arrow | None] = (), scope: int = 0) -> None:
    """Go along arrows and on through everything that needs nobody.

    Raises:
        NotPossible: the process does not come to rest, or a task's unit cannot be found.
    """
    walk.go(arrows, scope)
    for _ in range(MOST_MOVES):
        if walk.situation.ending is not None:
            return
        if walk.answers:
            several.answered(walk, *walk.answers.popleft())
        elif walk.agenda:
            arrow, where = walk.agenda.popleft()
            walk.pass_mark(arrow)
            walk.send(arrow.sends, arrow.source)
            walk.note(ef.Enter(arrow.target))
            arrive(walk.graph.nodes[arrow.target], walk, where, arrow)
        elif not (meet_late(walk) or _settle(walk)):
            return
    raise NotPossible("endless", zh="流程没有停下来，请联系管理员", en="the process did not come to rest")


def _settle(walk: Walk) -> bool:
    """Close the innermost body in which nothing is left; whether there was one."""
    busy = {token.scope for token in walk.situation.tokens} | {s.parent for s in walk.situation.scopes}
    for scope in reversed(walk.situation.scopes):
        if scope.kind != "each" and scope.id not in busy:
            _closed(walk, scope)
            return True
    return False


def _closed(walk: Walk, scope: Scope) -> None:
    """A body is finished: its node is left, or one of several has answered."""
    if scope.parent is None:
        walk.end(Ending("completed", scope.outcome))
        return
    walk.close_scope(scope)
    left = {"outcome": scope.outcome}
    if scope.index is not None:
        inner = {key: dict(found) for key, found in scope.data.items() if key}
        walk.answers.append((scope.parent, scope.index, {**inner, **left}))
        return
    node = walk.graph.nodes[scope.node]
    host = walk.situation.token(scope.token or 0)
    if host is not None and isinstance(node, n.Body):
        walk.leave(host)
        walk.remember(host.scope, node.key, left)
        onward(walk, node, host.scope)
