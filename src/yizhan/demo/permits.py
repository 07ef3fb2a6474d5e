"""Licences of the demo's many companies 证照库演示数据: issued over the years, some at rest, ended, run out. Invented."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from yizhan import clock
from yizhan.demo import workdays
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.licences import life
from yizhan.registry.licences import Issued, Word
from yizhan.registry.models import Entity, Licence
from yizhan.releases.words import Text

_YEARS = {"food_business": 5, "public_hygiene": 4, "fire_safety": 0, "drainage": 5}
"""How long each kind holds; 0 for as long as nothing changes."""
_ISSUERS = {
    "food_business": ("440104-scj", "JY2440199"),
    "public_hygiene": ("440104-wjj", "粤卫公证字〔示例〕"),
    "fire_safety": ("440104-xfd", "越消安检〔示例〕"),
    "drainage": ("440104-swj", "越排字〔示例〕"),
}
_WANTED = {"H": ("food_business", "fire_safety", "drainage"), "O": ("public_hygiene",), "K": ("drainage",)}
"""By the industry of a company (GB/T 4754), which licences it needs."""
_OLDEST = 2_000  # days


def issue(dice: Random) -> int:
    """Enter what the companies in business hold; how many licences that were."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[one[0] for one in _ISSUERS.values()])}
    companies = Entity.objects.filter(state="1", until=None, industry__in=_WANTED, uscc__contains="MA1")
    issued = 0
    for company in companies.order_by("uscc")[:60]:
        for kind in _WANTED[company.industry]:
            if dice.random() < 0.6:
                issued += 1
                _enter(dice, company, kind, units[_ISSUERS[kind][0]], issued)
    return issued


def _enter(dice: Random, company: Entity, kind: str, unit: Unit, number: int) -> None:
    """A licence, and what became of it since."""
    begins = clock.today() - timedelta(days=dice.randint(20, min(_OLDEST, _age(company))))
    years = _YEARS[kind]
    with clock.standing_at(workdays.in_the_morning(begins)):
        licence = life.enter(
            f"entity:{company.uscc}",
            Issued(
                kind, f"{_ISSUERS[kind][1]}{number:07d}", unit.code, Text(zh=unit.name, en=unit.name_en),
                begins, begins.replace(year=begins.year + years, day=min(begins.day, 28)) if years else None,
            ),
            word=Word(HOUSE.key),
        )  # fmt: skip
    _afterwards(dice, licence, begins)


def _afterwards(dice: Random, licence: Licence, begins: date) -> None:
    if licence.valid_to is not None and licence.valid_to < clock.today():
        with clock.standing_at(workdays.in_the_morning(licence.valid_to + timedelta(days=1))):
            life.expire(licence, word=Word(HOUSE.key))
        return
    fate = dice.random()
    on = begins + timedelta(days=dice.randint(5, max((clock.today() - begins).days - 5, 6)))
    with clock.standing_at(workdays.in_the_morning(min(on, clock.today()))):
        if fate < 0.06:
            life.suspend(licence, word=Word(HOUSE.key, "停业整改期间暂停（示例）"))
        elif fate < 0.12:
            life.revoke(licence, word=Word(HOUSE.key, "持证人申请注销（示例）"))


def _age(company: Entity) -> int:
    """Days since it was founded, of which a month at least has passed."""
    founded = company.established_on or clock.today() - timedelta(days=400)
    return max((clock.today() - founded).days, 30)
