"""Reading the files of a pack: small, UTF-8, plain. What a stranger wrote cannot hurt here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from yizhan.releases import encodings, yaml_words

LARGEST = 1024 * 1024
DEEPEST = 40
# What no text has: it cannot be stored, or is not seen by whoever reads the file.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Unreadable(Exception):
    """A file cannot be read as what it should be; the words say why."""

    def __init__(self, message: str, *, line: int | None = None, suggestion: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.suggestion = message, line, suggestion


def text(path: Path) -> str:
    """A file's text, with the line ends of this house whatever system it was written on.

    Raises:
        Unreadable: a link or no plain file, not to be opened, larger than 1 MB, or not UTF-8.
    """
    if path.is_symlink():
        raise Unreadable(_("是符号链接，不予读取"), suggestion=_("请把文件本身放进应用包"))
    if not path.is_file():
        raise Unreadable(_("不是普通文件"))
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(
                _("文件有 %(size)s MB，超过 1 MB 上限") % {"size": round(size / LARGEST, 1)},
                suggestion=_("定义文件应当短小；数据请走导入"),
            )
        raw = path.read_bytes()
    except OSError as fault:
        raise Unreadable(_("打不开此文件：%(why)s") % {"why": fault.strerror}) from fault
    return _decoded(raw).replace("\r\n", "\n")


def _decoded(raw: bytes) -> str:
    if encodings.has_many_zeros(raw):
        raise _not_utf_8(raw, 0)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _not_utf_8(raw, fault.start) from fault
    if found := _CONTROL.search(text):
        raise Unreadable(
            _("含有控制字符 U+%(code)s") % {"code": f"{ord(found[0]):04X}"},
            line=text.count("\n", 0, found.start()) + 1,
            suggestion=_("请删去此字符；若文件不是 UTF-8，请用 UTF-8 另存"),
        )
    return text


def _not_utf_8(raw: bytes, place: int) -> Unreadable:
    name = encodings.guess(raw)
    return Unreadable(
        _("不是 UTF-8 编码，看来是 %(name)s") % {"name": name} if name else _("不是 UTF-8 编码"),
        line=raw.count(b"\n", 0, place) + 1,
        suggestion=_("请用 UTF-8 另存此文件"),
    )


def plain_json(source: str) -> Any:
    """JSON without repeated keys.

    Raises:
        Unreadable: broken JSON, a key twice, too deep, a number or a character that cannot be kept.
    """
    if not source.strip():
        raise Unreadable(_("文件是空的"))

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                plain_yaml(source)  # which says the same, and the line
                raise Unreadable(_("键 %(key)s 出现两次") % {"key": key})
            found[key] = value
        return found

    def refuse(word: str) -> Any:
        raise Unreadable(_("不是合法的 JSON：%(why)s") % {"why": word})

    try:
        found = json.loads(source, object_pairs_hook=unique, parse_constant=refuse)
    except json.JSONDecodeError as fault:
        raise Unreadable(_("不是合法的 JSON：%(why)s") % {"why": fault.msg}, line=fault.lineno) from fault
    except RecursionError as fault:
        raise Unreadable(_("嵌套超过 %(depth)s 层") % {"depth": DEEPEST}) from fault
    except ValueError as fault:  # a number of thousands of digits
        raise Unreadable(_("不是合法的 JSON：%(why)s") % {"why": fault}) from fault
    _storable(found)
    return found


def lines_of_json(source: str) -> dict[str, int]:
    """The line of every place; JSON is YAML too, but for rare cases, which go without lines."""
    try:
        return plain_yaml(source)[1]
    except Unreadable:
        return {}


def plain_yaml(source: str) -> tuple[Any, dict[str, int]]:
    """YAML as data, with the line of every place (``actions.accept.to`` → 12).

    Only mappings, lists, texts, numbers, true/false, null and dates; no tags, no anchors and aliases (which
    make a small file explode), no key twice.

    Raises:
        Unreadable: anything else.
    """
    loader = None
    try:
        loader = _PlainLoader(source)
        node = loader.get_single_node()
        if node is None:
            raise Unreadable(_("文件是空的"))
        lines: dict[str, int] = {}
        _walk(node, "", lines, 0)
        found = loader.construct_document(node)
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
    finally:
        if loader is not None:
            loader.dispose()
    _storable(found)
    return found, lines


def _storable(value: Any) -> None:
    """Refuse escapes for what the database cannot keep: ``\\u0000`` and halves of characters."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _storable(key)
            _storable(inner)
    elif isinstance(value, list):
        for inner in value:
            _storable(inner)
    elif isinstance(value, str) and any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
        raise Unreadable(_("含有不能保存的字符：%(text)s") % {"text": ascii(value[:40])})


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


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?", "-+0123456789"),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first)
    )
