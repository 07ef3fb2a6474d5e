"""Multi-instance 多实例: an element that is done once for each of several."""

from __future__ import annotations

import re

from yizhan.releases.words import KEY_PATTERN
from yizhan.workflow.bpmn.draft import Draft
from yizhan.workflow.bpmn.model import Part, own
from yizhan.workflow.bpmn.notes import EachNote, PolicyNote, SeveralNote
from yizhan.workflow.bpmn.noting import note
from yizhan.workflow.processes import nodes as n

_NEED_CONSENTS = {"count", "veto", "lead"}


def each_of(draft: Draft, part: Part) -> n.Each | None:
    """That an element is done once for each of several, as its characteristics say."""
    loop = own(part.element, "multiInstanceLoopCharacteristics")
    if loop is None:
        return None
    said = note(loop, SeveralNote, draft.findings)
    each = said.each or EachNote(name=_item(part) or "one")
    times = draft.expression(own(loop, "loopCardinality"), part.element)
    of = draft.compiled(each.of, part.element) if each.of else None
    table = draft.library.tables.get(each.table) if each.table else None
    if [each.of, each.table, own(loop, "loopCardinality")].count(None) != 2:
        draft.findings.tell(
            part,
            zh="多实例须且只须有一个来源：loopCardinality，或 yz:each 的 of、table",
            en="several instances come from loopCardinality, or from of or table of yz:each",
        )
    policy = _policy(draft, part, said.policy or PolicyNote())
    complete = draft.expression(own(loop, "completionCondition"), part.element)
    return n.Each(
        each.name,
        of=of,
        table=table,
        output=each.output,
        times=times,
        sequential=loop.get("isSequential") in {"true", "1"},
        policy=n.Policy(
            policy.name,
            needed=draft.compiled(policy.needed, part.element) if policy.needed else None,
            consents=frozenset(policy.consents),
            lead=draft.compiled(policy.lead, part.element) if policy.lead else None,
            complete=complete,
            silence=policy.silence,
        ),
    )


def _item(part: Part) -> str:
    """What BPMN itself calls one of them, if that can stand in a condition."""
    loop = own(part.element, "multiInstanceLoopCharacteristics")
    item = own(loop, "inputDataItem") if loop is not None else None
    name = item.get("name") if item is not None else ""
    return name if re.match(KEY_PATTERN, name) else ""


def _policy(draft: Draft, part: Part, said: PolicyNote) -> PolicyNote:
    if said.name in _NEED_CONSENTS and not said.consents:
        draft.findings.tell(
            part, zh="须写明哪些操作算同意（consents）", en="it does not say which actions consent (consents)"
        )
    if (said.name == "count") != (said.needed is not None):
        draft.findings.tell(
            part,
            zh="按票数决定的须写明需要几家同意（needed），其他规则不写",
            en="needed belongs to the policy count, and only there",
        )
    if (said.name == "lead") != (said.lead is not None):
        draft.findings.tell(
            part,
            zh="由牵头单位决定的须写明牵头单位（lead），其他规则不写",
            en="lead belongs to the policy lead, and only there",
        )
    if said.silence is not None and said.basis is None:
        draft.findings.tell(
            part,
            zh="逾期视为某种意见，须写明依据（yz:basis）",
            en="what silence counts as needs its basis (yz:basis)",
            weight="warning",
        )
    return said
