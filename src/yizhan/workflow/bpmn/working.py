"""Tasks in which the house works by itself 自动环节: decision tables, works, messages that leave."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from yizhan import feel
from yizhan.workflow.bpmn import leading
from yizhan.workflow.bpmn.draft import Draft, Here
from yizhan.workflow.bpmn.meanwhile import boundaries, boundary_arrows
from yizhan.workflow.bpmn.model import Part, attribute
from yizhan.workflow.bpmn.notes import RuleTaskNote, SendNote, ServiceTaskNote, ValueNote
from yizhan.workflow.bpmn.noting import note
from yizhan.workflow.bpmn.several import each_of
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n


def rule(draft: Draft, here: Here, part: Part) -> None:
    """A business rule task: a decision table, and an exclusive gateway behind it that belongs to it."""
    said = note(part.element, RuleTaskNote, draft.findings)
    if said.table is None:
        draft.findings.tell(
            part, zh="没有写明用哪个决策表（yz:table）", en="it does not say which table (yz:table)"
        )
    table = draft.library.tables.get(said.table or "")
    draft.add(n.Decide(part.key, part.title, said.phase or here.phase, table, within=here.within), part)
    flows = here.out_of(part)
    behind = here.space.parts.get(flows[0].target) if len(flows) == 1 else None
    if behind is not None and belongs(behind):
        leading.exclusive(draft, behind, part.key, here.out_of(behind))
    else:
        leading.lead(draft, here, part, part.key, via=g.Via.OTHERWISE, by="")


def belongs(part: Part) -> bool:
    """Whether it is a gateway that only says where the task before it leads."""
    return part.kind == "exclusiveGateway" and attribute(part.element, "of") in {"true", "1"}


def service(draft: Draft, here: Here, part: Part) -> None:
    """A service task."""
    said = note(part.element, ServiceTaskNote, draft.findings)
    if said.does is None:
        draft.findings.tell(part, zh="没有写明办什么（yz:does）", en="it does not say what is done (yz:does)")
    if said.results and not said.waits:
        draft.findings.tell(
            part, zh="要用到结果，须等待其完成（yz:waits）", en='results are there only with yz:waits="true"'
        )
    meanwhile = boundaries(draft, here, part)
    if meanwhile and not said.waits:
        draft.findings.tell(
            part,
            zh="不等待结果的自动环节当即通过，其间不会有事件发生（yz:waits）",
            en='nothing can happen meanwhile without yz:waits="true"',
        )
    node = n.Automatic(
        part.key,
        part.title,
        said.phase or here.phase,
        said.does,
        values(draft, part, said.inputs),
        draft.letters(said.sends, None),
        said.waits,
        meanwhile,
        each_of(draft, part),
        within=here.within,
    )
    draft.add(node, part)
    if said.waits:
        failed = {"outcome": g.Remembered("string")} if meanwhile else {}
        results = {one.name: g.Remembered(one.type) for one in said.results}
        draft.remembered[part.key] = MappingProxyType({**results, **failed})
    leading.plain(draft, part.key, part, here.out_of(part))
    boundary_arrows(draft, here, part)


def values(draft: Draft, part: Part, written: list[ValueNote]) -> Mapping[str, feel.Expression]:
    """What a work or a called process is given."""
    found = {one.name: draft.compiled(one.value, part.element) for one in written}
    return MappingProxyType({name: value for name, value in found.items() if value is not None})


def send(draft: Draft, here: Here, part: Part) -> None:
    """A send task, or an event that throws a message; one that throws nothing is only passed."""
    said = note(part.element, SendNote, draft.findings)
    holder = part.events[0] if part.events else part.element
    sends = draft.letters(said.sends, holder)
    if not sends and (part.kind == "sendTask" or part.events):
        no_letter(draft, part)
    phase, each = said.phase or here.phase, each_of(draft, part)
    draft.add(n.Automatic(part.key, part.title, phase, sends=sends, each=each, within=here.within), part)
    leading.plain(draft, part.key, part, here.out_of(part))


def no_letter(draft: Draft, part: Part) -> None:
    """Tell that it is not said what is sent."""
    draft.findings.tell(
        part,
        zh="没有写明发什么通知（yz:send，或消息的 yz:template）",
        en="it does not say what is sent (yz:send, or the message's yz:template)",
    )
