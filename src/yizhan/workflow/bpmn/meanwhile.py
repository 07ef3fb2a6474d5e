"""Boundary events 其间事件: a time passes, a message comes, an error is met while a case stays somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from yizhan.workflow.bpmn import leading
from yizhan.workflow.bpmn.draft import Draft, Here, timer_of
from yizhan.workflow.bpmn.model import Part
from yizhan.workflow.bpmn.notes import BoundaryNote, LimitNote
from yizhan.workflow.bpmn.noting import note
from yizhan.workflow.markup import Element
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.parts import Ask

_WITHOUT_ERRORS = {"userTask", "receiveTask"}


def boundaries(
    draft: Draft, here: Here, host: Part, answers: dict[str, tuple[Ask, ...]] | None = None
) -> Mapping[str, n.Boundary]:
    """What may happen while a case stays at an element.

    Args:
        draft: the draft.
        here: where.
        host: the element.
        answers: of a wait, to which those boundary events are added that are answers.
    """
    found: dict[str, n.Boundary] = {}
    for part in here.at(host):
        said = note(part.element, BoundaryNote, draft.findings)
        if said.answer and answers is not None:
            message = draft.message(part.events[0]) if part.events else ""
            if not message or message in answers or not interrupts(part):
                draft.findings.tell(
                    part,
                    zh="作为答复的边界事件须打断环节，并等待一个各不相同的消息",
                    en="a boundary event that is an answer interrupts, and awaits a message of its own",
                )
            answers[message] = tuple(said.asks)
            continue
        boundary = _boundary(draft, part, said)
        if boundary is None:
            continue
        if boundary.kind == "error" and host.kind in _WITHOUT_ERRORS:
            draft.findings.tell(
                part,
                zh="人工和等待环节不会出错，错误边界事件没有作用",
                en="no error is met at a user task or a wait",
            )
        if boundary.key in found:
            draft.findings.tell(part, zh=f"{boundary.key} 出现两次", en=f"{boundary.key} stands twice")
        found[boundary.key] = boundary
        _leads_somewhere(draft, here, part, boundary)
    return MappingProxyType(found)


def interrupts(part: Part) -> bool:
    """Whether a boundary event ends what it is attached to."""
    return part.element.get("cancelActivity", "true") not in {"false", "0"}


def _boundary(draft: Draft, part: Part, said: BoundaryNote) -> n.Boundary | None:
    event = part.events[0] if part.events else None
    if event is None:
        return None  # told as not executed
    title = part.title if part.named else None
    sends, ends = tuple(said.sends), interrupts(part)
    if event.name == "timerEventDefinition":
        delay = delay_of(draft, part, event, said.limit)
        return n.Boundary(part.key, "timer", title, delay, "", ends, sends)
    if event.name == "messageEventDefinition":
        message = draft.message(event)
        if not message:
            draft.findings.tell(
                part, zh="没有写明等待什么消息", en="it does not say which message is awaited"
            )
        return n.Boundary(part.key, "message", title, None, message, ends, sends)
    if event.name == "errorEventDefinition":
        if not ends:
            draft.findings.tell(
                part, zh="出错之后原环节不能继续，错误边界事件须打断", en="an error ends what it is met at"
            )
        return n.Boundary(part.key, "error", title, None, draft.error(event), True, sends)
    return None


def _leads_somewhere(draft: Draft, here: Here, part: Part, boundary: n.Boundary) -> None:
    if here.out_of(part):
        return
    if boundary.interrupts:
        draft.findings.tell(
            part, zh="事件打断了环节，须有顺序流写明去哪里", en="it interrupts, and no flow says where to go"
        )
    elif not boundary.sends:
        draft.findings.tell(
            part,
            zh="事件既不往下走，也不发通知（yz:send），没有作用",
            en="it leads nowhere and sends nothing (yz:send)",
        )


def boundary_arrows(draft: Draft, here: Here, host: Part) -> None:
    """The arrows of what may happen meanwhile, and of boundary events that are answers."""
    for part in here.at(host):
        said = note(part.element, BoundaryNote, draft.findings)
        title = part.title if part.named else None
        if said.answer and host.kind == "receiveTask":
            message = draft.message(part.events[0]) if part.events else ""
            leading.lead(draft, here, part, host.key, via=g.Via.ANSWER, by=message, title=title)
        else:
            leading.lead(draft, here, part, host.key, via=g.Via.BOUNDARY, by=part.key, title=title)


def delay_of(draft: Draft, part: Part, event: Element, limit: LimitNote | None) -> n.Delay:
    """When a timer fires."""
    if limit is not None:
        return n.Delay(draft.limit(limit, part))
    when = timer_of(event)
    if when is None:
        draft.findings.tell(
            part,
            zh="没有写明时间（timeDate、timeDuration 或 yz:limit）",
            en="it does not say when (timeDate, timeDuration or yz:limit)",
        )
        return n.Delay()
    if when.name == "timeCycle":
        draft.findings.tell(
            part,
            zh="不执行循环定时（timeCycle），请用时长或时刻",
            en="a cycle of times (timeCycle) is not executed",
        )
        return n.Delay()
    return n.Delay(moment=draft.moment(when, part.element))
