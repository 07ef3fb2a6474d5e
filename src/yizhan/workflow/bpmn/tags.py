"""Elements of XML while a file is written 写出: BPMN's own, ours, texts in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from yizhan.releases.words import Basis, Text
from yizhan.workflow.bpmn.vocabulary import BOUNDS, DIAGRAM, FEEL, LINES, MODEL, OURS
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.parts import Ask, Send

SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
PREFIXES = {"bpmn": MODEL, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": LINES, "yz": OURS, "xsi": SCHEMA}
Tag = ElementTree.Element


def bpmn(parent: Tag, name: str, attributes: Mapping[str, str] | None = None) -> Tag:
    """A child of BPMN."""
    return ElementTree.SubElement(parent, f"{{{MODEL}}}{name}", dict(attributes or {}))


def ours(parent: Tag, name: str, attributes: Mapping[str, str | None]) -> Tag:
    """A child of ours, among the extension elements of its parent; attributes without a value are left out."""
    holder = parent.find(f"{{{MODEL}}}extensionElements")
    if holder is None:
        holder = Tag(f"{{{MODEL}}}extensionElements")
        parent.insert(0, holder)
    return inner(holder, name, attributes)


def inner(parent: Tag, name: str, attributes: Mapping[str, str | None]) -> Tag:
    """A child of one of our own elements."""
    given = {key: value for key, value in attributes.items() if value is not None}
    return ElementTree.SubElement(parent, f"{{{OURS}}}{name}", given)


def say(tag: Tag, attributes: Mapping[str, str | None]) -> None:
    """Set attributes of ours; those without a value are left out."""
    for name, value in attributes.items():
        if value is not None:
            tag.set(f"{{{OURS}}}{name}", value)


def named(tag: Tag, title: Text | None) -> None:
    """Give an element its name in both languages."""
    if title is not None:
        tag.set("name", title.zh)
        if title.en != title.zh:
            say(tag, {"name_en": title.en})


def titled(name: str, title: Text | None) -> dict[str, str | None]:
    """A text as the attributes ``name`` and ``name_en``."""
    if title is None:
        return {}
    return {name: title.zh, f"{name}_en": title.en if title.en != title.zh else None}


def expression(parent: Tag, name: str, source: str, *, feel: bool = True) -> None:
    """An expression; without ``feel`` it is a date or duration."""
    tag = bpmn(parent, name, {f"{{{SCHEMA}}}type": "bpmn:tFormalExpression"})
    if feel:
        tag.set("language", FEEL)
    tag.text = source


def limit(parent: Tag, found: n.Limit | None) -> None:
    """``yz:limit``."""
    if found is not None:
        kind = found.kind if found.kind != "internal" else None
        tag = ours(parent, "limit", {found.unit: str(found.amount), "kind": kind})
        basis(tag, found.basis)
        if found.hours is not None:
            inner(tag, "hours", {"working": found.hours.working, "resting": found.hours.resting or None})


def basis(parent: Tag, found: Basis | None) -> None:
    """``yz:basis``."""
    if found is not None:
        verified = {
            "read_at": found.read_at or None,
            "read_on": found.read_on.isoformat() if found.read_on else None,
            "verified": "true" if found.verified else None,
        }
        inner(parent, "basis", {**titled("law", found.law), **titled("article", found.article), **verified})


def asks(parent: Tag, found: Iterable[Ask], *, within: bool = True) -> None:
    """``yz:ask``: ``within`` one of our own elements, or of an element of BPMN."""
    for one in found:
        kind = one.kind if one.kind != "text" else None
        required = "true" if one.required else None
        said = {"key": one.key, "kind": kind, **titled("title", one.title), "required": required}
        tag = inner(parent, "ask", said) if within else ours(parent, "ask", said)
        for choice in one.choices:
            inner(tag, "choice", {"value": choice.value, **titled("title", choice.title)})


def sends(parent: Tag, found: Iterable[Send]) -> None:
    """``yz:send``."""
    for one in found:
        to = one.to if one.to != "applicant" else None
        ours(parent, "send", {"template": one.template, "to": to, "unit": one.unit})


class Ids:
    """Ids of a file: each once, and such as XML allows."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, wanted: str) -> str:
        """An id like the wanted one; that very one where it is free."""
        plain = re.sub(r"[^\w.-]", "_", wanted, flags=re.ASCII)
        plain = plain if re.match(r"[A-Za-z_]", plain) else f"_{plain}"
        found, number = plain, 1
        while found in self._taken:
            number += 1
            found = f"{plain}_{number}"
        self._taken.add(found)
        return found
