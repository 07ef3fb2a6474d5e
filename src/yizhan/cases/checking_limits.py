"""Whether what an item says about its limits can come true: who extends, who is told, what is accepted by silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from django.utils.translation import gettext as _

from yizhan.cases import card_rules, extending, suspending
from yizhan.cases.item import ItemDefinition
from yizhan.notices.wording import Wordings
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source
from yizhan.workflow import references
from yizhan.workflow.processes.definition import FlowDefinition, TaskDefinition
from yizhan.workflow.tables.definition import TableDefinition

_WANTED = {"moment", "clock", "item_type"}


def check(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """What only the whole pack can tell of an item's limits."""
    yield from _extension(source, item, pack)
    yield from _silence(source, item, pack)
    yield from _cards(pack)
    yield from _told(source, item, pack)
    yield from _suspensions(source, item, pack)


def _extension(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    rule = item.limits.extension
    if rule is None:
        return
    known = references.house.of(pack).get("role")
    if known and rule.role not in known:
        message = _("没有角色 %(name)s") % {"name": rule.role}
        yield source.fault("limits.extension.role", message, suggestion=did_you_mean(rule.role, known))
    if extending.MESSAGE not in _messages(pack):
        message = _("缺少通知 %(key)s：延长期限不会告知申请人") % {"key": extending.MESSAGE}
        yield source.fault("limits.extension", message, weight="warning")


def _told(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """Whom cards are told of, and by which message."""
    known = references.house.of(pack)
    names: dict[str, tuple[references.Kind, str]] = {
        "to": ("role", _("没有角色 %(name)s")),
        "template": ("template", _("没有通知或文书模板 %(name)s")),
        "unit": ("unit", _("本区没有单位 %(name)s")),
    }
    for number, letter in enumerate(item.limits.cards):
        for key, (kind, words) in names.items():
            name, there = getattr(letter, key), known.get(kind)
            is_rule = key == "unit" and name in {None, "item unit", "area subdistrict"}
            if there and not is_rule and name not in there:
                place, near = f"limits.cards[{number}].{key}", did_you_mean(name, there)
                weight: Literal["error", "warning"] = "warning" if key == "unit" else "error"
                yield source.fault(place, words % {"name": name}, suggestion=near, weight=weight)


def _suspensions(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    for number, rule in enumerate(item.limits.suspensions):
        if rule.basis is not None and not rule.basis.verified:
            words = _("法律依据待核实：%(law)s") % {"law": rule.basis.law}
            yield source.fault(f"limits.suspensions[{number}].basis", words, weight="warning")
    others = [rule for rule in item.limits.suspensions if rule.kind != "supplement"]
    if others and suspending.MESSAGE not in _messages(pack):
        message = _("缺少通知 %(key)s：中止计时不会告知申请人") % {"key": suspending.MESSAGE}
        yield source.fault("limits.suspensions", message, weight="warning")


def _messages(pack: Pack) -> Collection[str]:
    file = pack.of("messages").get("messages")
    return file.model.messages if file is not None and isinstance(file.model, Wordings) else ()


def _silence(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    if not item.limits.by_silence:
        return
    written = pack.of("process").get(item.handling.process)
    if written is None or not isinstance(written.model, FlowDefinition):
        return
    tasks = [state for state in written.model.states.values() if isinstance(state, TaskDefinition)]
    if not any(action.marks == "accepted" for task in tasks for action in task.actions.values()):
        message = _("流程没有标记受理（marks: accepted）的操作，逾期不能视为受理")
        yield source.fault("limits.by_silence", message)


def _cards(pack: Pack) -> Iterator[Fault]:
    """A table of the name that cards are decided by asks for what a clock can tell."""
    written = pack.of("table").get(card_rules.KEY)
    if written is None or not isinstance(written.model, TableDefinition):
        return
    for name in sorted(set(written.model.all_facts) - _WANTED):
        yield written.fault(
            "inputs", _("亮牌规则不能使用 %(name)s") % {"name": name}, suggestion=", ".join(_WANTED)
        )
