"""What a standard address is made of, and how it is written 标准地址."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from yizhan.registry.faults import Refused
from yizhan.registry.fitting import fits
from yizhan.registry.models import Address

_DIVISION = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, kw_only=True)
class Place:
    """The elements of an address; ``full_text`` is composed of them when it is left out.

    Raises:
        Refused: the division is no code of twelve digits, nothing names the place, or an element is
            longer than its column.
    """

    division: str
    road: str = ""
    door_plate: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    full_text: str = ""

    def __post_init__(self) -> None:
        if not _DIVISION.fullmatch(self.division):
            raise Refused(_("地址缺少十二位区划代码，请先选定街道和社区。"))
        if not self.full_text:
            object.__setattr__(self, "full_text", self._written())
        for field in fields(self):
            fits(Address, field.name, getattr(self, field.name))
        if not self.full_text:
            raise Refused(_("地址内容为空，未作登记，请填写路名和门牌号。"))

    def _written(self) -> str:
        """路名 门牌 栋 单元 房, in the order in which envelopes are written."""
        return "".join([self.road, self.door_plate, self.building, self.unit, self.floor, self.room])
