"""Files before they are stored 附件: the ending and the size that a question takes.

The ending is what the sender says. Whether the content keeps its promise, the room that stores it looks.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.forms import wording
from yizhan.forms.faults import Fault
from yizhan.forms.field import MEGABYTE, Field


def refused(field: Field, path: str, name: str, size: int) -> Fault | None:
    """Why a file of this name and size (bytes) is not taken, or None."""
    words = {"name": name, "most": field.largest}
    if not name.lower().endswith(field.endings):
        kinds = {"kinds": wording.kinds_of_files(field)}
        return Fault(path, _("“%(name)s”的类型不能上传") % words, _("可传 %(kinds)s") % kinds)
    if size > field.largest * MEGABYTE:
        return Fault(path, _("“%(name)s”超过 %(most)s MB") % words, _("请压缩后重新上传"))
    if size == 0:
        return Fault(path, _("“%(name)s”是空文件") % words, _("请重新选择文件"))
    return None
