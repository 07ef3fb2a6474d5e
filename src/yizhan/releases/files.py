"""Reading the files of a pack: small, UTF-8, plain. What a stranger wrote cannot hurt here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

LARGEST = 1024 * 1024
DEEPEST = 40


class Unreadable(Exception):
    """A file cannot be read as what it should be; the words say why."""

    def __init__(self, message: str, *, line: int | None = None, suggestion: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.suggestion = message, line, suggestion


def text(path: Path) -> str:
    """A file's text.

    Raises:
        Unreadable: larger than 1 MB, or not UTF-8.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise Unreadable(
            _("文件有 %(size)s MB，超过 1 MB 上限") % {"size": round(size / LARGEST, 1)},
            suggestion=_("定义文件应当短小；数据请走导入"),
        )
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(
            _("不是 UTF-8 编码（第 %(byte)s 字节）") % {"byte": fault.start + 1},
            suggestion=_("请用 UTF-8 另存此文件"),
        ) from fault


def plain_json(source: str) -> Any:
    """JSON without repeated keys.

    Raises:
        Unreadable: broken JSON, a key twice, too deep.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise Unreadable(_("键 %(key)s 出现两次") % {"key": key})
            found[key] = value
        return found

    try:
        return json.loads(source, object_pairs_hook=unique)
    except json.JSONDecodeError as fault:
        raise Unreadable(_("不是合法的 JSON：%(why)s") % {"why": fault.msg}, line=fault.lineno) from fault
    except RecursionError as fault:
        raise Unreadable(_("嵌套超过 %(depth)s 层") % {"depth": DEEPEST}) from fault


def plain_yaml(source: str) -> tuple[Any, dict[str, int]]:
    """YAML as data, with the line of every place (``actions.accept.to`` → 12).

    Only mappings, lists, texts, numbers, true/false, null and dates; no tags, no anchors and aliases (which
    make a small file explode), no key twice.

    Raises:
        Unreadable: anything else.
    """
    loader = _PlainLoader(source)
    try:
        node = loader.get_single_node()
        if node is None:
            raise Unreadable(_("文件是空的"))
        lines: dict[str, int] = {}
        _walk(node, "", lines, 0)
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else None
        # A sentence in braces that ends with a question mark is the commonest slip.
        quote = _("花括号里带问号、冒号或逗号的文字要加引号") if "'?'" in str(fault.problem) else ""
        raise Unreadable(
            _("不是合法的 YAML：%(why)s") % {"why": fault.problem or fault.context},
            line=line,
            suggestion=quote,
        ) from fault
    except (yaml.YAMLError, ValueError) as fault:
        raise Unreadable(_("不是合法的 YAML：%(why)s") % {"why": fault}) from fault
    except RecursionError as fault:
        raise Unreadable(_("嵌套超过 %(depth)s 层") % {"depth": DEEPEST}) from fault
    finally:
        loader.dispose()


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

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse ``*alias`` before it is followed, and ``&anchor`` with it."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise Unreadable(
                _("不允许使用锚点和别名（& 与 *）"),
                line=event.start_mark.line + 1,
                suggestion=_("请把内容直接写出来"),
            )
        return super().compose_node(parent, index)


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?", "-+0123456789"),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first)
    )
