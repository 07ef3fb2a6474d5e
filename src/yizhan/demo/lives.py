"""What registers say of the demo's people beyond name and home: school, work, insurance, marriage, hardship.

All of it is invented; the shares are round guesses. Codes are those of the national lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from yizhan.demo.population import NEVER_ISSUED
from yizhan.registry.registration import Registration

_PROVINCES = [
    "广东广州",
    "广东佛山",
    "广东梅州",
    "广东湛江",
    "广东潮州",
    "广西梧州",
    "湖南郴州",
    "江西赣州",
    "福建漳州",
    "四川达州",
]
_SCHOOLS = [
    "云津第一中学",
    "云津第二中学",
    "望溪中学",
    "榕荫职业学校",
    "珠江技工学校",
    "岭南学院",
    "南粤理工学院",
    "云津大学",
]
_MAJORS = [
    "会计",
    "计算机应用",
    "护理",
    "机电一体化",
    "市场营销",
    "汉语言文学",
    "土木工程",
    "物流管理",
    "烹饪",
    "学前教育",
]
_EMPLOYERS = [
    "云津商贸",
    "望溪餐饮",
    "榕荫物业",
    "朝晖电子",
    "拾翠服装",
    "流霞物流",
    "松涛建筑",
    "听雨文化",
    "远山科技",
    "明德教育",
]
_POSITIONS = [
    "职员",
    "店员",
    "会计",
    "工程师",
    "司机",
    "保安",
    "护士",
    "教师",
    "经理",
    "服务员",
]
_CLINICS = [
    "北京街社区卫生服务中心",
    "农林街社区卫生服务中心",
    "东山街社区卫生服务中心",
]
_PENSION_AGE = {"1": 60, "2": 55}
_YEAR = 365.25


@dataclass
class _Life:
    """One member of a household on the way: what is said, whose relative, what happened."""

    one: Registration
    said: dict[str, Any]
    relatives: list[tuple[str, str, date | None]]
    happened: list[tuple[str, date, str | None, dict[str, Any]]]


def furnish(dice: Random, household: Sequence[Registration], today: date) -> list[Registration]:
    """The same household with what registers say of each member, of the couple and of their children."""
    lives = [_Life(one, _said(dice, one, today), [], _happened(dice, one, today)) for one in household]
    if len(lives) > 1 and lives[1].one.relation in {"11", "12"}:
        head, spouse, *others = lives
        _couple(dice, head, spouse, len(others), today)
        for other in others:
            if other.one.relation in {"20", "30"}:
                _child(other, head, spouse)
    return [
        replace(
            life.one, tenure=dice.choice("11111222349"), particulars=life.said, relatives=tuple(life.relatives),
            happened=tuple(life.happened),
        )
        for life in lives
    ]  # fmt: skip


def _said(dice: Random, one: Registration, today: date) -> dict[str, Any]:
    born = one.born_on or today
    age = int((today - born).days / _YEAR)
    said: dict[str, Any] = {
        "native_place": dice.choice(_PROVINCES),
        "birthplace": dice.choice(_PROVINCES),
        "police_station": f"{(one.registered.division if one.registered else '')[6:9]}派出所",
        "blood_group": dice.choice("AABBOO") if dice.random() < 0.9 else "AB",
        "health_status": "10" if dice.random() < 0.85 else ("30" if age > 50 else "20"),
        "family_doctor": dice.choice(_CLINICS) if dice.random() < 0.6 else "",
        "political_status": _party(dice, age),
        "military_service": "2" if one.sex == "1" and 20 < age < 80 and dice.random() < 0.05 else "0",
        "insurance_number": f"{NEVER_ISSUED}{dice.randrange(10**9):09d}",
        "birth_certificate": f"Y{born:%Y%m}{dice.randrange(10**6):06d}" if born.year >= 1996 else "",
        **_moved(dice),
        **_school(dice, born, age),
        **_work(dice, one.sex, age, today),
        **_insured(dice, one.sex, age),
    }
    if age >= 18:
        single = age < 30 or dice.random() < 0.15
        said["marital_status"] = "10" if single else "40" if dice.random() < 0.1 else "20"
    if dice.random() < 0.02 + 0.0005 * age:
        said |= _disabled(dice, one)
    if dice.random() < 0.012:
        said |= _assisted(dice, today)
    if dice.random() < 0.22:
        said |= _floating(dice, today)
    return said


def _floating(dice: Random, today: date) -> dict[str, Any]:
    return {
        "inflow_reason": dice.choice("13577"), "residence_permit": f"{NEVER_ISSUED}J{dice.randrange(10**8):08d}",
        "residence_permit_until": today + timedelta(days=dice.randrange(-60, 365)),
        "floating_registered_on": today - timedelta(days=dice.randrange(10, 2000)),
    }  # fmt: skip


def _happened(
    dice: Random, one: Registration, today: date
) -> list[tuple[str, date, str | None, dict[str, Any]]]:
    """What the registers of the last twenty years hold: births, deaths, moves."""
    born, first = one.born_on or today, today.replace(year=today.year - 20, day=1)
    found: list[tuple[str, date, str | None, dict[str, Any]]] = []
    if born >= first:
        found.append(("birth", born, None, {}))
    if one.died_on:
        found.append(("death", one.died_on, None, {}))
    while dice.random() < 0.4:
        on = first + timedelta(days=dice.randrange((today - first).days))
        if on > born:
            found.append(
                (dice.choice(("moved", "moved", "moved_in")), on, None, {"was": dice.choice(_PROVINCES)})
            )
    return found


def _moved(dice: Random) -> dict[str, Any]:
    if dice.random() < 0.5:
        return {"moved_in_because": "9"}
    return {"moved_in_because": dice.choice("12457"), "moved_in_from": dice.choice(_PROVINCES)}


def _party(dice: Random, age: int) -> str:
    if age < 14:
        return "13"
    if age < 28 and dice.random() < 0.5:
        return "03"
    return "01" if age >= 20 and dice.random() < 0.09 else "13"


def _school(dice: Random, born: date, age: int) -> dict[str, Any]:
    if age < 6:
        return {}
    level, years = dice.choices(
        (("81", 12), ("71", 15), ("61", 18), ("31", 21), ("21", 22)), (18, 28, 26, 14, 14)
    )[0]
    if age < years:
        return {"school": dice.choice(_SCHOOLS)}
    high = level in {"31", "21"}
    return {
        "education": level, "school": dice.choice(_SCHOOLS), "graduated_on": date(born.year + years, 7, 1),
        "major": dice.choice(_MAJORS) if high else "", "degree": "4" if level == "21" else "",
    }  # fmt: skip


def _work(dice: Random, sex: str, age: int, today: date) -> dict[str, Any]:
    if age < 16:
        return {}
    if age < 22:
        return {"employment_status": "31"}
    if age >= _PENSION_AGE.get(sex, 60):
        return {"employment_status": "80"}
    if dice.random() < 0.06:
        return {
            "employment_status": "70",
            "unemployment_certificate": f"{NEVER_ISSUED}{dice.randrange(10**10):010d}",
        }
    return {
        "employment_status": dice.choice(("11", "13", "17", "24", "24", "51", "54")),
        "occupation": dice.choice("234446"), "employer": dice.choice(_EMPLOYERS) + "有限公司",
        "position": dice.choice(_POSITIONS), "employed_since": today - timedelta(days=dice.randrange(30, 365 * (age - 20))),
        "skill_grade": dice.choice("345") if dice.random() < 0.15 else "",
    }  # fmt: skip


def _insured(dice: Random, sex: str, age: int) -> dict[str, Any]:
    works = 22 <= age < _PENSION_AGE.get(sex, 60)
    retired = age >= _PENSION_AGE.get(sex, 60)
    said: dict[str, Any] = {"medical_scheme": "1" if works or retired else "2", "medical_state": "1"}
    if works or retired:
        said |= {
            "pension_scheme": "1" if dice.random() < 0.8 else "3", "pension_state": "3" if retired else "1",
            "pension_months": min(480, max(1, (age - 21) * 12 - dice.randrange(60))),
        }  # fmt: skip
    if works:
        said |= {"unemployment_state": "1", "injury_state": "1"}
    return said


def _disabled(dice: Random, one: Registration) -> dict[str, Any]:
    kind, grade = dice.choice("1234567"), dice.choice("12344")
    return {
        "health_status": "60", "disability_kind": kind, "disability_grade": grade,
        "disability_certificate": f"{one.id_number}{kind}{grade}",
    }  # fmt: skip


def _assisted(dice: Random, today: date) -> dict[str, Any]:
    return {
        "assistance_kind": dice.choice("11123"), "assistance_certificate": f"JZ{dice.randrange(10**7):07d}",
        "assistance_since": today - timedelta(days=dice.randrange(60, 1500)), "assistance_amount": dice.randrange(300, 1300),
        "hardship_reason": dice.choice("12356"),
    }  # fmt: skip


def _couple(dice: Random, head: _Life, spouse: _Life, children: int, today: date) -> None:
    born = max(life.one.born_on or today for life in (head, spouse))
    on = min(today - timedelta(days=30), date(born.year + 22 + dice.randrange(8), 1 + dice.randrange(12), 18))
    certificate = f"J{NEVER_ISSUED}-{on.year}-{dice.randrange(10**6):06d}"
    for life, other in ((head, spouse), (spouse, head)):
        widowed = other.one.died_on is not None
        life.said |= {
            "marital_status": "30" if widowed else "20", "spouse_number": other.one.id_number,
            "spouse_name": other.one.name, "married_on": on, "marriage_certificate": certificate,
            "marriage_authority": "云津区婚姻登记处", "children": children,
        }  # fmt: skip
        if not widowed:
            life.relatives.append((other.one.source_record, "spouse", on))
        if on.year >= today.year - 20:
            life.happened.append(("marriage", on, other.one.source_record, {"certificate": certificate}))


def _child(child: _Life, *parents: _Life) -> None:
    born = child.one.born_on
    if born is None or any(parent.one.born_on and parent.one.born_on >= born for parent in parents):
        return
    for parent in parents:
        child.relatives.append((parent.one.source_record, "parent", None))
        parent.relatives.append((child.one.source_record, "child", None))


def another_job(dice: Random) -> tuple[str, str]:
    """An employer and a position to change to."""
    return dice.choice(_EMPLOYERS) + "有限公司", dice.choice(_POSITIONS)
