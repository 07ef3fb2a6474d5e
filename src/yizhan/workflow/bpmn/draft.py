"""A graph while it is made from a BPMN process 编制中的流程图, with all that is wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from yizhan import feel
from yizhan.releases.words import KEY_PATTERN
from yizhan.workflow.bpmn.findings import Findings
from yizhan.workflow.bpmn.model import Flow, Model, Part, Process, Space, attribute, local, own
from yizhan.workflow.bpmn.notes import LimitNote, MessageNote
from yizhan.workflow.bpmn.noting import note
from yizhan.workflow.bpmn.vocabulary import FEEL_NAMES
from yizhan.workflow.facts import FactType
from yizhan.workflow.markup import Element
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.parts import Phase, Send
from yizhan.workflow.tables.decision import Askable

LONGEST = 4096
"""As many characters as an expression has, as in the simple notation."""


@dataclass(frozen=True)
class Library:
    """What a process may name beside itself.

    Attributes:
        tables: the decision tables, by key.
        called: gives the graph of another process; none if it is not there. It raises ``Circle``.
    """

    tables: Mapping[str, Askable] = field(default_factory=n.nothing)
    called: Callable[[str], g.Graph | None] = field(default=lambda _key: None)


class Circle(Exception):
    """A process is called by one that it calls itself."""


@dataclass
class Draft:
    """What was made so far.

    Attributes:
        keys: what each part is called in the graph, by id.
        origins: the element that a node comes from, by its key.
    """

    model: Model
    process: Process
    library: Library
    findings: Findings = field(default_factory=Findings)
    nodes: dict[str, n.AnyNode] = field(default_factory=dict)
    arrows: list[g.Arrow] = field(default_factory=list)
    remembered: dict[str, Mapping[str, g.Remembered]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    facts: dict[str, FactType] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    origins: dict[str, Element] = field(default_factory=dict)

    def add(self, node: n.AnyNode, part: Part) -> None:
        """Add a node."""
        if node.key in self.nodes:
            self.findings.tell(
                part, zh=f"“{node.key}”已是另一元素的名称", en=f"“{node.key}” names another element"
            )
        self.nodes[node.key] = node
        self.origins[node.key] = part.element

    def expression(self, element: Element | None, at: Element) -> feel.Expression | None:
        """The expression of an element, if it is FEEL; what is wrong is told at the element it belongs to."""
        if element is None:
            return None
        language = element.get("language") or self.model.root.get("expressionLanguage")
        if language and language not in FEEL_NAMES:
            shown = language[:80]
            self.findings.tell(
                at, zh=f"表达式只能用 FEEL，不能用 {shown}", en=f"expressions are FEEL, not {shown}"
            )
            return None
        return self.compiled(element.text.strip(), at)

    def compiled(self, source: str, at: Element) -> feel.Expression | None:
        """A text as an expression."""
        if not source:
            self.findings.tell(at, zh="表达式是空的", en="the expression is empty")
            return None
        if len(source) > LONGEST:
            self.findings.tell(
                at,
                zh=f"表达式超过 {LONGEST} 个字符",
                en=f"the expression is longer than {LONGEST} characters",
            )
            return None
        try:
            return feel.expression(source)
        except feel.SyntaxFault as fault:
            self.findings.tell(at, zh=fault.zh, en=fault.en, suggestion=fault.caret)
            return None

    def moment(self, element: Element, at: Element) -> feel.Expression | None:
        """When a timer fires: an expression, or a date or duration as ISO 8601 writes it."""
        text = element.text.strip()
        value = feel.literal(text) if text else None
        if isinstance(value, date | datetime | timedelta | feel.Months):
            return feel.expression(f'@"{text}"')
        return self.expression(element, at)

    def message(self, holder: Element) -> str:
        """The key of the message that an element refers to: ``yz:key``, its name if that is one, or its id."""
        message = self.model.by_id.get(local(holder.get("messageRef")))
        if message is None:
            return ""
        name = attribute(message, "key") or message.get("name")
        return name if re.match(KEY_PATTERN, name) else message.get("id")

    def error(self, holder: Element) -> str:
        """The error that an element refers to: its code, or its id."""
        error = self.model.by_id.get(local(holder.get("errorRef")))
        return (error.get("errorCode") or error.get("id")) if error is not None else ""

    def letters(self, written: list[Send], holder: Element | None) -> tuple[Send, ...]:
        """The messages that leave: those written at the element, or the template of the message it throws."""
        message = self.model.by_id.get(local(holder.get("messageRef"))) if holder is not None else None
        if not written and message is not None:
            said = note(message, MessageNote, self.findings)
            if said.template:
                return (Send(template=said.template, to=said.to, unit=said.unit if "." in said.to else None),)
        return tuple(written)

    def limit(self, written: LimitNote | None, at: Part) -> n.Limit | None:
        """A limit."""
        if written is None:
            return None
        if len(written.amounts) != 1:
            self.findings.tell(
                at,
                zh="时限须且只须写一种：working_days、natural_days、duty_hours 或 natural_hours",
                en="a limit has exactly one of working_days, natural_days, duty_hours and natural_hours",
            )
            return None
        if written.kind == "statutory" and written.basis is None:
            self.findings.tell(at, zh="法定时限须写明依据（basis）", en="a statutory limit needs its basis")
        ((unit, amount),) = written.amounts.items()
        return n.Limit(amount, unit, written.kind, written.basis, written.hours)


@dataclass(frozen=True, slots=True)
class Here:
    """Where the draft is: in which space, within which node, and in which phase."""

    space: Space
    within: str
    phase: Phase

    def out_of(self, part: Part) -> list[Flow]:
        """The flows out of a part."""
        return self.space.out_of(part.id)

    def at(self, part: Part) -> list[Part]:
        """The boundary events of a part."""
        found = (one for one in self.space.parts.values() if one.kind == "boundaryEvent")
        return [one for one in found if local(one.element.get("attachedToRef")) == part.id]


def default_of(part: Part) -> str:
    """The id of a part's default flow."""
    return local(part.element.get("default"))


def timer_of(event: Element) -> Element | None:
    """The child of a timer that says when."""
    return own(event, "timeDate") or own(event, "timeDuration") or own(event, "timeCycle")
