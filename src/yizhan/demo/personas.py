"""The people one can be 以谁的身份试用: some thirty, each with something to do."""

from __future__ import annotations

from datetime import date
from random import Random

from yizhan.demo import organisation
from yizhan.demo.officials import OFFICIALS
from yizhan.demo.persona import Persona, Resident
from yizhan.demo.population import DISTRICT, Numbers, person, place
from yizhan.identity import scope
from yizhan.identity.models import Account, Role
from yizhan.journal import access
from yizhan.registry import finding, links, loading
from yizhan.registry.registration import Registration
from yizhan.releases.words import Text

BEIJING_STREET = f"{DISTRICT}003"
COMMITTEES = ("104", "107", "108", "110", "111", "113", "117", "119")
"""Some of its committees, by the last digits of their codes."""
SOURCE = "police.household"


RESIDENTS = (
    Resident(
        "chen", "陈玉珍",
        Text(zh="81 岁，北京街居民", en="81, resident of Beijing Sub-district"),
        Text(zh="用手机申请高龄津贴，当场办结", en="Applies for the allowance on a phone; decided on the spot"),
        "19900000001", 81, True, f"{BEIJING_STREET}104",
    ),
    Resident(
        "huang", "黄锦棠",
        Text(zh="76 岁，北京街居民，在外地领过津贴", en="76, had an allowance elsewhere"),
        Text(zh="申请需要人工核实，看时限怎样解释", en="His application must be verified; see how dates are explained"),
        "19900000002", 76, False, f"{BEIJING_STREET}111",
    ),
    Resident(
        "li", "李惠兰",
        Text(zh="69 岁，还差几个月", en="69, a few months too young"),
        Text(zh="看不符合条件的申请怎样说明理由", en="See how reasons are given when a condition is not met"),
        "19900000003", 69, True, f"{BEIJING_STREET}107",
    ),
    Resident(
        "liang", "梁婉仪",
        Text(zh="92 岁，收到补正通知", en="92, was asked for something missing"),
        Text(zh="在手机上补正", en="Answers from the phone"),
        "19900000004", 92, True, f"{BEIJING_STREET}108",
    ),
    Resident(
        "new", "何秀英",
        Text(zh="73 岁，第一次使用，尚未实名", en="73, first visit, not yet identified"),
        Text(zh="先完成实名核验", en="Proves who she is first"),
        "19900000005", 73, True, f"{BEIJING_STREET}110", known=False,
    ),
    Resident(
        "luo", "罗润生",
        Text(zh="85 岁，正在领取高龄津贴", en="85, receives the allowance"),
        Text(zh="看待遇发到哪个月、哪天到账", en="Sees which months were paid and when the next comes"),
        "19900000006", 85, False, f"{BEIJING_STREET}113",
    ),
    Resident(
        "owner", "郑丽华",
        Text(zh="52 岁，三家企业的法定代表人", en="52, legal representative of three companies"),
        Text(zh="为示例泮水食品有限公司申请户外招牌，食品经营许可证库内已有、免提交；授权、撤销经办人",
             en="Applies for a signboard: the food licence of one company is held already; names and dismisses agents"),
        "19900000007", 52, True, f"{BEIJING_STREET}117", comes_with="companies",
    ),
    Resident(
        "agent", "吴志明",
        Text(zh="34 岁，两家企业的经办人", en="34, agent of two companies"),
        Text(zh="为示例南园餐饮有限公司开办小餐饮店：一张表单、一份材料清单、一次提交",
             en="Opens a small restaurant for a company: one form, one list of materials, handed in once"),
        "19900000008", 34, False, f"{BEIJING_STREET}119", comes_with="companies",
    ),
    Resident(
        "asks", "岑月婵",
        Text(zh="39 岁，失业，带着儿子和婆婆", en="39, out of work, with a son and a mother-in-law"),
        Text(zh="请林晓岚在窗口为她申请低保，家庭成员按户籍带出",
             en="Lets the window clerk apply for the subsistence allowance: the family comes from the register"),
        "19900000009", 39, True, f"{BEIJING_STREET}120", comes_with="families",
    ),
    Resident(
        "shown", "温素琴",
        Text(zh="42 岁，申请低保，正在公示", en="42, her application is made public these days"),
        Text(zh="看办到哪一步、公示写了什么、还有几天", en="Sees how far it is, what the notice says, and until when"),
        "19900000010", 42, True, f"{BEIJING_STREET}107", comes_with="families",
    ),
    Resident(
        "granted", "邝志明",
        Text(zh="57 岁，重度残疾，一家三口领取低保", en="57, severely disabled; his family receives the allowance"),
        Text(zh="看每月金额和到账日", en="Sees the amount of each month and when it comes"),
        "19900000011", 57, False, f"{BEIJING_STREET}110", comes_with="families",
    ),
)  # fmt: skip

_FIRST = tuple(one for one in RESIDENTS if one.comes_with == "people")
ALL: tuple[Persona, ...] = (*RESIDENTS, *OFFICIALS)


def registrations(dice: Random, numbers: Numbers) -> list[Registration]:
    """The residents as the register knows them; the later ones come with the companies."""
    since = date(1990, 1, 1)
    return [registered(dice, numbers, one, since) for one in _FIRST]


def registered(dice: Random, numbers: Numbers, one: Resident, since: date) -> Registration:
    """One resident as the register knows him."""
    home = place(dice, one.committee)
    return person(
        dice,
        numbers,
        record=f"persona-{one.key}",
        name=one.name,
        woman=one.woman,
        age=one.age,
        home=home,
        living=home,
        book=f"P-{one.key}",
        relation="02",
        since=since,
    )


def enter(dice: Random, numbers: Numbers) -> None:
    """Enter the residents into the register and give them accounts."""
    entries = registrations(dice, numbers)
    loading.load(entries, source=SOURCE)
    for one, entry in zip(_FIRST, entries, strict=True):
        open_account(one, entry)


def employ_officials(*, comes_with: str = "people") -> None:
    """Put the officials of a part of the demo into their posts, those who are not there yet."""
    roles = {role.code: role for role in Role.objects.all()}
    known = set(Account.objects.filter(username__startswith="demo.").values_list("username", flat=True))
    for official in (one for one in OFFICIALS if one.comes_with == comes_with):
        if f"demo.{official.key}" in known:
            continue
        organisation.employ(f"demo.{official.key}", official.name, official.place, roles)


def open_account(one: Resident, entry: Registration) -> None:
    """Give a resident an account, verified where she is known."""
    account = Account.objects.create(kind=Account.Kind.CITIZEN, phone=one.phone, name=one.phone)
    if one.known:
        prove(account, entry)


def prove(account: Account, entry: Registration) -> None:
    """Match an account with the register, as the person would.

    Raises:
        RuntimeError: they do not match, which in a district from one seed is a mistake of ours.
    """
    with scope.as_account(account) as actor, access.watching(actor.viewer()):
        if not finding.match_real_name(account, entry.name, entry.id_number):
            raise RuntimeError(f"{entry.source_record} is not in the register as the seed made it")


def person_of(account: Account) -> str:
    """The person an account is.

    Raises:
        RuntimeError: it is nobody's.
    """
    subject = links.person_of(account)
    if subject is None:
        raise RuntimeError(f"account {account.pk} is nobody's")
    return subject


def account(key: str) -> Account:
    """The account of a persona.

    Raises:
        KeyError: there is no such persona.
    """
    for one in RESIDENTS:
        if one.key == key:
            return Account.objects.get(kind=Account.Kind.CITIZEN, phone=one.phone)
    for official in OFFICIALS:
        if official.key == key:
            return Account.objects.get(username=f"demo.{key}")
    raise KeyError(key)
