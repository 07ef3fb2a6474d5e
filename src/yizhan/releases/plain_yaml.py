"""A plain part of YAML 1.2 朴素 YAML: no tags, no anchors, no key twice; with the line of every place."""

from __future__ import annotations

import re
from typing import Any

import yaml
from django.utils.translation import gettext as _

from yizhan.releases import yaml_words
from yizhan.releases.unreadable import DEEPEST, Unreadable, storable


def plain_yaml(source: str) -> tuple[Any, dict[str, int]]:
    """YAML as data, with the line of every place (``actions.accept.to`` → 12).

    Only mappings, lists, texts, numbers, true/false, null and dates; no tags, no anchors and aliases (which
    make a small file explode), no key twice.

    Raises:
        Unreadable: anything else.
    """
    found = _quickly(source)
    return _slowly(source) if found is None else found


def _quickly(source: str) -> tuple[Any, dict[str, int]] | None:
    """The same by libyaml, ten times as fast; None for whatever is not plain, which the slow way explains."""
    if "\t" in source:  # libyaml takes some
        return None
    try:
        if not all(map(_Plain().holds, yaml.parse(source, Loader=_QuickLoader))):
            return None
        return _read_by(_QuickLoader(source))
    except (yaml.YAMLError, ValueError, Unreadable):
        return None


class _Plain:
    """Whether events are of our part of YAML, and read the same by both readers: libyaml takes ``{en: good?}``."""

    def __init__(self) -> None:
        self._within: list[bool] = []  # whether each collection around us is written with brackets

    def holds(self, event: Any) -> bool:
        """Whether the next event is."""
        if isinstance(event, yaml.CollectionEndEvent):
            self._within.pop()
        elif isinstance(event, yaml.CollectionStartEvent):
            self._within.append(bool(event.flow_style))
        elif isinstance(event, yaml.ScalarEvent) and not event.style and "?" in event.value:
            return not (self._within and self._within[-1])
        is_named = isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)
        return not is_named and len(self._within) <= DEEPEST


def _read_by(loader: Any) -> tuple[Any, dict[str, int]]:
    try:
        node = loader.get_single_node()
        if node is None:
            raise Unreadable(_("文件是空的"))
        lines: dict[str, int] = {}
        _walk(node, "", lines, 0)
        found = loader.construct_document(node)
    finally:
        loader.dispose()
    storable(found)
    return found, lines


def _slowly(source: str) -> tuple[Any, dict[str, int]]:
    try:
        return _read_by(_PlainLoader(source))
    except yaml.MarkedYAMLError as fault:
        why, suggestion = yaml_words.said(fault)
        line = fault.problem_mark.line + 1 if fault.problem_mark else None
        raise Unreadable(
            _("不是合法的 YAML：%(why)s") % {"why": why}, line=line, suggestion=suggestion
        ) from fault
    except (yaml.YAMLError, ValueError) as fault:
        raise Unreadable(_("不是合法的 YAML：%(why)s") % {"why": fault}) from fault
    except RecursionError as fault:
        raise Unreadable(_("嵌套超过 %(depth)s 层") % {"depth": DEEPEST}) from fault


def _walk(node: yaml.Node, path: str, lines: dict[str, int], depth: int) -> None:
    line = node.start_mark.line + 1
    if path in lines:
        raise Unreadable(_("键 %(key)s 出现两次") % {"key": path}, line=line)
    if depth > DEEPEST:
        raise Unreadable(_("嵌套超过 %(depth)s 层") % {"depth": DEEPEST}, line=line)
    lines[path] = line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{path}.{key.value}" if path else str(key.value)
            _walk(value, name, lines, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _walk(value, f"{path}[{number}]", lines, depth + 1)


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML of the 1.2 core kind: ``on`` and ``12:30`` are texts, dates stay texts, no aliases."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse ``*alias`` before it is followed, and ``&anchor`` with it; and depth before it costs anything."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise Unreadable(
                _("不允许使用锚点和别名（& 与 *）"),
                line=event.start_mark.line + 1,
                suggestion=_("请把内容直接写出来"),
            )
        if self.depth > DEEPEST:
            line = event.start_mark.line + 1
            raise Unreadable(_("嵌套超过 %(depth)s 层") % {"depth": DEEPEST}, line=line)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _QuickLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same kind of YAML by libyaml, where PyYAML was built with it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?", "-+0123456789"),
):
    for _loader in (_PlainLoader, _QuickLoader):
        _loader.add_implicit_resolver(
            f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first)
        )
