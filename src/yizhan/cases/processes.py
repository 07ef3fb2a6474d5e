"""The process of a case: its graph, its decision tables, and the facts its conditions see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Filing
from yizhan.cases.step import Step
from yizhan.forms.paths import get
from yizhan.releases.models import definition, release
from yizhan.workflow.bpmn.keeping import KIND
from yizhan.workflow.bpmn.shelf import Shelf
from yizhan.workflow.dmn import decisions_of
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.tables.decision import Askable
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tables.table import Table


@lru_cache(maxsize=1024)
def graph(release_id: int, process: str) -> Graph:
    """The compiled process of a release, in either notation; kept, since releases never change."""
    return _shelf(release_id).graph(process)


@lru_cache(maxsize=256)
def _shelf(release_id: int) -> Shelf:
    """All tables and processes of a release."""
    held = release(release_id)
    tables: dict[str, Askable] = {key: table(release_id, key) for key in held.keys("table")}
    tables |= decisions_of({key: held.raw("model", key) for key in held.keys("model")})
    flows = {key: definition(release_id, "process", key, FlowDefinition) for key in held.keys("process")}
    return Shelf(tables, flows, {key: held.raw(KIND, key) for key in held.keys(KIND)})


@lru_cache(maxsize=1024)
def table(release_id: int, key: str) -> Table:
    """A compiled decision table of a release."""
    return Table(definition(release_id, "table", key, TableDefinition))


class Facts(Mapping[str, Any]):
    """What conditions and tables may use, by name: filed facts of the registers, answers of the form.

    What was filed is read when somebody asks for it: most steps decide nothing.
    """

    def __init__(self, item: ItemDefinition, filing: Callable[[], Filing]) -> None:
        self._inputs, self._filing = item.inputs, filing
        self._names = [one.name for one in item.inputs]

    @cached_property
    def _known(self) -> dict[str, Any]:
        filing, known = self._filing(), {}
        for wanted in self._inputs:
            if wanted.fact is not None:
                known[wanted.name] = filing.facts.get(wanted.fact, {}).get("value")
            elif wanted.path is not None:
                known[wanted.name] = get(filing.data, wanted.path)
        return known

    def __getitem__(self, name: str) -> Any:
        """One of them.

        Raises:
            KeyError: the item gives no such fact.
        """
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """Their names."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._names)


def facts(step: Step) -> Facts:
    """What conditions and tables of a case may use."""
    return step.once("facts", lambda: Facts(step.item, lambda: step.filing))
