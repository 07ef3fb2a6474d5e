"""What a standard address is made of, and how it is written 标准地址."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from django.db import connection
from django.utils.translation import gettext as _

from yizhan.codes import addresses, divisions
from yizhan.codes.addresses import Gazetteer
from yizhan.codes.models import Division
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import fits
from yizhan.registry.models import Address

_DIVISION = re.compile(r"[0-9]{12}")
ELEMENTS = ("road", "door_plate", "building", "unit", "floor", "room")
_LONGEST = {
    field.name: field.max_length or 0 for field in Address._meta.concrete_fields if field.name in ELEMENTS
}


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
        is_a_division(self.division)
        if not self.full_text:
            object.__setattr__(self, "full_text", self._written())
        for field in fields(self):
            fits(Address, field.name, getattr(self, field.name))
        if not self.full_text:
            raise Refused(_("地址内容为空，未作登记，请填写路名和门牌号。"))

    def _written(self) -> str:
        """路名 门牌 栋 单元 房, in the order in which envelopes are written."""
        return "".join([self.road, self.door_plate, self.building, self.unit, self.floor, self.room])


class Reader:
    """Makes elements of addresses that come as text only 地址解析, with the names of the divisions around them.

    What was not understood stays in the text, word by word; a text that names another division than its own is left
    as it is written, since one of the two is wrong and nobody here knows which. It remembers the names it asked for:
    one reader serves a whole file.
    """

    def __init__(self) -> None:
        self._gazetteers: dict[str, Gazetteer] = {}

    def read(self, division: str, text: str) -> Place:
        """The address that a text means.

        Raises:
            Refused: as :class:`Place` does.
        """
        is_a_division(division)
        found = addresses.parse(text, self._around(division))
        if not _same_line(division, found.division):
            return Place(division=division, full_text=text.strip())
        exact = max(division, found.division, key=lambda code: len(code.rstrip("0")))
        elements = {name: getattr(found, name) for name in ELEMENTS}
        if any(len(value) > _LONGEST[name] for name, value in elements.items()):
            elements = {}
        return Place(division=exact, full_text=found.full_text or text.strip(), **elements)

    def _around(self, division: str) -> Gazetteer:
        district = division[:6]
        if district not in self._gazetteers:
            above = [
                (one.code, one.name)
                for one in divisions.ancestors(division)
                if len(one.code.rstrip("0")) <= 6
            ]
            within = Division.objects.filter(code__startswith=district, valid_to=None)
            self._gazetteers[district] = Gazetteer([*above, *within.values_list("code", "name")])
        return self._gazetteers[district]


def standard(places: Iterable[Place]) -> Mapping[Place, Place]:
    """For each place the standard address that is there already under another writing of the same elements.

    A place without one, and one whose text says more than its elements, is not in the answer.
    """
    asked = [one for one in dict.fromkeys(places) if one.full_text == one._written()]
    columns = ("division", *ELEMENTS)
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN_OTHERWISE, [[getattr(one, name) for one in asked] for name in columns])
        return {asked[line - 1]: replace(asked[line - 1], full_text=text) for line, text in cursor.fetchall()}


def address_of(place: Place) -> Address:
    """The standard address of a place, entered if it is new in every writing."""
    known = standard([place]).get(place, place)
    address, _made = Address.objects.get_or_create(
        division=known.division, full_text=known.full_text, defaults=vars(known)
    )
    return address


def is_a_division(code: str) -> None:
    """See that a code has twelve digits; what it means today is not asked, since old records keep old codes.

    Raises:
        Refused: it has not.
    """
    if not _DIVISION.fullmatch(code):
        raise Refused(_("地址缺少十二位区划代码，请先选定街道和社区。"))


def _same_line(division: str, other: str) -> bool:
    """Whether one lies in the other; a text that names no division does not disagree."""
    shorter = min(division.rstrip("0"), other.rstrip("0"), key=len)
    return division.startswith(shorter) and (not other or other.startswith(shorter))


_WRITTEN_OTHERWISE = """
    select asked.line, found.full_text
    from unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
        with ordinality asked(division, road, door_plate, building, unit, floor, room, line)
    cross join lateral (
        select a.full_text from registry_address a
        where a.division = asked.division
          and registry_address_writing(a.road, a.door_plate, a.building, a.unit, a.floor, a.room) =
              registry_address_writing(asked.road, asked.door_plate, asked.building, asked.unit, asked.floor, asked.room)
          and a.full_text = a.road || a.door_plate || a.building || a.unit || a.floor || a.room
        order by a.id limit 1) found
    where asked.road || asked.door_plate || asked.building <> ''
      and found.full_text <> asked.road || asked.door_plate || asked.building || asked.unit || asked.floor || asked.room
"""
