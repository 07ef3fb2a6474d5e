"""Fifty-five thousand invented companies 法人库演示数据, batch after batch, going on where it was cut off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random

from django.db import transaction

from yizhan import clock
from yizhan.codes import uscc
from yizhan.demo import companies, names
from yizhan.demo.models import Loaded
from yizhan.demo.population import NEVER_ISSUED
from yizhan.identity import scope
from yizhan.registry import entity_loading
from yizhan.registry.entities import Details
from yizhan.registry.entity_entering import code_of
from yizhan.registry.entity_loading import Told
from yizhan.registry.entity_ties import Share
from yizhan.registry.models import Address

MANY = {"small": 500, "tenth": 5_500, "full": 55_000}
_SEED = 440107
_BATCH = 2_500
_PLACES = 20_000
_FIRST = 100_001  # the numbers below belong to the companies that visitors meet

_MARKS = "云海泰和兴隆永安盛德鼎丰瑞祥恒通汇广南越珠江穗羊木棉白云东山西关万福新华宏达嘉信诚远明朗晨光"
_TRADES = (
    ("餐饮", "餐饮服务；食品销售", "H", 24),
    ("贸易", "日用百货批发；货物进出口", "F", 30),
    ("服装", "服装服饰零售；服装批发", "F", 16),
    ("科技", "软件开发；信息技术咨询服务", "I", 14),
    ("文化传播", "组织文化艺术交流活动；广告设计", "R", 8),
    ("物业管理", "物业管理；停车场服务", "K", 6),
    ("建筑工程", "建设工程施工；室内装饰装修", "E", 8),
    ("家政服务", "家政服务；清洁服务", "O", 8),
    ("教育咨询", "教育咨询服务（不含涉许可审批的培训）", "P", 5),
)
_KINDS = (
    ("5", "个体工商户", 50),
    ("1", "有限责任公司", 42),
    ("3", "个人独资企业", 5),
    ("2", "股份有限公司", 3),
)
_STATES = (("1", 90), ("2", 2), ("3", 1), ("4", 2), ("5", 5))
_STRUCK_OFF = "5"


def settle(many: int) -> None:
    """Enter so many companies, in batches that are committed one by one; a second start goes on after the last."""
    done = sum(Loaded.objects.filter(part__startswith="trades ").values_list("rows", flat=True))
    if done >= many:
        return
    with scope.service():
        places = list(
            Address.objects.order_by("division", "full_text").values_list("division", "full_text")[:_PLACES]
        )
    stream = islice(told(many, places), done, None)
    while batch := list(islice(stream, _BATCH)):
        with scope.service(), transaction.atomic():
            entity_loading.load(batch, source=companies.SOURCE)
            Loaded.objects.create(part=f"trades {done}", rows=len(batch))
        done += len(batch)


def told(many: int, places: list[tuple[str, str]]) -> Iterator[Told]:
    """What the register tells of them; the same on every call that stands at the same moment."""
    dice, today = Random(_SEED), clock.today()
    for number in range(_FIRST, _FIRST + many):
        yield _one(dice, number, today, dice.choice(places))


def _one(dice: Random, number: int, today: date, place: tuple[str, str]) -> Told:
    trade, business, industry, _often = dice.choices(_TRADES, [one[3] for one in _TRADES])[0]
    kind_code, kind, _share = dice.choices(_KINDS, [one[2] for one in _KINDS])[0]
    state = dice.choices([one[0] for one in _STATES], [one[1] for one in _STATES])[0]
    founded = today - timedelta(days=dice.randint(400, 9_000))
    owner = names.full(dice, woman=dice.random() < 0.4, age=45)
    one_owner = kind_code in ("5", "3")
    capital = Decimal(dice.choice((3, 10, 50, 100, 300, 500, 1_000)) * 10_000)
    mark = "".join(dice.sample(_MARKS, 2))
    ending = "店" if one_owner else "股份有限公司" if kind_code == "2" else "有限公司"
    return Told(
        code=code_of(uscc.make("92" if kind_code == "5" else "91", NEVER_ISSUED, f"MA{number}")),
        name=f"示例{mark}{trade}{ending}",
        representative=owner,
        document=f"demo:{number}",
        as_of=today,
        details=Details(
            kind, place[1], place[0], founded, kind_code=kind_code, state=state,
            registered_capital=None if kind_code == "5" else capital, currency="" if kind_code == "5" else "CNY",
            business_scope=business, industry=industry, term_from=founded,
        ),
        until=today - timedelta(days=dice.randint(1, 390)) if state == _STRUCK_OFF else None,
        shareholders=() if kind_code == "5" else _shares(dice, owner, capital, founded, alone=one_owner),
    )  # fmt: skip


def _shares(dice: Random, owner: str, capital: Decimal, since: date, *, alone: bool) -> tuple[Share, ...]:
    if alone or dice.random() < 0.5:
        return (Share(name=owner, share=Decimal(100), amount=capital, since=since),)
    part = Decimal(dice.choice((51, 60, 70, 80)))
    other = names.full(dice, woman=dice.random() < 0.4, age=40)
    return tuple(
        Share(name=name, share=share, amount=capital * share / 100, since=since)
        for name, share in {owner: part, other: 100 - part}.items()
    )
