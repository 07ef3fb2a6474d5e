"""What a journey may name: what its pack has, gathered once for all checks of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from yizhan import feel
from yizhan.cases.item import ItemDefinition
from yizhan.forms.sheet import FieldSheet, Sheet
from yizhan.notices.wording import Wordings
from yizhan.releases.pack import Pack
from yizhan.workflow import references
from yizhan.workflow.bpmn.compiling import NotExecutable
from yizhan.workflow.bpmn.keeping import shelf_of
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.nodes import Start, Task
from yizhan.workflow.tables.definition import TableDefinition


@dataclass
class Names:
    """The names of a pack, as seen from one of its items."""

    pack: Pack
    item: ItemDefinition

    @cached_property
    def graph(self) -> Graph | None:
        """The item's process; none while it has faults, which are told with its file."""
        try:
            return shelf_of(self.pack).graph(self.item.handling.process)
        except (KeyError, NotExecutable, feel.SyntaxFault):
            return None

    @cached_property
    def known(self) -> dict[references.Kind, Collection[str]]:
        """The roles, units and other names of the house that its pack may use."""
        return references.house.of(self.pack)

    @property
    def states(self) -> set[str]:
        """Where a case of the item can stand."""
        nodes = self.graph.nodes.values() if self.graph else ()
        return {node.key for node in nodes if not isinstance(node, Start)}

    def actions(self, state: str | None = None) -> set[str]:
        """What can be done with tasks, asking for supplements included; at one state, or anywhere."""
        found: set[str] = set()
        for node in self.graph.nodes.values() if self.graph else ():
            if isinstance(node, Task) and state in (None, node.key):
                found |= node.actions.keys() | ({node.supplement.key} if node.supplement else set())
        return found

    @cached_property
    def questions(self) -> set[str] | None:
        """The places of the form; none while it cannot be read."""
        form = self.pack.of("form").get(self.item.handling.form)
        if form is None or not isinstance(form.model, Sheet):
            return None
        return {
            path for section in form.model.sections for page in section.pages for path in _paths(page.fields)
        }

    @cached_property
    def messages(self) -> set[str] | None:
        """The pack's messages; none while their file cannot be read."""
        if self.pack.broken.get("messages"):
            return None
        files = (source.model for source in self.pack.of("messages").values())
        return {key for file in files if isinstance(file, Wordings) for key in file.messages}

    def rules(self, table: str) -> set[str] | None:
        """The rules of a table of the pack; none of one that cannot be looked into here."""
        source = self.pack.of("table").get(table)
        if source is None or not isinstance(source.model, TableDefinition):
            return None
        return {rule.id for rule in source.model.rules}


def item_of(pack: Pack, wanted: str | None) -> ItemDefinition | None:
    """The item of a journey: the one it names, or the only one of the pack."""
    items = {key: one.model for key, one in pack.of("item").items() if isinstance(one.model, ItemDefinition)}
    if wanted is not None:
        return items.get(wanted)
    return next(iter(items.values())) if len(items) == 1 else None


def leaves(form: dict[str, Any], above: str = "") -> Iterator[str]:
    """The places that answers stand at; a list is one answer."""
    for key, value in form.items():
        place = f"{above}.{key}" if above else key
        if isinstance(value, dict):
            yield from leaves(value, place)
        else:
            yield place


def _paths(fields: Iterable[FieldSheet]) -> Iterator[str]:
    for one in fields:
        yield one.path
