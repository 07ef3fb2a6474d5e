"""Where a case waits 等待环节: receive tasks, events on the way, event-based gateways."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from yizhan.workflow.bpmn import leading
from yizhan.workflow.bpmn.draft import Draft, Here
from yizhan.workflow.bpmn.meanwhile import boundaries, boundary_arrows, delay_of
from yizhan.workflow.bpmn.model import Part, own
from yizhan.workflow.bpmn.notes import WaitNote
from yizhan.workflow.bpmn.noting import note
from yizhan.workflow.bpmn.several import each_of
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.parts import Ask


def receive(draft: Draft, here: Here, part: Part) -> None:
    """A receive task; boundary events that are answers too stand among its answers."""
    if belongs_to_gateway(here, part):
        _passed(draft, here, part)
        return
    said = note(part.element, WaitNote, draft.findings)
    message = draft.message(part.element)
    answers = {message: tuple(said.asks)} if message else {}
    meanwhile = boundaries(draft, here, part, answers)
    if not answers and not any(one.interrupts for one in meanwhile.values()):
        draft.findings.tell(part, zh="没有写明等待什么消息", en="it does not say which message is awaited")
    _wait(draft, here, part, said, answers=answers, meanwhile=meanwhile)
    if own(part.element, "multiInstanceLoopCharacteristics") is not None:
        leading.plain(draft, part.key, part, here.out_of(part))
    elif message:
        leading.lead(draft, here, part, part.key, via=g.Via.ANSWER, by=message)
    boundary_arrows(draft, here, part)


def catch(draft: Draft, here: Here, part: Part) -> None:
    """An intermediate event that is waited for: a message, or a time."""
    if belongs_to_gateway(here, part):
        _passed(draft, here, part)
        return
    said = note(part.element, WaitNote, draft.findings)
    event = part.events[0] if part.events else part.element
    if event.name == "timerEventDefinition":
        delay = delay_of(draft, part, event, said.limit)
        timer = n.Boundary(part.key, "timer", None, delay)
        _wait(
            draft,
            here,
            part,
            said.model_copy(update={"limit": None}),
            answers={},
            meanwhile={part.key: timer},
        )
        leading.lead(draft, here, part, part.key, via=g.Via.BOUNDARY, by=part.key)
        return
    message = draft.message(event)
    if not message:
        draft.findings.tell(part, zh="没有写明等待什么消息", en="it does not say which message is awaited")
    _wait(draft, here, part, said, answers={message: tuple(said.asks)}, meanwhile={})
    leading.lead(draft, here, part, part.key, via=g.Via.ANSWER, by=message)


def _passed(draft: Draft, here: Here, part: Part) -> None:
    """What an event-based gateway has waited for; a case only passes here."""
    phase = note(part.element, WaitNote, draft.findings).phase or here.phase
    draft.add(n.Automatic(part.key, part.title, phase, within=here.within), part)
    leading.plain(draft, part.key, part, here.out_of(part))


def belongs_to_gateway(here: Here, part: Part) -> bool:
    """Whether an event-based gateway leads to it; then it is waited for there."""
    before = (here.space.parts.get(flow.source) for flow in here.space.into(part.id))
    return any(one is not None and one.kind == "eventBasedGateway" for one in before)


def event_gateway(draft: Draft, here: Here, part: Part) -> None:
    """An event-based gateway: a wait with the events behind it as answers and times."""
    said = note(part.element, WaitNote, draft.findings)
    answers: dict[str, tuple[Ask, ...]] = {}
    timers: dict[str, n.Boundary] = {}
    ways: list[g.Arrow] = []
    for flow in here.out_of(part):
        behind = here.space.parts.get(flow.target)
        if behind is None:
            continue
        own_note = note(behind.element, WaitNote, draft.findings)
        event = behind.events[0] if behind.events else behind.element
        if len(here.space.into(behind.id)) != 1 or not (
            behind.kind == "intermediateCatchEvent" or (behind.kind == "receiveTask" and not here.at(behind))
        ):
            draft.findings.tell(
                behind,
                zh="事件网关之后只能是等待消息或时间的中间事件、接收任务，且没有别的来路",
                en="behind an event-based gateway stand events or receive tasks that nothing else leads to",
            )
        elif event.name == "timerEventDefinition":
            delay = delay_of(draft, behind, event, own_note.limit)
            title = behind.title if behind.named else None
            timers[behind.key] = n.Boundary(behind.key, "timer", title, delay)
            ways.append(g.Arrow(part.key, behind.key, g.Via.BOUNDARY, behind.key, flow.title or title))
        else:
            message = draft.message(event)
            if not message or message in answers:
                draft.findings.tell(
                    behind, zh="须等待各不相同的消息", en="each event awaits a message of its own"
                )
            answers[message] = tuple(own_note.asks)
            title = flow.title or (behind.title if behind.named else None)
            ways.append(g.Arrow(part.key, behind.key, g.Via.ANSWER, message, title))
    _wait(draft, here, part, said, answers=answers, meanwhile=timers)
    draft.arrows += ways


def _wait(
    draft: Draft,
    here: Here,
    part: Part,
    said: WaitNote,
    *,
    answers: Mapping[str, tuple[Ask, ...]],
    meanwhile: Mapping[str, n.Boundary],
) -> None:
    node = n.Wait(
        part.key,
        part.title,
        said.phase or here.phase,
        said.audience,
        draft.limit(said.limit, part),
        tuple(said.sends),
        MappingProxyType(dict(answers)),
        MappingProxyType(dict(meanwhile)),
        each_of(draft, part),
        within=here.within,
    )
    draft.add(node, part)
