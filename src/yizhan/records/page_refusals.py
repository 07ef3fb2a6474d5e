"""What the styles of papers refuse 版式不予排印的情形: they panic with a key, and this says why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_PANIC = re.compile(r"panicked with: \"?refused: (\w+)")

_REASONS: dict[str, StrPromise] = {
    "classified": lazy("涉密文件不得进入本系统，请按保密规定在专用设备上办理"),
    "copy": lazy("份号应为不超过六位的数字"),
    "urgency": lazy("紧急程度应为特急或加急（电报：特提、特急、加急、平急）"),
    "signers": lazy("上行文应当标注签发人"),
    "form": lazy("公文格式应为 document、letter、order 或 minutes"),
    "block": lazy("正文只能由段落、一至四级标题和表格组成"),
}


def reason(fault: str) -> str:
    """Why a style refused, in the reader's language; empty where Typst itself complains."""
    found = _PANIC.search(fault)
    return str(_REASONS[found[1]]) if found and found[1] in _REASONS else ""
