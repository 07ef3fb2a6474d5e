"""Reading the files of a pack: small, UTF-8, plain. What a stranger wrote cannot hurt here."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from yizhan.releases import encodings
from yizhan.releases.plain_yaml import plain_yaml
from yizhan.releases.unreadable import DEEPEST, Unreadable, storable

LARGEST = 1024 * 1024
# What no text has: it cannot be stored, or is not seen by whoever reads the file.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


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
                _("文件有 %(size)s MB，超过 1 MB 上限") % {"size": math.ceil(10 * size / LARGEST) / 10},
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
    storable(found)
    return found


def lines_of_json(source: str) -> dict[str, int]:
    """The line of every place; JSON is YAML too, but for rare cases, which go without lines."""
    try:
        return plain_yaml(source)[1]
    except Unreadable:
        return {}
