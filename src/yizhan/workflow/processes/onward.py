"""Leaving a node 离开环节: which arrows lead on."""

from __future__ import annotations

from collections.abc import Mapping

from yizhan import feel
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.walking import Walk
from yizhan.workflow.words import Words


def onward(
    walk: Walk,
    node: n.Node,
    scope: int,
    *,
    more: Mapping[str, feel.Value] | None = None,
    first: bool = False,
    only: g.Via | None = None,
) -> None:
    """Put the arrows that lead on into the agenda: all that ask nothing, and those whose condition holds.

    Args:
        walk: the step.
        node: what is left.
        scope: where.
        more: names that conditions see beside what is known.
        first: of those with conditions only the first that holds.
        only: no other kind of arrow.

    Raises:
        NotPossible: there are conditions, none holds, and no other way is given.
    """
    arrows = walk.graph.arrows_from(node.key)
    taken = [] if only else [arrow for arrow in arrows if arrow.via is g.Via.FLOW]
    conditional = [] if only else [arrow for arrow in arrows if arrow.condition is not None]
    reasons: list[Words] = []
    for arrow in conditional:
        if arrow.condition is None:
            continue
        value, why = walk.computed(arrow.condition, scope, more=more)
        if value is True:
            taken.append(arrow)
            if first:
                break
        else:
            reasons += why
    if reasons:
        walk.explain(reasons)
    if not taken:
        taken = [arrow for arrow in arrows if arrow.via is g.Via.OTHERWISE]
    if not taken and (conditional or only):
        raise NotPossible(
            "no_way",
            zh=f"“{node.title.zh}”之后的条件都不成立，无法继续，请联系管理员",
            en=f"no condition after “{node.title.en}” holds; tell the administrator",
            reasons=tuple(reasons),
        )
    walk.go(taken, scope)
