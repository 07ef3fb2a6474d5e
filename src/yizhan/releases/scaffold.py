"""``packs new``: the first files of a pack, well-formed and ready to be filled in."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import gettext as _


class NameRefused(ValueError):
    """The code of a new pack cannot be used; the words say why."""


_MANIFEST = """\
code: {code}
title: {{zh: "{title}", en: "{title_en}"}}
unit: {unit}
depends: []
grade: bronze
"""

_README = """\
# {title} · {title_en}

| 文件夹 folder | 放什么 what it holds |
|---|---|
| `items/` | 事项：办事指南与时限 the item: guide and time limits |
| `forms/` | 表单：`*.schema.json` 与 `*.ui.yaml` |
| `processes/` | 流程：`*.flow.yaml` |
| `decisions/` | 决策表：`*.table.yaml` |
| `documents/` | 文书模板 templates of papers |
| `journeys/` | 文员读得懂的演练 stories that run as tests |

`./yizhan packs check {code}` 检查 · `./yizhan packs publish {code}` 发布
"""


def new(root: Path, code: str, *, title: str, title_en: str, unit: str) -> Path:
    """Make the folder of a new pack.

    Raises:
        NameRefused: the code is not ``lower_case``, or a pack of that code is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", code):
        raise NameRefused(
            _("应用包代码只能用小写字母、数字和下划线，并以字母开头：%(code)s") % {"code": code}
        )
    folder = root / code
    if folder.exists():
        raise NameRefused(_("已有应用包 %(code)s") % {"code": code})
    folder.mkdir(parents=True)
    words = {"code": code, "title": title, "title_en": title_en, "unit": unit}
    (folder / "pack.yaml").write_text(_MANIFEST.format(**words), encoding="utf-8")
    (folder / "README.md").write_text(_README.format(**words), encoding="utf-8")
    return folder
