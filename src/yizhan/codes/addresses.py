"""Addresses as people and old registers write them, taken apart 地址解析: 榕荫街12号之一自编3栋2梯301房.

Every step looks at the beginning of what is left, with patterns that cannot hang, and whatever is not understood
stays in ``rest``: no character of an address is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

_HAN = "一二三四五六七八九十百零〇"
_NUMBER = rf"(?:[0-9]{{1,5}}(?:[-、][0-9]{{1,5}}){{0,4}}|[{_HAN}]{{1,4}})[A-Za-z]?"
_AFTER_ROAD = rf"(?:自编|第)?{_NUMBER}号"
_DOOR = re.compile(
    rf"(?:自编|第)?{_NUMBER}号(?![楼铺房档])(?:大院|院)?"
    rf"(?:[之副](?:[{_HAN}]{{1,3}}|[0-9]{{1,3}}(?!栋|幢|座|号楼))(?:号(?![楼铺房档]))?){{0,2}}"
)
_NAMED = r"(?!自编|第)[\u4e00-\u9fff]{1,12}?(?:大厦|大楼|广场|花园|公寓|商场|中心|小区|新村|大院|苑|阁|轩)"
_BUILDING = re.compile(
    rf"(?:{_NAMED})?(?:自编|第)?(?:[A-Za-z]?[0-9]{{1,4}}|[A-Za-z]|[{_HAN}]{{1,3}}|[东西南北中前后])(?:号楼|栋|幢|座)|{_NAMED}"
)
_UNIT = re.compile(rf"(?:[A-Za-z]?[0-9]{{1,2}}|[A-Za-z]|[{_HAN}]{{1,3}}|[甲乙丙丁东西])(?:单元|梯|门)")
_FLOOR = re.compile(rf"(?:地下|负)?(?:[0-9]{{1,3}}|[{_HAN}]{{1,3}}|首|顶)(?:楼|层)")
_ROOM = re.compile(
    rf"(?:自编)?[A-Za-z]?[0-9]{{1,5}}(?:-[0-9]{{1,4}})?[A-Za-z]?(?:号?(?:房|室|铺|档|单位))?"
    rf"(?:[之][0-9{_HAN}]{{1,3}})?(?![0-9号])"
)
_ROAD_ENDS = re.compile(rf"(?!自编)(?P<road>[^0-9A-Za-z]{{1,30}}?)(?={_AFTER_ROAD}|[0-9A-Za-z]|自编|$)")
_IS_ROAD = re.compile(
    r"(?:大道|大街|马路|公路|路|街|巷|里|坊|径|道|弄|胡同|村|围)[东西南北中前后一二三四五六七八九十]{0,3}(?:段|横|直)?$"
)
_BLANKS = re.compile(r"[\s,，。;；()（）]+")
_ROOM_WORD = re.compile(r"(?:房|室|铺|档|单位)")
LONGEST = 300


@dataclass(frozen=True)
class Parsed:
    """The elements of an address; all are text, empty where it does not say.

    Attributes:
        above: province, city, district, sub-district and committee, as far as they were written.
        division: the code of the last of these that is known; empty when none is.
        rest: what was not understood, from the first such character on.
    """

    above: str = ""
    division: str = ""
    road: str = ""
    door_plate: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    rest: str = ""

    @property
    def full_text(self) -> str:
        """Without what stands above the road: as the standard address writes it."""
        return "".join(
            (self.road, self.door_plate, self.building, self.unit, self.floor, self.room, self.rest)
        )


class Gazetteer:
    """Names of divisions and their codes 区划名录, with the short forms that people write: 北京街 for 北京街道."""

    def __init__(self, divisions: Iterable[tuple[str, str]]) -> None:
        self._codes: dict[str, str] = {}
        for code, name in divisions:
            for form in _forms(name):
                self._codes.setdefault(form, code)
        self._longest = max(map(len, self._codes), default=0)

    def beginning(self, text: str, below: str = "") -> tuple[str, str]:
        """The longest name with which a text begins, below a division, and its code; two empty texts if there is none."""
        for length in range(min(self._longest, len(text)), 1, -1):
            code = self._codes.get(text[:length], "")
            if code and code.startswith(below.rstrip("0")):
                return text[:length], code
        return "", ""


def parse(text: str, gazetteer: Gazetteer | None = None) -> Parsed:
    """Take an address apart. Width, blanks and brackets do not matter; more than 300 characters stay whole in ``rest``."""
    left = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).replace("#", "号").replace("—", "-")
    if len(left) > LONGEST:
        return Parsed(rest=left)
    parsed, left = _above(left, gazetteer)
    if road := _road(left):
        parsed, left = replace(parsed, road=road), left[len(road) :]
    for name, pattern in (
        ("door_plate", _DOOR), ("building", _BUILDING), ("unit", _UNIT), ("floor", _FLOOR), ("room", _ROOM),
    ):  # fmt: skip
        if found := pattern.match(left):
            parsed, left = replace(parsed, **{name: found[0]}), left[found.end() :]
    if parsed.room and not _ROOM_WORD.search(parsed.room) and not left:
        parsed = replace(parsed, room=f"{parsed.room}房")
    return replace(parsed, rest=left)


def _above(text: str, gazetteer: Gazetteer | None) -> tuple[Parsed, str]:
    """What stands above the road. A sub-district's short name is one only where a road follows: 北京街 is a street too."""
    above, division = "", ""
    while gazetteer is not None:
        name, code = gazetteer.beginning(text, division)
        if not name or (name.endswith(("街", "路")) and not _road(text[len(name) :])):
            break
        above, division, text = above + name, code, text[len(name) :]
    return Parsed(above=above, division=division), text


def _road(text: str) -> str:
    found = _ROAD_ENDS.match(text)
    if found is None:
        return ""
    road = found["road"]
    if _IS_ROAD.search(road) or re.match(_AFTER_ROAD, text[len(road) :]):
        return road
    cut = [end.end() for end in re.finditer(r"(?:大道|大街|马路|路|街|巷)", road)]
    return road[: cut[-1]] if cut else ""


def _forms(name: str) -> set[str]:
    short = {"街道": "街", "居民委员会": "居委会", "村民委员会": "村委会", "社区居民委员会": "社区"}
    return {name, *(name.removesuffix(long) + brief for long, brief in short.items() if name.endswith(long))}
