"""Companies of the demo district 企业, with their legal representative and an agent, and the mandate between them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from yizhan import clock
from yizhan.codes import identity_number, uscc
from yizhan.demo import personas
from yizhan.demo.personas import SOURCE as POLICE
from yizhan.demo.population import NEVER_ISSUED, Numbers
from yizhan.identity import scope
from yizhan.identity.models import Account
from yizhan.journal import access
from yizhan.registry import entities, loading
from yizhan.registry.entities import Details
from yizhan.registry.models import Source

SOURCE = "market.entities"
_FOR_PROFIT = "91"  # registered by the market regulator, an enterprise
_SINCE = date(1995, 1, 1)
_NAMES = ("示例云澜文化传播有限公司", "示例泮水食品有限公司", "示例南园餐饮有限公司")
_ROADS = ("惠福东路", "文明路", "大德路", "北京路", "万福路", "越秀中路", "东华东路", "中山四路")
_TRADES = (
    ("组织文化艺术交流活动；会议及展览服务；广告设计、代理", "R"),
    ("餐饮服务；食品销售；餐饮管理", "H"),
)
_MISTAKEN = 2  # the company whose term begins a day late, until that is put right
CODES = tuple(uscc.make(_FOR_PROFIT, NEVER_ISSUED, f"MA0000{number:02d}") for number in range(1, 31))


class _Last(Numbers):
    """The last number of a birthday, which the running ones of the population never come to."""

    def next(self, born: date, *, woman: bool) -> str:
        """That number."""
        return identity_number.make(NEVER_ISSUED, born, 998 if woman else 999)


def enter(dice: Random, source: Source) -> None:
    """Enter owner and agent, their companies, and the first mandate."""
    later = {one.key: one for one in personas.RESIDENTS if one.comes_with == "companies"}
    entries = {key: personas.registered(dice, _Last(), one, _SINCE) for key, one in later.items()}
    loading.load(list(entries.values()), source=POLICE)
    for key, one in later.items():
        personas.open_account(one, entries[key])
    owner = personas.account("owner")
    document = f"{owner.document_type}:{owner.document_number}"
    for number, name in enumerate(_NAMES, 1):
        entities.enter(
            CODES[number - 1],
            name,
            representative=owner.name,
            document=document,
            source=source,
            as_of=clock.today(),
            details=details(number),
        )
    _give_first_mandate(owner, personas.account("agent"))


def details(number: int) -> Details:
    """What the register tells of the company of a number."""
    founded = date(clock.today().year - 1, 1 + number % 12, 1 + number)
    trade, industry = _TRADES[0 if number == 1 else 1]
    return Details(
        "有限责任公司",
        f"越秀区{_ROADS[number % len(_ROADS)]}{8 + 3 * number}号",
        f"{personas.BEIJING_STREET}{personas.COMMITTEES[number % 8]}",
        founded,
        kind_code="1",
        state="1",
        registered_capital=Decimal(500_000),
        currency="CNY",
        business_scope=trade,
        industry=industry,
        term_from=founded + timedelta(days=1 if number == _MISTAKEN else 0),
        phone=f"020800001{number:02d}",
    )


def _give_first_mandate(owner: Account, agent: Account) -> None:
    with scope.as_account(owner) as actor, access.watching(actor.viewer()):
        first = next(one for one in entities.represented(owner) if one.name == _NAMES[0])
        until = clock.today() + timedelta(days=365)
        entities.give_mandate(first, name=agent.name, phone=agent.phone, until=until, by=actor)
