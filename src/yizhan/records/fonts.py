"""Font roles 字体角色: the faces an official paper is set in, and the files that play them.

GB/T 9704-2012 names faces (仿宋, 小标宋 …) that no free package holds complete, so a district may put its
licensed files in their place: a file called after the role (``fangsong.ttf``) in ``YIZHAN_FONTS`` or in
``fonts/`` of the house's home wins over the free default, the Noto faces of two npm packages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from yizhan.records.glyphs import Coverage, coverage

ENDINGS = (".ttf", ".otf", ".ttc")
_SERIF = "@expo-google-fonts/noto-serif-sc"
_SANS = "@expo-google-fonts/noto-sans-sc"


@dataclass(frozen=True)
class Role:
    """A part that a font plays: ``key`` in templates, the Chinese name, the free file that stands in."""

    key: str
    name: str
    default: str


ROLES = (
    Role("fangsong", "仿宋", f"{_SERIF}/400Regular/NotoSerifSC_400Regular.ttf"),
    Role("kaiti", "楷体", f"{_SERIF}/500Medium/NotoSerifSC_500Medium.ttf"),
    Role("heiti", "黑体", f"{_SANS}/500Medium/NotoSansSC_500Medium.ttf"),
    Role("xiaobiaosong", "小标宋", f"{_SERIF}/700Bold/NotoSerifSC_700Bold.ttf"),
    Role("latin", "西文", f"{_SERIF}/400Regular/NotoSerifSC_400Regular.ttf"),
    # Draws what the others lack, rare characters of personal names above all.
    Role("fallback", "补字", f"{_SERIF}/400Regular/NotoSerifSC_400Regular.ttf"),
)


class FontsMissing(Exception):
    """Files for some roles are nowhere; no paper can be set."""

    def __init__(self, roles: list[Role]) -> None:
        self.roles = roles
        super().__init__(
            _("缺少公文字体：%(roles)s。请重新执行安装，或将字体文件放入 YIZHAN_FONTS 所指的文件夹")
            % {"roles": _("、").join(role.name for role in roles)}
        )


def files() -> dict[str, Path]:
    """The file of every role.

    Raises:
        FontsMissing: at least one role has none.
    """
    found = {role.key: _file_of(role) for role in ROLES}
    if missing := [role for role in ROLES if found[role.key] is None]:
        raise FontsMissing(missing)
    return {key: file for key, file in found.items() if file is not None}


def undrawable(text: str) -> list[str]:
    """The characters of a text that would print as an empty box, in their order, each once.

    Raises:
        FontsMissing: see :func:`files`.
    """
    coverages = {role: _coverage(file) for role, file in files().items()}
    fallback = coverages.pop("fallback")
    return [
        character
        for character in dict.fromkeys(text)
        if _leaves_a_mark(character)
        and character not in fallback
        and not all(character in covered for covered in coverages.values())
    ]


def _leaves_a_mark(character: str) -> bool:
    """Spaces, line ends, joiners and selectors draw nothing."""
    selector = 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
    return not selector and unicodedata.category(character) not in {"Zs", "Zl", "Zp", "Cc", "Cf"}


def _file_of(role: Role) -> Path | None:
    return next((file for file in _candidates(role) if file.is_file()), None)


def _candidates(role: Role) -> Iterator[Path]:
    for folder in _folders():
        yield from (folder / f"{role.key}{ending}" for ending in ENDINGS)
    for folder in _folders():
        yield folder / role.default
        yield folder / Path(role.default).name


def _folders() -> list[Path]:
    named = getattr(settings, "FONTS", "")
    own = [Path(named)] if named else []
    return [*own, settings.HOME / "fonts", settings.ROOT / "node_modules"]


@lru_cache(maxsize=16)
def _coverage(file: Path) -> Coverage:
    return coverage(file)
