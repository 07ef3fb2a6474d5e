"""User tasks 人工任务: who acts, what can be done, and which flow each action takes."""

from __future__ import annotations

from types import MappingProxyType

from yizhan import feel
from yizhan.releases.words import Text
from yizhan.workflow.bpmn import leading
from yizhan.workflow.bpmn.draft import Draft, Here
from yizhan.workflow.bpmn.meanwhile import boundaries, boundary_arrows
from yizhan.workflow.bpmn.model import Flow, Part
from yizhan.workflow.bpmn.notes import ActionNote, FlowNote, UserTaskNote
from yizhan.workflow.bpmn.noting import note
from yizhan.workflow.bpmn.several import each_of
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.making import unit_source

COMPLETE = ActionNote(key="complete", title=Text(zh="完成", en="Complete"), style="primary")
"""The one action of a task that names none."""


def user_task(draft: Draft, here: Here, part: Part) -> None:
    """A user task, with its arrows."""
    said = note(part.element, UserTaskNote, draft.findings)
    if said.role is None:
        draft.findings.tell(part, zh="没有写明由谁办理（yz:role）", en="it does not say who acts (yz:role)")
    each = each_of(draft, part)
    written = said.actions or [COMPLETE]
    actions: dict[str, n.Action] = {}
    rest = {flow.id: flow for flow in here.out_of(part)}
    for one in written:
        flow = _flow_of(draft, here, part, one)
        action = _action(draft, part, one, flow)
        if one.key in actions:
            draft.findings.tell(part, zh=f"操作 {one.key} 出现两次", en=f"the action {one.key} stands twice")
        actions[one.key] = action
        if flow is not None:
            if each is not None:
                draft.findings.tell(
                    part,
                    zh="多实例的操作不单独往下走，不写 flow",
                    en="an action of one of several leads nowhere by itself; no flow",
                )
            leading.chosen(draft, flow, part.key, action)
            rest.pop(flow.id, None)
    _rest(draft, part, written, list(rest.values()))
    _check_policy(draft, part, each, actions, said)
    meanwhile = boundaries(draft, here, part)
    node = n.Task(
        part.key,
        part.title,
        said.phase or here.phase,
        role=said.role or "",
        unit=_unit(draft, part, said.unit),
        limit=draft.limit(said.limit, part),
        distinct_from=tuple(draft.keys.get(name, name) for name in said.distinct_from),
        form=said.form,
        actions=MappingProxyType(actions),
        supplement=_supplement(said),
        boundaries=meanwhile,
        each=each,
        within=here.within,
    )
    draft.add(node, part)
    leading.plain(draft, part.key, part, list(rest.values()))
    boundary_arrows(draft, here, part)


def _flow_of(draft: Draft, here: Here, part: Part, one: ActionNote) -> Flow | None:
    if one.flow is None:
        return None
    found = next((flow for flow in here.out_of(part) if flow.id == one.flow), None)
    if found is None:
        draft.findings.tell(
            part,
            zh=f"操作 {one.key} 的 flow 不是从这里出去的顺序流：{one.flow}",
            en=f"the flow of the action {one.key} does not leave here: {one.flow}",
        )
    return found


def _action(draft: Draft, part: Part, one: ActionNote, flow: Flow | None) -> n.Action:
    title = one.title or (flow.title if flow is not None else None)
    if title is None:
        draft.findings.tell(
            part, zh=f"操作 {one.key} 没有名称（title）", en=f"the action {one.key} has no title"
        )
        title = Text(zh=one.key, en=one.key)
    way = note(flow.element, FlowNote, draft.findings) if flow is not None else FlowNote()
    when = draft.compiled(one.when, part.element) if one.when else None
    return n.Action(
        one.key, title, tuple(one.asks), one.reason, one.style, when, way.marks, way.outcome, one.closed
    )


def _rest(draft: Draft, part: Part, written: list[ActionNote], rest: list[Flow]) -> None:
    """Flows that no action names are for those actions that name no flow."""
    without = [one.key for one in written if one.flow is None]
    if rest and not without:
        names = [flow.id for flow in rest]
        draft.findings.tell(
            part,
            zh=f"没有操作通向顺序流 {'、'.join(names)}（yz:action 的 flow）",
            en=f"no action takes the flows {', '.join(names)} (flow of yz:action)",
        )
    if without and not rest and written != [COMPLETE]:
        draft.findings.tell(
            part,
            zh=f"操作 {'、'.join(without)} 没有去向",
            en=f"the actions {', '.join(without)} lead nowhere",
        )


def _check_policy(
    draft: Draft, part: Part, each: n.Each | None, actions: dict[str, n.Action], said: UserTaskNote
) -> None:
    if each is None:
        return
    for name in sorted({*each.policy.consents, *filter(None, [each.policy.silence])} - actions.keys()):
        draft.findings.tell(part, zh=f"没有名为 {name} 的操作", en=f"there is no action named {name}")
    if each.policy.silence is not None and said.limit is None:
        draft.findings.tell(
            part,
            zh="逾期视为某种意见的，任务须有时限（yz:limit）",
            en="what silence counts as needs a limit (yz:limit)",
        )


def _unit(draft: Draft, part: Part, text: str) -> n.UnitSource:
    try:
        return unit_source(text)
    except feel.SyntaxFault as fault:
        draft.findings.tell(part, zh=fault.zh, en=fault.en, suggestion=fault.caret)
        return n.UnitSource(n.UnitRule.ITEM_UNIT)


def _supplement(said: UserTaskNote) -> n.Supplement | None:
    found = said.supplement
    if found is None:
        return None
    return n.Supplement(found.key, found.title, tuple(found.asks), found.reason, found.style, found.once)
