"""What applies in a scenario 情形引导: which materials are wanted, which steps follow, who takes part.

The questions are those of one section of the item's form, and tell of the matter only. Whoever asks need not say who
they are; nothing is written down, no register is looked into.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yizhan.cases import application_form, processes
from yizhan.cases.item import ItemDefinition
from yizhan.cases.joining import unit_of
from yizhan.cases.needed import Needed, needed
from yizhan.forms.faults import Fault
from yizhan.forms.field import Section
from yizhan.forms.form import Form
from yizhan.forms.paths import Data, get
from yizhan.forms.reading import Submitted
from yizhan.forms.showing import PageSheet
from yizhan.identity.models import Unit
from yizhan.releases.words import Text
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Graph

WIDGETS = frozenset({"radios", "checkboxes", "select", "yes_no", "number", "money"})
"""How a scenario may be asked for: nothing that anybody could type a name into."""


@dataclass(frozen=True)
class Department:
    """A unit that takes part: why, and what it looks at."""

    unit: Unit | None
    code: str
    because: Text
    materials: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Stage:
    """A step that officials take; ``unit`` where it is known, ``local`` at the applicant's sub-district."""

    title: Text
    limit: n.Limit | None
    unit: Unit | None = None
    local: bool = False
    joint: bool = False
    departments: list[Department] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """What applies: the materials, and the steps in their order."""

    materials: list[Needed]
    stages: list[Stage]


class Scenario:
    """The questions of an item's scenario, and what was answered."""

    def __init__(self, release: int, item: ItemDefinition, submitted: Submitted) -> None:
        """Read the answers.

        Raises:
            KeyError: the item asks for none.
        """
        self._release, self._item = release, item
        self._form: Form = application_form.form_of(release, item.code)
        self.section: Section = next(one for one in self._form.sections if one.key == item.scenario)
        self.data: Data = {}
        self.faults: list[Fault] = []
        for page in self.section.pages:
            reading = self._form.read(submitted, page=page.key, before=self.data)
            self.data = reading.data
            self.faults += reading.faults
        self.answers = [
            (asked.path, value)
            for page in self.section.pages
            for asked in page.fields
            for value in submitted.getlist(asked.path)
        ]
        """What was answered, as a browser sent it: names and values."""
        self.begun = bool(self.answers)
        """Whether anything was answered at all."""

    def sheets(self) -> list[PageSheet]:
        """The questions as templates show them, page by page; no mistakes before somebody has answered."""
        faults = self.faults if self.begun else []
        asked = {page.key for page in self._form.asked_pages(self.data)}
        return [
            self._form.page_sheet(page.key, self.data, faults=faults)
            for page in self.section.pages
            if page.key in asked
        ]

    def found(self) -> Found | None:
        """What applies; None until all questions are answered rightly."""
        if self.faults or not self.begun:
            return None
        wanted = needed(self._item.materials, self._form, self.data, {}, {})
        graph = processes.graph(self._release, self._item.handling.process)
        return Found(wanted, _Stages(self._item, graph, self.data, wanted).all())


class _Stages:
    """The steps of a process in one scenario."""

    def __init__(self, item: ItemDefinition, graph: Graph, data: Data, wanted: list[Needed]) -> None:
        self.item, self.graph = item, graph
        self.facts = {one.name: get(data, one.path) for one in item.inputs if one.path}
        self.wanted = {one.material.key: one.material.title for one in wanted}

    def all(self) -> list[Stage]:
        nodes = [node for node in self._on_the_way() if isinstance(node, n.Task | n.Body)]
        taking = {node.key: list(self._departments(node)) for node in nodes}
        codes = {code for found in taking.values() for code, _because in found}
        codes |= {self.item.unit} | {node.unit.code for node in nodes if isinstance(node, n.Task)}
        found = Unit.objects.filter(code__in=codes - {""}).select_related("parent")
        units = {unit.code: unit for unit in found}
        return [self._stage(node, taking[node.key], units) for node in nodes]

    def _on_the_way(self) -> Iterator[n.AnyNode]:
        """The nodes of the process itself, in the order in which one can come to them."""
        waiting: list[str] = [start.key for start in self.graph.starts()]
        seen = set(waiting)
        for key in waiting:
            yield self.graph.nodes[key]
            further = [arrow.target for arrow in self.graph.arrows_from(key)]
            waiting += [one for one in dict.fromkeys(further) if one not in seen]
            seen |= set(further)

    def _departments(self, node: n.Task | n.Body) -> Iterator[tuple[str, Text]]:
        """Who takes part, and by which rule; nobody where that does not follow from the answers alone."""
        if node.each is None or node.each.table is None:
            return
        decision = node.each.table.decide(self.facts)
        for hit in decision.hits if decision.decided else ():
            found = hit.outputs.get(node.each.output)
            for one in found if isinstance(found, tuple) else (found,):
                yield unit_of(one), hit.because

    def _stage(
        self, node: n.Task | n.Body, taking: list[tuple[str, Text]], units: Mapping[str, Unit]
    ) -> Stage:
        departments = [
            Department(units.get(code), code, because, self._looks_at(code)) for code, because in taking
        ]
        if isinstance(node, n.Body) or node.each is not None:
            limit = node.limit if isinstance(node, n.Task) else self._first_limit(node)
            return Stage(node.title, limit, joint=node.each is not None, departments=departments)
        rule = node.unit.rule
        code = self.item.unit if rule is n.UnitRule.ITEM_UNIT else node.unit.code
        local = rule is n.UnitRule.AREA_SUBDISTRICT
        return Stage(node.title, node.limit, units.get(code), local=local)

    def _first_limit(self, body: n.Body) -> n.Limit | None:
        """The time that each has for the step with which a joint approval begins."""
        begins = [
            arrow.target for one in self.graph.starts(body.key) for arrow in self.graph.arrows_from(one.key)
        ]
        first = [self.graph.nodes[key] for key in begins if body.each is not None]
        return next((one.limit for one in first if isinstance(one, n.Task)), None)

    def _looks_at(self, unit: str) -> list[Text]:
        keys: list[Any] = [key for part in self.item.parts if part.unit == unit for key in part.materials]
        return [self.wanted[key] for key in keys if key in self.wanted]
