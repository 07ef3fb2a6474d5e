"""Finding the files of a pack: which kind each belongs to, and which nobody knows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.kinds import Kind, Kinds
from yizhan.releases.words import KEY_PATTERN

MOST_FILES = 2000
# What a pack may hold besides definitions; nothing of it is published.
_FREE_FOLDERS = {"demo", "locale"}
_FREE_FILES = {"pack.yaml", "README.md", "rules.py"}


def definitions(folder: Path, kinds: Kinds) -> Iterator[tuple[Path, Kind] | Fault]:
    """Every file of a pack with its kind, or what is wrong with it; links are not followed."""
    for number, path in enumerate(_files(folder)):
        relative = path.relative_to(folder)
        if number >= MOST_FILES:
            yield Fault(
                relative.parts[0], "", _("应用包的文件超过 %(most)s 个，其余未读") % {"most": MOST_FILES}
            )
            return
        inside = relative.parent.as_posix() if relative.parent.parts else ""
        if relative.parts[0] in _FREE_FOLDERS or (not inside and path.name in _FREE_FILES):
            continue
        if path.is_symlink():
            yield Fault(relative.as_posix(), "", _("是符号链接，不予读取"), _("请把文件本身放进应用包"))
            continue
        kind = kinds.of_file(inside, path.name)
        yield _stray(relative, inside, kinds) if kind is None else _named(path, relative, kind)


def has_files(folder: Path) -> bool:
    """Whether anything but hidden files lies in a folder, such as what an old checkout left behind."""
    return next(_files(folder), None) is not None


def _files(folder: Path) -> Iterator[Path]:
    """All files and all links, in the order of their names; hidden ones and caches are left out."""
    for here, folders, names in os.walk(folder):
        links = [name for name in folders if Path(here, name).is_symlink()]
        folders[:] = sorted(set(filter(_is_shown, folders)) - set(links))
        yield from (Path(here, name) for name in sorted(filter(_is_shown, [*names, *links])))


def _is_shown(name: str) -> bool:
    return not name.startswith((".", "__"))


def _named(path: Path, relative: Path, kind: Kind) -> tuple[Path, Kind] | Fault:
    """A file's name is its definition's key, which other files call it by."""
    if kind.folder and not re.fullmatch(KEY_PATTERN, path.name.removesuffix(kind.suffix)):
        return Fault(
            relative.as_posix(),
            "",
            _("文件名只用小写字母、数字和下划线，以字母开头"),
            _("例如 %(name)s") % {"name": f"my_{kind.name}{kind.suffix}"},
        )
    return path, kind


def _stray(relative: Path, folder: str, kinds: Kinds) -> Fault:
    endings = [kind.suffix for kind in kinds.all() if kind.folder == folder]
    if folder and not endings:
        near = did_you_mean(folder, kinds.folders())
        return Fault(
            relative.as_posix(), "", _("没有任何部分认得文件夹 %(folder)s") % {"folder": folder}, near
        )
    advice = _("可用后缀：%(words)s") % {"words": ", ".join(endings)}
    if not folder:
        advice = _("可用文件名：%(words)s") % {"words": ", ".join(["pack.yaml", "README.md", *endings])}
    return Fault(relative.as_posix(), "", _("没有任何部分认得此文件"), advice)
