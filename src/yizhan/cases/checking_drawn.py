"""Whether an item whose process is drawn in BPMN can be handled by it 事项与 BPMN 流程: facts, receivers, works."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.cases import works
from yizhan.cases.item import ItemDefinition
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source
from yizhan.workflow.bpmn import keeping
from yizhan.workflow.bpmn.keeping import Drawn
from yizhan.workflow.bpmn.letters import letters
from yizhan.workflow.bpmn.shelf import Shelf
from yizhan.workflow.processes.definition import SubflowDefinition
from yizhan.workflow.processes.nodes import Automatic, Task
from yizhan.workflow.processes.parts import Send
from yizhan.workflow.processes.places import places


def there(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """The process is there, in either notation."""
    known = keeping.processes(pack)
    key = item.handling.process
    if key not in known:
        words = _("应用包里没有 %(key)s") % {"key": key}
        yield source.fault("handling.process", words, suggestion=did_you_mean(key, known))


def check(item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """What only an item can tell of a process that is drawn."""
    yield from _performed(item, pack)
    drawn = keeping.drawn(pack, item.handling.process)
    if drawn is None:
        return
    if not drawn.graph.starts():
        yield drawn.fault("", _("办件由提交启动，流程须有普通开始事件"))
    if item.limits.by_silence and not _accepts(drawn):
        yield drawn.fault("", _("流程没有标记受理（marks: accepted）的操作，逾期不能视为受理"))


def _performed(item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """What is wrong with the works of the item's process and of those in BPMN that it calls, in either notation."""
    for key in sorted(keeping.shelf_of(pack).calls(item.handling.process)) if pack.of(keeping.KIND) else ():
        drawn = keeping.drawn(pack, key)
        for name, node in drawn.graph.nodes.items() if drawn is not None else ():
            if drawn and name in drawn.origins and isinstance(node, Automatic) and node.does in works.known():
                yield from _given(drawn, node)


def needed(item: ItemDefinition, pack: Pack) -> tuple[dict[str, str], set[str]]:
    """The facts that are asked for, each with the file that asks; and what steps leave behind themselves.

    Of the item's process and of those in BPMN that it calls; what a call is given need not come from elsewhere.
    """
    if not pack.of(keeping.KIND):
        return {}, set()
    shelf = keeping.shelf_of(pack)
    asked: dict[str, str] = {}
    left: set[str] = set()
    for key in sorted(shelf.calls(item.handling.process)):
        drawn = keeping.drawn(pack, key)
        if drawn is not None:
            asked |= dict.fromkeys(drawn.graph.all_facts, drawn.source.file)
            left |= set(drawn.graph.remembered)
    return {name: file for name, file in asked.items() if name not in _handed_on(shelf)}, left


def _handed_on(shelf: Shelf) -> set[str]:
    """What written processes hand to those that they call."""
    states = [place.state for flow in shelf.flows.values() for place in places(flow)]
    return {name for state in states if isinstance(state, SubflowDefinition) for name in state.with_}


def sends(item: ItemDefinition, pack: Pack) -> list[Send]:
    """The messages that are sent."""
    drawn = keeping.drawn(pack, item.handling.process)
    return [send for _key, sends in letters(drawn.graph) for send in sends] if drawn else []


def _accepts(drawn: Drawn) -> bool:
    tasks = [node for node in drawn.graph.nodes.values() if isinstance(node, Task) and not node.within]
    return any(action.marks == "accepted" for task in tasks for action in task.actions.values())


def _given(drawn: Drawn, node: Automatic) -> Iterator[Fault]:
    """A work is given what it needs, and only what it gives back is used."""
    work = works.known()[node.does or ""]
    for name in sorted(work.takes - node.arguments.keys()):
        yield drawn.fault(node.key, _("%(work)s 需要 %(name)s") % {"work": node.does, "name": name})
    allowed = work.takes | work.may_take
    for name in sorted(node.arguments.keys() - allowed):
        words = {"work": node.does, "name": name}
        yield drawn.fault(node.key, _("%(work)s 用不到 %(name)s") % words, did_you_mean(name, allowed))
    gives = dict(work.gives or {})
    for name, how in drawn.graph.remembered.get(node.key, {}).items():
        if name != "outcome" and gives.get(name) != how.type:
            words = {"work": node.does, "name": name}
            yield drawn.fault(
                node.key, _("%(work)s 不返回这样的 %(name)s") % words, did_you_mean(name, gives)
            )
    for boundary in node.boundaries.values():
        if boundary.kind == "error" and boundary.name and boundary.name not in work.errors:
            words = {"work": node.does, "name": boundary.name}
            message = _("%(work)s 不会报 %(name)s 这种错") % words
            yield drawn.fault(node.key, message, did_you_mean(boundary.name, work.errors))
