"""Reading what we write beside BPMN 附注读取, with all that is wrong in it."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from yizhan.releases.pack import Source
from yizhan.releases.problems import faults_of
from yizhan.releases.words import Shape, Text
from yizhan.workflow.bpmn.findings import Finding, Findings, name_of
from yizhan.workflow.bpmn.model import ours
from yizhan.workflow.bpmn.notes import NOTES, Note
from yizhan.workflow.bpmn.vocabulary import OURS
from yizhan.workflow.markup import Element, Place
from yizhan.workflow.words import Words

N = TypeVar("N", bound=Note)


def note(element: Element, shape: type[N], findings: Findings) -> N:
    """What we say beside an element; what is wrong is told and left out, so that no second fault follows from it.

    Args:
        element: of BPMN.
        shape: what can be said there.
        findings: are added to.
    """
    raw = {name: value for (space, name), value in element.qualified.items() if space == OURS}
    _texts(raw, shape)
    lines: dict[str, int] = {}
    for child in ours(element):
        _add(raw, shape, child, lines, "")
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        _tell(error, element, raw, shape, lines=lines, findings=findings)
        wrong = {fault["loc"][0] for fault in error.errors(include_url=False) if fault["loc"]}
    try:
        return shape.model_validate({name: value for name, value in raw.items() if name not in wrong})
    except ValidationError:
        return shape()


def known(element: Element, findings: Findings) -> Note:
    """The same for an element of any kind: by its name."""
    return note(element, NOTES.get(element.name, Note), findings)


def _add(raw: dict[str, Any], shape: type[BaseModel], child: Element, lines: dict[str, int], at: str) -> None:
    """An extension element: the field of its name, or one of the list of that name with ``s``."""
    many = child.name + "s"
    field = child.name if child.name in shape.model_fields or many not in shape.model_fields else many
    inner = _shape_of(shape, field)
    value: dict[str, Any] = dict(child.attributes)
    path = f"{at}{field}"
    if field == many:
        path += f"[{len(raw.get(many, []))}]"
    lines[path] = child.line
    if inner is not None:
        _texts(value, inner)
        for grandchild in child.children:
            if grandchild.namespace == OURS:
                _add(value, inner, grandchild, lines, f"{path}.")
    if field == many:
        raw.setdefault(many, []).append(value)
    elif field in raw:
        raw[field] = None if inner is not None else value  # said twice: what it is cannot be known
        raw[f"{field}_twice"] = value
    else:
        raw[field] = value


def _texts(value: dict[str, Any], shape: type[BaseModel]) -> None:
    """``title`` and ``title_en`` become one text."""
    for name, field in shape.model_fields.items():
        if Text in {field.annotation, *get_args(field.annotation)} and isinstance(value.get(name), str):
            zh = value[name]
            value[name] = {"zh": zh, "en": value.pop(f"{name}_en", zh)}


def _shape_of(shape: type[BaseModel], field: str) -> type[Shape] | None:
    """The shape that a field holds, or its list."""
    if field not in shape.model_fields:
        return None
    found = shape.model_fields[field].annotation
    for one in (found, *get_args(found)):
        if isinstance(one, type) and issubclass(one, Shape):
            return one
    return None


def _tell(
    error: ValidationError,
    element: Element,
    raw: dict[str, Any],
    shape: type[BaseModel],
    *,
    lines: dict[str, int],
    findings: Findings,
) -> None:
    source = Source("bpmn", element.get("id"), "", raw, None, lines)
    for fault in faults_of(error, source, shape):
        place = Place(fault.line or element.line, element.get("id"))
        words = Words(zh=f"yz:{fault.path}：{fault.message}", en=f"yz:{fault.path}: {fault.message}")
        findings.add(Finding(place, name_of(element), words, fault.suggestion))
