"""What is executed and what is not 执行范围: everything outside the subset is named with its reason."""

from __future__ import annotations

from collections.abc import Collection

from yizhan.workflow.bpmn.findings import Findings
from yizhan.workflow.bpmn.model import Flow, Part, Process, Space, local, own, parts
from yizhan.workflow.bpmn.vocabulary import EVENT_DEFINITIONS, HOLDERS, REFUSED, SILENT, TITLES
from yizhan.workflow.markup import Element
from yizhan.workflow.words import Words

_EVENTS: dict[str, Collection[str]] = {
    "startEvent": {"", "messageEventDefinition"},
    "endEvent": {"", "messageEventDefinition", "terminateEventDefinition", "errorEventDefinition"},
    "intermediateCatchEvent": {"messageEventDefinition", "timerEventDefinition"},
    "intermediateThrowEvent": {"", "messageEventDefinition"},
    "boundaryEvent": {"messageEventDefinition", "timerEventDefinition", "errorEventDefinition"},
}
_RESOURCES = {"resourceRole", "performer", "humanPerformer", "potentialOwner"}
_WHY = {
    "task": Words(
        zh="未定类型的任务不执行，请改为人工、判定、自动、发送或接收任务",
        en="a task without a type is not executed",
    ),
    "manualTask": Words(
        zh="手工任务不执行，请改为人工任务", en="a manual task is not executed; use a user task"
    ),
    "scriptTask": Words(
        zh="脚本任务不执行，应用包不能带程序", en="a script task is not executed: packs carry no programs"
    ),
}
_LONGEST = 110  # rows of a case keep it
_LONGEST_OF_TIMERS = 48  # with a token's number it must fit the reference of a timer


def refused(process: Process, findings: Findings) -> None:
    """Tell every element of a process that is not executed."""
    if process.element.get("isExecutable") in {"false", "0"}:
        findings.tell(
            process,
            zh='流程标明为不可执行（isExecutable="false"）',
            en='the process says isExecutable="false"',
        )
    _space(process.space, "", findings)


def _space(space: Space, within: str, findings: Findings) -> None:
    for child in parts(space.element):
        _child(child, findings)
    _starts_and_ends(space, within, findings)
    for flow in space.flows:
        _flow(space, flow, findings)
    for part in space.parts.values():
        _part(space, part, findings)
        if part.space is not None and part.kind == "subProcess":
            _space(part.space, part.id, findings)


def _child(child: Element, findings: Findings) -> None:
    name = child.name
    if name in _RESOURCES:
        findings.tell(
            child,
            zh="人员分配不执行，由谁办理请写 yz:role、yz:unit",
            en="who acts is said by yz:role and yz:unit",
        )
    elif name not in {"sequenceFlow", *TITLES, *SILENT, *HOLDERS} and not name.endswith("Characteristics"):
        findings.tell(child, zh=f"不认识的元素 {name[:60]}", en=f"an unknown element {name[:60]}")


def _starts_and_ends(space: Space, within: str, findings: Findings) -> None:
    starts = [part for part in space.parts.values() if part.kind == "startEvent"]
    none = [part for part in starts if not part.events]
    if not starts:
        findings.tell(space.element, zh="没有开始事件", en="there is no start event")
    for part in none[1:]:
        findings.tell(part, zh="只能有一个普通开始事件", en="there is one start event without a trigger only")
    for part in starts if within else ():
        if part.events:
            findings.tell(
                part,
                zh="子流程只能由普通开始事件开始",
                en="a sub-process begins with a start event without a trigger",
            )
    if not any(part.kind == "endEvent" for part in space.parts.values()):
        findings.tell(space.element, zh="没有结束事件", en="there is no end event")


def _flow(space: Space, flow: Flow, findings: Findings) -> None:
    for end in (flow.source, flow.target):
        if end not in space.parts:
            findings.tell(
                flow,
                zh=f"顺序流的一端 {end[:60]} 不在同一层流程里",
                en=f"an end of the flow, {end[:60]}, is not in the same process or sub-process",
            )


def _part(space: Space, part: Part, findings: Findings) -> None:
    if part.kind in REFUSED:
        title = REFUSED[part.kind]
        why = _WHY.get(part.kind, Words(zh=f"{title.zh}不执行", en=f"{title.en}: not executed"))
        findings.tell(part, zh=why.zh, en=why.en)
    if part.kind in _EVENTS:
        _event(part, findings)
    most = _LONGEST_OF_TIMERS if part.kind in {"boundaryEvent", "intermediateCatchEvent"} else _LONGEST
    if len(part.key) > most:
        findings.tell(part, zh=f"id 超过 {most} 个字符", en=f"the id is longer than {most} characters")
    _activity(part, findings)
    _connected(space, part, findings)


def _event(part: Part, findings: Findings) -> None:
    if len(part.events) > 1:
        findings.tell(
            part, zh="不执行多个触发条件的事件", en="an event with several triggers is not executed"
        )
        return
    kind = part.events[0].name if part.events else ""
    if kind in _EVENTS[part.kind]:
        return
    if not kind:
        findings.tell(part, zh="没有写明等待什么", en="it does not say what is awaited")
        return
    title = EVENT_DEFINITIONS.get(kind)
    zh, en = (title.zh, title.en) if title is not None else (kind[:60], kind[:60])
    findings.tell(part, zh=f"此处不执行{zh}事件", en=f"an event of the kind {en} is not executed here")


def _activity(part: Part, findings: Findings) -> None:
    element = part.element
    if element.get("isForCompensation") in {"true", "1"}:
        findings.tell(part, zh="不执行补偿", en="compensation is not executed")
    if element.get("triggeredByEvent") in {"true", "1"}:
        findings.tell(part, zh="不执行事件子流程", en="an event sub-process is not executed")
    if element.get("instantiate") in {"true", "1"}:
        findings.tell(
            part,
            zh="不由此处启动流程（instantiate），请用消息开始事件",
            en="a process is begun by start events only",
        )
    if own(element, "standardLoopCharacteristics") is not None:
        findings.tell(
            part,
            zh="不执行循环标记，请用顺序流和网关画出循环",
            en="a loop marker is not executed; draw the loop",
        )
    several = own(element, "multiInstanceLoopCharacteristics")
    if several is not None and part.kind in {"businessRuleTask"}:
        findings.tell(part, zh="判定任务不能多实例", en="a business rule task has no instances")
    for name in ("completionQuantity", "startQuantity"):
        if element.get(name, "1") != "1":
            findings.tell(part, zh=f"不执行 {name}", en=f"{name} is not executed")
    for child in parts(element) if part.space is None else ():
        if child.name in _RESOURCES:
            _child(child, findings)


def _connected(space: Space, part: Part, findings: Findings) -> None:
    if part.kind == "boundaryEvent":
        host = space.parts.get(local(part.element.get("attachedToRef")))
        if host is None:
            findings.tell(part, zh="边界事件没有依附的环节", en="a boundary event is attached to nothing")
        elif host.kind not in {"userTask", "serviceTask", "receiveTask", "subProcess", "callActivity"}:
            findings.tell(
                part,
                zh="这种环节上不能有边界事件",
                en="nothing can happen meanwhile at an element of this kind",
            )
        if space.into(part.id):
            findings.tell(part, zh="顺序流不能通向边界事件", en="no flow leads to a boundary event")
        return
    if part.kind == "startEvent" and space.into(part.id):
        findings.tell(part, zh="顺序流不能通向开始事件", en="no flow leads to a start event")
    if part.kind == "endEvent" and space.out_of(part.id):
        findings.tell(part, zh="结束事件没有走向", en="no flow leaves an end event")
    if part.kind != "startEvent" and not space.into(part.id):
        findings.tell(part, zh="没有任何顺序流通向这里", en="no flow leads here")
    leads_on = part.kind == "endEvent" or (part.kind == "receiveTask" and _has_events(space, part))
    if not space.out_of(part.id) and not leads_on:
        findings.tell(
            part, zh="没有走向，请以结束事件收尾", en="no flow leaves it; let it lead to an end event"
        )


def _has_events(space: Space, part: Part) -> bool:
    """Whether something that happens meanwhile leads on from it."""
    events = (one for one in space.parts.values() if one.kind == "boundaryEvent")
    return any(local(one.element.get("attachedToRef")) == part.id and space.out_of(one.id) for one in events)
