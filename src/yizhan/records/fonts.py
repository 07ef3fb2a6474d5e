"""Font roles 字体角色: the faces an official paper is set in, and the files that play them.

GB/T 9704-2012 names faces (仿宋, 小标宋 …) that no free package holds complete, so a district may put its
licensed files in their place: a file called after the role (``fangsong.ttf``) in ``YIZHAN_FONTS`` or in
``fonts/`` of the house's home wins over the free default, the Noto faces of two npm packages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan.ui.language import listed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

ENDINGS = (".ttf", ".otf", ".ttc")
_SERIF = "@expo-google-fonts/noto-serif-sc"
_SANS = "@expo-google-fonts/noto-sans-sc"


@dataclass(frozen=True)
class Role:
    """A part that a font plays: ``key`` in templates, its name, the free file that stands in."""

    key: str
    name: StrPromise
    default: str


ROLES = (
    Role("fangsong", lazy("仿宋"), f"{_SERIF}/400Regular/NotoSerifSC_400Regular.ttf"),
    Role("kaiti", lazy("楷体"), f"{_SERIF}/500Medium/NotoSerifSC_500Medium.ttf"),
    Role("heiti", lazy("黑体"), f"{_SANS}/500Medium/NotoSansSC_500Medium.ttf"),
    Role("xiaobiaosong", lazy("小标宋"), f"{_SERIF}/700Bold/NotoSerifSC_700Bold.ttf"),
    Role("latin", lazy("西文"), f"{_SERIF}/400Regular/NotoSerifSC_400Regular.ttf"),
    # Draws what the others lack, rare characters of personal names above all.
    Role("fallback", lazy("补字"), f"{_SERIF}/400Regular/NotoSerifSC_400Regular.ttf"),
)


class FontsMissing(Exception):
    """Files for some roles are nowhere; no paper can be set."""

    def __init__(self, roles: list[Role]) -> None:
        self.roles = roles
        super().__init__(
            _("缺少公文字体：%(roles)s。请重新执行安装，或将字体文件放入 YIZHAN_FONTS 所指的文件夹")
            % {"roles": listed(role.name for role in roles)}
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
    return [*own, settings.HOME / "fonts", settings.HOME / "frontend/node_modules"]
