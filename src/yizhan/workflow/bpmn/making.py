"""From elements to nodes 环节: starts, ends, gateways, bodies; tasks and waits have files of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from yizhan.workflow.bpmn import leading
from yizhan.workflow.bpmn.draft import Draft, Here
from yizhan.workflow.bpmn.meanwhile import boundaries, boundary_arrows
from yizhan.workflow.bpmn.model import Part
from yizhan.workflow.bpmn.notes import EndNote, GatewayNote, SpaceNote
from yizhan.workflow.bpmn.noting import note
from yizhan.workflow.bpmn.several import each_of
from yizhan.workflow.bpmn.user_tasks import user_task
from yizhan.workflow.bpmn.waiting import catch, event_gateway, receive
from yizhan.workflow.bpmn.working import belongs, no_letter, rule, send, service, values
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n

Maker = Callable[[Draft, Here, Part], None]
_ENDS: Mapping[str, Literal["all", "error"]] = {
    "terminateEventDefinition": "all",
    "errorEventDefinition": "error",
}


def start(draft: Draft, here: Here, part: Part) -> None:
    """A start event."""
    event = part.events[0] if part.events else None
    message = draft.message(event) if event is not None else ""
    if event is not None and not message:
        draft.findings.tell(part, zh="没有写明由什么消息启动", en="it does not say which message starts it")
    draft.add(n.Start(part.key, part.title, message, within=here.within), part)
    flows = here.out_of(part)
    for flow in flows:
        if flow.condition is not None:
            draft.findings.tell(
                flow, zh="开始事件的走向不能带条件", en="a way out of a start event has no condition"
            )
    leading.plain(draft, part.key, part, flows)


def end(draft: Draft, here: Here, part: Part) -> None:
    """An end event."""
    said = note(part.element, EndNote, draft.findings)
    event = part.events[0] if part.events else None
    kind = event.name if event is not None else ""
    error = draft.error(event) if event is not None and kind == "errorEventDefinition" else ""
    if kind == "errorEventDefinition" and not error:
        draft.findings.tell(part, zh="没有写明是什么错误", en="it does not say which error")
    sends = draft.letters(said.sends, event)
    if kind == "messageEventDefinition" and not sends:
        no_letter(draft, part)
    outcome = said.outcome or error or part.key
    ends: Literal["way", "all", "error"] = _ENDS.get(kind, "way")
    draft.add(n.End(part.key, part.title, outcome[:40], sends, ends, error, within=here.within), part)


def gateway(draft: Draft, here: Here, part: Part) -> None:
    """An exclusive, parallel or inclusive gateway."""
    flows = here.out_of(part)
    if part.kind == "exclusiveGateway":
        said = note(part.element, GatewayNote, draft.findings)
        if belongs(part):
            _check_belonging(draft, here, part)
            return
        draft.add(n.Decide(part.key, part.title, said.phase or here.phase, None, within=here.within), part)
        leading.exclusive(draft, part, part.key, flows)
    elif part.kind == "parallelGateway":
        draft.add(n.Gateway(part.key, part.title, "parallel", within=here.within), part)
        leading.all_at_once(draft, part.key, flows)
    else:
        draft.add(n.Gateway(part.key, part.title, "inclusive", within=here.within), part)
        leading.plain(draft, part.key, part, flows)


def _check_belonging(draft: Draft, here: Here, part: Part) -> None:
    into = here.space.into(part.id)
    before = here.space.parts.get(into[0].source) if len(into) == 1 else None
    if before is None or before.kind != "businessRuleTask" or len(here.out_of(before)) != 1:
        draft.findings.tell(
            part,
            zh="yz:of 只能写在紧接判定任务之后、没有别的来路的排他网关上",
            en="yz:of belongs to an exclusive gateway that only a business rule task leads to",
        )


def body(draft: Draft, here: Here, part: Part) -> None:
    """A sub-process or a call; what stands within it is translated apart."""
    said = note(part.element, SpaceNote, draft.findings)
    is_own = said.own or part.kind == "callActivity"
    if said.inputs and not is_own:
        draft.findings.tell(
            part,
            zh="自带的环节看得到外面的结果，不必传入（yz:input）",
            en="what stands within sees all; no yz:input",
        )
    node = n.Body(
        part.key,
        part.title,
        said.phase or here.phase,
        boundaries(draft, here, part),
        each_of(draft, part),
        own=is_own,
        given=values(draft, part, said.inputs),
        within=here.within,
    )
    draft.add(node, part)
    leading.plain(draft, part.key, part, here.out_of(part))
    boundary_arrows(draft, here, part)


def unknown(draft: Draft, here: Here, part: Part) -> None:
    """What is not executed; it keeps its place so that all else can be checked."""
    draft.add(n.Automatic(part.key, part.title, here.phase, within=here.within), part)
    for flow in here.out_of(part):
        draft.arrows.append(g.Arrow(part.key, draft.keys.get(flow.target, part.key), by=flow.id))


def _nothing(draft: Draft, here: Here, part: Part) -> None:
    """A boundary event is made with what it is attached to."""


MAKERS: Mapping[str, Maker] = {
    "startEvent": start,
    "endEvent": end,
    "userTask": user_task,
    "businessRuleTask": rule,
    "serviceTask": service,
    "sendTask": send,
    "intermediateThrowEvent": send,
    "receiveTask": receive,
    "intermediateCatchEvent": catch,
    "eventBasedGateway": event_gateway,
    "exclusiveGateway": gateway,
    "parallelGateway": gateway,
    "inclusiveGateway": gateway,
    "subProcess": body,
    "callActivity": body,
    "boundaryEvent": _nothing,
}
