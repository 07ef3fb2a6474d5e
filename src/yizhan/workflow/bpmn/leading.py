"""From sequence flows to arrows 连线: which way is taken when."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.releases.words import Text
from yizhan.workflow.bpmn.draft import Draft, Here, default_of
from yizhan.workflow.bpmn.model import Flow, Part
from yizhan.workflow.bpmn.notes import FlowNote
from yizhan.workflow.bpmn.noting import note
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n

WAYS = "/ways"
"""Stands behind the key of an element whose several ways out need a gateway of their own."""


def plain(draft: Draft, key: str, part: Part, flows: Sequence[Flow]) -> None:
    """The arrows of flows that ask nothing, of those with conditions, and of the default flow."""
    default = default_of(part)
    conditional = [flow for flow in flows if flow.condition is not None and flow.id != default]
    alone = len(flows) == 1
    for flow in flows:
        if flow.id == default:
            _add(draft, flow, key, g.Via.OTHERWISE)
        elif flow.condition is None:
            _add(draft, flow, key, g.Via.FLOW, by="" if alone else flow.id)
        else:
            _add(draft, flow, key, g.Via.CASE, by=str(conditional.index(flow)))
    if conditional and len(conditional) == len(flows):
        draft.findings.tell(
            part,
            zh="走向都有条件，缺少默认顺序流（default）：条件都不成立时去哪里",
            en="all ways out have conditions, and there is no default flow",
        )


def lead(
    draft: Draft, here: Here, part: Part, key: str, *, via: g.Via, by: str, title: Text | None = None
) -> None:
    """The one arrow that an answer, an event or a decision takes; several flows part at a gateway behind it.

    Args:
        draft: the draft.
        here: where.
        part: the element whose flows lead on.
        key: the node that the arrow leaves.
        via: what takes a case along it.
        by: the key of what takes it.
        title: what it is called, where the flow has no name.
    """
    flows = here.out_of(part)
    if len(flows) == 1 and (flows[0].condition is None or flows[0].id == default_of(part)):
        _add(draft, flows[0], key, via, by=by, title=title)
        return
    if flows:
        ways = part.key + WAYS
        draft.add(n.Gateway(ways, part.title, "inclusive", within=here.within), part)
        draft.arrows.append(g.Arrow(key, ways, via, by, title))
        plain(draft, ways, part, flows)


def chosen(draft: Draft, flow: Flow, key: str, action: n.Action) -> None:
    """The arrow that an action takes."""
    _add(draft, flow, key, g.Via.ACTION, by=action.key, title=action.title)
    if flow.condition is not None:
        draft.findings.tell(
            flow,
            zh="操作的走向不能带条件，请写在操作的 when",
            en="the way of an action has no condition; write it as the action's when",
        )


def exclusive(draft: Draft, part: Part, key: str, flows: Sequence[Flow]) -> None:
    """The arrows of an exclusive choice: the first whose condition holds, or the default."""
    if len(flows) > 1:
        for flow in flows:
            if flow.condition is None and flow.id != default_of(part):
                draft.findings.tell(
                    flow,
                    zh="排他网关的走向须有条件，或设为默认顺序流",
                    en="a way out of an exclusive gateway needs a condition, or is the default",
                )
    plain(draft, key, part, flows)


def all_at_once(draft: Draft, key: str, flows: Sequence[Flow]) -> None:
    """The arrows of a parallel gateway."""
    for flow in flows:
        if flow.condition is not None:
            draft.findings.tell(
                flow, zh="并行网关的走向不能带条件", en="a way out of a parallel gateway has no condition"
            )
        _add(draft, flow, key, g.Via.FLOW, by="" if len(flows) == 1 else flow.id)


def _add(draft: Draft, flow: Flow, key: str, via: g.Via, *, by: str = "", title: Text | None = None) -> None:
    said = note(flow.element, FlowNote, draft.findings)
    if (said.marks == "decided") != (said.outcome is not None):
        draft.findings.tell(
            flow,
            zh='作出决定（yz:marks="decided"）与结果（yz:outcome）须同时写明',
            en='yz:marks="decided" and yz:outcome belong together',
        )
    condition = draft.expression(flow.condition, flow.element) if via is g.Via.CASE else None
    target = draft.keys.get(flow.target)
    if target is not None:
        sends = tuple(said.sends)
        by = said.key or by if via is g.Via.FLOW else by
        draft.arrows.append(
            g.Arrow(key, target, via, by, flow.title or title, condition, said.marks, said.outcome, sends)
        )
