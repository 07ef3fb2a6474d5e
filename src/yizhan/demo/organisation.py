"""The offices of the demo district: departments, sub-districts, committees, sections, posts, staff."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from yizhan import clock, hanzi
from yizhan.codes import divisions, uscc
from yizhan.demo import names, population
from yizhan.demo.population import DISTRICT, NEVER_ISSUED
from yizhan.identity import accounts
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit

GOVERNMENT = DISTRICT
_DATA = Path(__file__).with_name("data")
_WHY = "演示区"


@dataclass(frozen=True)
class Place:
    """A post to be filled: unit, title, grade, roles with their reach."""

    unit: str
    code: str
    title: str
    title_en: str
    head: bool = False
    roles: tuple[tuple[str, str], ...] = ()


def units() -> int:
    """Found all units; how many there are."""
    _found(
        GOVERNMENT,
        "越秀区人民政府",
        "Yuexiu District People's Government",
        "区政府",
        Unit.Kind.GOVERNMENT,
        parent="",
    )
    with (_DATA / "departments.csv").open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            code = f"{GOVERNMENT}-{row['code']}"
            _found(
                code,
                row["name"],
                row["name_en"],
                row["short"],
                Unit.Kind.DEPARTMENT,
                parent=GOVERNMENT,
                sort=number,
            )
            sections = zip(row["sections"].split("|"), row["sections_en"].split("|"), strict=True)
            for index, (section, section_en) in enumerate(sections):
                _found(f"{code}-{index + 1}", section, section_en, section, Unit.Kind.SECTION, parent=code)
    for street in population.subdistricts():
        _street(street.code, street.name)
    return Unit.objects.count()


def _street(code: str, name: str) -> None:
    short = name.removesuffix("街道").removesuffix("道")
    unit = f"{GOVERNMENT}-j{code[6:9]}"
    _found(
        unit,
        f"{name}办事处",
        f"{_spelled(short)} Sub-district Office",
        name.removesuffix("道"),
        Unit.Kind.SUBDISTRICT,
        parent=GOVERNMENT,
        division=code,
    )
    _found(
        f"{unit}-ck",
        "政务服务中心",
        "Service Centre",
        f"{short}窗口",
        Unit.Kind.WINDOW,
        parent=unit,
        division=code,
    )
    for committee in divisions.children(code):
        _found(
            f"{unit}-{committee.code[9:]}",
            committee.name,
            "",  # nobody has given one, and a machine's spelling of a place is no name
            committee.name,
            Unit.Kind.COMMITTEE,
            parent=unit,
            division=committee.code,
        )


def _found(
    code: str,
    name: str,
    name_en: str,
    short: str,
    kind: str,
    *,
    parent: str,
    division: str = "",
    sort: int = 0,
) -> None:
    if Unit.objects.filter(code=code).exists():
        return
    Unit(
        code=code,
        name=name,
        name_en=name_en,
        short_name=short[:60],
        kind=kind,
        parent_id=parent or None,
        division=division or f"{DISTRICT}000000",
        uscc=uscc.make("11", NEVER_ISSUED, f"{sort:08d}") if kind == Unit.Kind.DEPARTMENT else "",
        sort=sort,
    ).found(by=HOUSE)


def posts() -> Iterator[Place]:
    """Posts of every unit."""
    for unit in Unit.objects.exclude(kind__in=[Unit.Kind.GOVERNMENT, Unit.Kind.WINDOW]).order_by("path"):
        yield Place(unit.code, "head", *_HEADS[unit.kind], head=True, roles=_LEADING.get(unit.kind, ()))
        yield Place(unit.code, "officer", "科员", "Officer", roles=_working(unit))
    for window in Unit.objects.filter(kind=Unit.Kind.WINDOW).order_by("path"):
        for number in (1, 2):
            roles = (("platform.window_clerk", "own_unit"), ("elderly_allowance.clerk", "area"))
            yield Place(
                window.code, f"window{number}", f"综合窗口{number}号", f"Window {number}", roles=roles
            )


_HEADS = {
    "department": ("局长", "Director"),
    "section": ("科长", "Section chief"),
    "subdistrict": ("办事处主任", "Director of the office"),
    "committee": ("居委会主任", "Head of the committee"),
}
_LEADING: dict[str, tuple[tuple[str, str], ...]] = {
    "department": (("platform.leader", "unit_subtree"),),
    "subdistrict": (("platform.leader", "unit_subtree"),),
}


def _working(unit: Unit) -> tuple[tuple[str, str], ...]:
    if unit.kind == Unit.Kind.SUBDISTRICT:
        return (("elderly_allowance.clerk", "own_unit"),)
    if unit.code in {f"{GOVERNMENT}-mz", f"{GOVERNMENT}-mz-1"}:
        return (("elderly_allowance.approver", "all"),)
    return ()


def staff(dice: Random) -> int:
    """Fill every post that is not there yet; how many posts there are.

    In a district kept from an earlier version, departments may have come since; each person has the same name
    whether or not the others were there already.
    """
    roles = {role.code: role for role in Role.objects.all()}
    known = set(Post.objects.values_list("unit_id", "code"))
    filled = list(posts())
    for place in filled:
        username = f"{place.unit.removeprefix(DISTRICT).strip('-') or 'qzf'}.{place.code}".lower()
        name = names.full(dice, woman=dice.random() < 0.5, age=dice.randrange(24, 59))
        if (place.unit, place.code) not in known:
            employ(username, name, place, roles)
    return len(filled)


def employ(username: str, name: str, place: Place, roles: dict[str, Role]) -> Account:
    """Open an account, found the post, give it its roles, appoint."""
    account = accounts.create_staff(username, name, by=HOUSE)
    post = Post(
        unit_id=place.unit, code=place.code, title=place.title, title_en=place.title_en, is_head=place.head
    ).found(by=HOUSE)
    for role, reach in place.roles:
        give(roles[role], post, reach)
    post.appoint(account, by=HOUSE)
    return account


def give(role: Role, post: Post, reach: str) -> None:
    """Give a role to a post, unless somebody has given it already."""
    if not RoleGrant.objects.filter(role=role, post=post).overlapping(clock.today(), None).exists():
        RoleGrant.give(role, post, reach, by=HOUSE, reason=_WHY)


def stand_in(role: str, unit: str, number: int) -> Account:
    """Somebody new for a role that nobody holds any more: visitors may end posts and take roles back."""
    place = Place(unit, f"standin{number}", "科员", "Officer", roles=((role, "own_unit"),))
    username = f"{unit.removeprefix(DISTRICT).strip('-') or 'qzf'}.standin{number}".lower()
    name = names.full(Random(username), woman=bool(number % 2), age=40)
    return employ(username, name, place, {role: Role.objects.get(code=role)})


def _spelled(name: str) -> str:
    return hanzi.pinyin(name).replace(" ", "").capitalize()
