"""Font roles 字体角色: the faces an official paper is set in, and the files that play them.

GB/T 9704-2012 names faces (仿宋, 小标宋 …). The free fonts that play them lack rare characters of names, so each role has
others behind it of the same weight and shape. A district may put its licensed files in their place: a file called after
the role (``fangsong.ttf``) in ``YIZHAN_FONTS`` or in ``fonts/`` of the house's home wins over the free ones, which set-up
brings to ``typefaces/`` (仿宋, 楷体) and with the front end's packages (the Noto faces, which stand in for those too).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan.records import font_files
from yizhan.ui.language import listed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

ENDINGS = (".ttf", ".otf", ".ttc")
_SERIF = "@expo-google-fonts/noto-serif-sc"
_SANS = "@expo-google-fonts/noto-sans-sc"
LAST_OF_LATIN = 0x24F
_LATIN = f"[\\u{{0020}}-\\u{{{LAST_OF_LATIN:04x}}}]"
_RUNNING_TEXT = ("fangsong", "kaiti")

Face = tuple[str, int]
"""A family and a weight, as a font file says them."""


@dataclass(frozen=True)
class Role:
    """A part that a font plays: ``key`` in templates, its name, free files in the order of choice.

    ``behind`` draw what the player lacks; each was chosen by eye for its weight beside the first free file.
    """

    key: str
    name: StrPromise
    free: tuple[str, ...]
    behind: tuple[str, ...] = ()


ROLES = (
    Role(
        "fangsong",
        lazy("仿宋"),
        ("FandolFang-Regular.otf", f"{_SERIF}/400Regular/NotoSerifSC_400Regular.ttf"),
        ("LXGWWenKai-Light.ttf",),
    ),
    Role(
        "kaiti",
        lazy("楷体"),
        ("FandolKai-Regular.otf", f"{_SERIF}/500Medium/NotoSerifSC_500Medium.ttf"),
        ("LXGWWenKai-Regular.ttf",),
    ),
    # These two have every character of names themselves, alike in weight, and so look better than Fandol's.
    Role("heiti", lazy("黑体"), (f"{_SANS}/500Medium/NotoSansSC_500Medium.ttf",)),
    Role("xiaobiaosong", lazy("小标宋"), (f"{_SERIF}/700Bold/NotoSerifSC_700Bold.ttf",)),
    # Light, since 仿宋 is.
    Role("latin", lazy("西文"), (f"{_SERIF}/300Light/NotoSerifSC_300Light.ttf",)),
    # Draws what all others lack.
    Role("fallback", lazy("补字"), (f"{_SERIF}/300Light/NotoSerifSC_300Light.ttf",)),
)


class FontsMissing(Exception):
    """Files for some roles are nowhere; no paper can be set."""

    def __init__(self, roles: list[Role]) -> None:
        self.roles = roles
        super().__init__(
            _("缺少公文字体：%(roles)s。请重新执行安装，或将字体文件放入 YIZHAN_FONTS 所指的文件夹")
            % {"roles": listed(role.name for role in roles)}
        )


class FontUnreadable(FontsMissing):
    """A file that plays a role, or stands behind it, is no font, is damaged, or may not be read."""

    def __init__(self, role: Role, file: Path) -> None:
        super().__init__([role])
        self.file = file
        self.args = (
            _("字体文件 %(file)s 无法读取（%(role)s）。请换成完整的字体文件，或将其移走后重新执行安装")
            % {"file": file, "role": role.name},
        )


def files() -> dict[str, list[Path]]:
    """The files of every role: who plays it, then who stands behind.

    Raises:
        FontsMissing: at least one role has none.
        FontUnreadable: a file may not be read.
    """
    found = {role.key: [*_of(role)] for role in ROLES}
    if missing := [role for role in ROLES if not found[role.key]]:
        raise FontsMissing(missing)
    return found


def required(files: Mapping[str, Sequence[Path]], faces: Mapping[str, Sequence[Face | None]]) -> None:
    """See that every file is a font, and whole.

    Args:
        files: as :func:`files` gives them.
        faces: what was found in each of them, in the same order.

    Raises:
        FontUnreadable: one is none.
    """
    for role in ROLES:
        for file, face in zip(files[role.key], faces[role.key], strict=True):
            if face is None or not font_files.is_whole(file):
                raise FontUnreadable(role, file)


def families(found: Mapping[str, Sequence[Face | None]]) -> dict[str, Any]:
    """For every role what Typst needs: families in the order of asking, and a weight.

    Running text takes its letters and digits from the Latin face; black and title faces bring their own.
    """
    faces = {role: [face for face in of_role if face] for role, of_role in found.items()}
    letters = {"name": faces["latin"][0][0], "covers": _LATIN}
    last = faces["fallback"][0][0]
    return {
        role: {
            "family": [
                *([letters] if role in _RUNNING_TEXT else []),
                *(family for family, _weight in behind),
                last,
            ],
            "weight": _weight_of(behind, faces),
        }
        for role, behind in faces.items()
    }


def in_order(role: str, files: Mapping[str, Sequence[Path]]) -> list[tuple[Path, int]]:
    """The files that are asked for a role's characters, one after the other, each up to a code point."""
    latin = [(files["latin"][0], LAST_OF_LATIN)] if role in _RUNNING_TEXT else []
    own = dict.fromkeys([*files[role], files["fallback"][0]])
    return [*latin, *((file, sys.maxunicode) for file in own)]


def _weight_of(own: Sequence[Face], faces: Mapping[str, Sequence[Face]]) -> int:
    """The weight to ask for: a family that is there once comes whatever is asked, so the first with a choice decides."""
    weights: dict[str, set[int]] = {}
    for family, weight in (face for of_role in faces.values() for face in of_role):
        weights.setdefault(family, set()).add(weight)
    return next((weight for family, weight in own if len(weights[family]) > 1), own[0][1])


def _of(role: Role) -> Iterator[Path]:
    """Who plays it; behind it those that are there and are not the same file."""
    player = next((file for file in _candidates(role) if _is_there(role, file)), None)
    if player is None:
        return
    yield player
    for name in role.behind:
        behind = next((folder / name for folder in _folders() if _is_there(role, folder / name)), None)
        if behind is not None and behind != player:
            yield behind


def _candidates(role: Role) -> Iterator[Path]:
    for folder in _folders():
        yield from (folder / f"{role.key}{ending}" for ending in ENDINGS)
    for free in role.free:
        for folder in _folders():
            yield folder / free
            yield folder / Path(free).name


def _is_there(role: Role, file: Path) -> bool:
    try:
        return file.is_file()
    except OSError as fault:
        raise FontUnreadable(role, file) from fault


def _folders() -> list[Path]:
    named = getattr(settings, "FONTS", "")
    own = [Path(named)] if named else []
    home: Path = settings.HOME
    return [*own, home / "fonts", home / "typefaces", home / "frontend/node_modules"]
