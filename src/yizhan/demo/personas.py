"""The people one can be 以谁的身份试用: some thirty, each with something to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

from yizhan.demo import organisation
from yizhan.demo.organisation import GOVERNMENT, Place
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


@dataclass(frozen=True)
class Persona:
    """One person one can be."""

    key: str
    name: str
    who: Text
    todo: Text


@dataclass(frozen=True)
class Resident(Persona):
    """A resident with an account; known by name, or still to be."""

    phone: str
    age: int
    woman: bool
    committee: str
    known: bool = True
    comes_with: Literal["people", "companies", "families"] = "people"
    """With which part of the demo the person is entered; the first loading of a district knew the people only."""


@dataclass(frozen=True)
class Official(Persona):
    """A member of staff in a post."""

    place: Place
    comes_with: Literal["people", "restaurants", "families", "reviewers", "registers", "rights", "laws"] = (
        "people"
    )
    """With which part of the demo the official is employed; the first loading of a district knew the people only."""


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

_J3, _MZ = f"{GOVERNMENT}-j003", f"{GOVERNMENT}-mz"
_SCJ = f"{GOVERNMENT}-scj"
OFFICIALS: tuple[Official, ...] = (
    Official(
        "window", "林晓岚",
        Text(zh="北京街政务服务中心，综合窗口", en="Window clerk, Beijing Sub-district"),
        Text(zh="在窗口为老人代办，只用键盘", en="Applies for an old person at the window, keyboard only"),
        Place(f"{_J3}-ck", "lin", "综合窗口 3 号", "Window 3",
              roles=(("platform.window_clerk", "own_unit"), ("elderly_allowance.clerk", "area"))),
    ),
    Official(
        "clerk", "何志强",
        Text(zh="北京街道办事处，民政专干", en="Civil-affairs officer, Beijing Sub-district"),
        Text(zh="受理、要求补正、初审", en="Accepts, asks for what is missing, reviews"),
        Place(_J3, "he", "民政专干", "Civil-affairs officer", roles=(("elderly_allowance.clerk", "own_unit"),)),
    ),
    Official(
        "approver", "周慧敏",
        Text(zh="区民政局养老服务科，审定", en="Elderly services, Civil Affairs Bureau"),
        Text(zh="审定、退回、不予发放并说明理由；回访核实差评", en="Decides, with reasons; calls back after bad ratings"),
        Place(f"{_MZ}-1", "zhou", "一级主任科员", "Principal officer", roles=(("elderly_allowance.approver", "all"),)),
    ),
    Official(
        "payer", "苏敏仪",
        Text(zh="区民政局，津贴发放专员", en="Payments officer, Civil Affairs Bureau"),
        Text(zh="核对、关账、导出高龄津贴和低保金每月发放名册",
             en="Checks, closes and exports the monthly payment lists"),
        Place(_MZ, "su", "津贴发放专员", "Payments officer", roles=(("elderly_allowance.payer", "own_unit"),)),
    ),
    Official(
        "leader", "梁国栋",
        Text(zh="区民政局副局长", en="Deputy director, Civil Affairs Bureau"),
        Text(zh="看什么超期、在谁手里，差评有没有整改", en="Sees what is late, with whom, and which bad ratings wait"),
        Place(_MZ, "liang", "副局长", "Deputy director",
              roles=(("platform.leader", "all"), ("platform.supervisor", "all"))),
    ),
    Official(
        "system", "邓文博",
        Text(zh="系统管理员", en="System administrator"),
        Text(zh="单位、岗位、人员、运行情况", en="Units, posts, accounts, how the house runs"),
        Place(f"{GOVERNMENT}-zsj-2", "deng", "系统管理员", "System administrator",
              roles=(("platform.system_admin", "all"),)),
    ),
    Official(
        "security", "谢静雯",
        Text(zh="安全管理员", en="Security administrator"),
        Text(zh="给岗位授权、收回", en="Gives roles to posts, takes them back"),
        Place(f"{GOVERNMENT}-zsj-2", "xie", "安全管理员", "Security administrator",
              roles=(("platform.security_admin", "all"),)),
    ),
    Official(
        "audit", "罗永康",
        Text(zh="审计管理员", en="Audit administrator"),
        Text(zh="看谁查阅过个人信息、为了什么", en="Sees who looked at personal data, and why"),
        Place(f"{GOVERNMENT}-sjj-1", "luo", "审计管理员", "Audit administrator",
              roles=(("platform.audit_admin", "all"),)),
    ),
    Official(
        "lead", "黎文珊",
        Text(zh="区市场监督管理局，一件事专窗", en="Joint services, Market Supervision Bureau"),
        Text(zh="受理开办小餐饮店，送各部门并联审查", en="Accepts applications for restaurants, sends them on"),
        Place(_SCJ, "li", "一件事专窗", "Joint services window", roles=(("small_restaurant.clerk", "own_unit"),)),
        comes_with="restaurants",
    ),
    Official(
        "lead_head", "陆振邦",
        Text(zh="区市场监督管理局副局长", en="Deputy director, Market Supervision Bureau"),
        Text(zh="汇总各部门意见，审定；增减会办单位、督办", en="Merges the opinions and decides; adds departments"),
        Place(_SCJ, "lu", "副局长", "Deputy director",
              roles=(("small_restaurant.approver", "own_unit"), ("platform.leader", "unit_subtree"))),
        comes_with="restaurants",
    ),
    Official(
        "food", "许洁仪",
        Text(zh="区市场监督管理局食品安全科", en="Food Safety Section, Market Supervision Bureau"),
        Text(zh="审查餐饮店的布局、流程和设施", en="Reviews layout, work and equipment of restaurants"),
        Place(f"{_SCJ}-2", "xu", "食品安全监督员", "Food safety officer",
              roles=(("small_restaurant.reviewer", "own_unit"),)),
        comes_with="restaurants",
    ),
    Official(
        "ecology", "简文辉",
        Text(zh="生态环境局越秀分局，建设项目管理", en="Ecology and Environment Bureau"),
        Text(zh="审查油烟净化和排放，要求补正", en="Reviews how fumes are cleaned and let out; asks for what is missing"),
        Place(f"{GOVERNMENT}-sth", "jian", "环境监督员", "Environment officer",
              roles=(("small_restaurant.reviewer", "own_unit"),)),
        comes_with="restaurants",
    ),
    Official(
        "fire", "关志峰",
        Text(zh="区消防救援大队，防火监督", en="Fire prevention, Fire and Rescue Brigade"),
        Text(zh="审查消防部分，组织两人现场核查", en="Reviews fire safety; two inspect on site"),
        Place(f"{GOVERNMENT}-xfd", "guan", "防火监督员", "Fire inspector",
              roles=(("small_restaurant.reviewer", "own_unit"),)),
        comes_with="restaurants",
    ),
    Official(
        "fire_second", "邵国华",
        Text(zh="区消防救援大队，防火监督", en="Second inspector, Fire and Rescue Brigade"),
        Text(zh="现场核查的第二人，确认核查记录", en="Confirms what was found on site"),
        Place(f"{GOVERNMENT}-xfd", "shao", "防火监督员", "Fire inspector",
              roles=(("small_restaurant.reviewer", "own_unit"),)),
        comes_with="reviewers",
    ),
    Official(
        "health", "余佩珊",
        Text(zh="区卫生健康局，公共场所卫生", en="Public hygiene, Health Bureau"),
        Text(zh="会办使用集中空调的餐饮店", en="Reviews restaurants with central ventilation"),
        Place(f"{GOVERNMENT}-wjj", "yu", "卫生监督员", "Hygiene officer",
              roles=(("small_restaurant.reviewer", "own_unit"),)),
        comes_with="reviewers",
    ),
    Official(
        "works", "罗建平",
        Text(zh="区住房和建设局，建设管理", en="Construction, Housing and Construction Bureau"),
        Text(zh="会办改造装修的餐饮店", en="Reviews restaurants that are converted"),
        Place(f"{GOVERNMENT}-zjj", "luo", "建设管理员", "Construction officer",
              roles=(("small_restaurant.reviewer", "own_unit"),)),
        comes_with="reviewers",
    ),
    Official(
        "signs", "冯启明",
        Text(zh="区城市管理和综合执法局，市容管理", en="City appearance, Urban Management Bureau"),
        Text(zh="会办餐饮店招牌；办理户外招牌设置", en="Reviews restaurants' signboards; handles signboard permits"),
        Place(f"{GOVERNMENT}-cgj", "feng", "市容管理员", "City appearance officer",
              roles=(("small_restaurant.reviewer", "own_unit"), ("outdoor_sign.clerk", "own_unit"))),
        comes_with="restaurants",
    ),
    Official(
        "relief", "高远航",
        Text(zh="区民政局社会救助科，低保审核确认", en="Social Assistance Section, Civil Affairs Bureau"),
        Text(zh="公示期满后 10 个工作日内确认或不予确认低保", en="Confirms or refuses the allowance"),
        Place(f"{_MZ}-2", "gao", "一级主任科员", "Principal officer",
              roles=(("subsistence_allowance.approver", "all"),)),
        comes_with="families",
    ),
    Official(
        "register", "潘秀文",
        Text(zh="越秀公安分局人口管理大队，登记数据管理员", en="Keeper of the population register, police"),
        Text(zh="导入常住人口登记的数据，先预览，导错了可以撤销",
             en="Enters files of the population register: looks first, undoes what was wrong"),
        Place(f"{GOVERNMENT}-gaj", "pan", "登记数据管理员", "Keeper of the register",
              roles=(("platform.register_keeper", "area"),)),
        comes_with="registers",
    ),
    Official(
        "companies", "温绍棠",
        Text(zh="区市场监督管理局，法人登记数据管理员", en="Keeper of the company register, market regulator"),
        Text(zh="登记企业的变更、更正、住所迁移和注销，导入法人登记的数据",
             en="Enters what happens to companies, and files of the company register"),
        Place(f"{GOVERNMENT}-scj", "wen", "登记数据管理员", "Keeper of the register",
              roles=(("platform.register_keeper", "area"),)),
        comes_with="registers",
    ),
    Official(
        "licences", "岑嘉仪",
        Text(zh="区市场监督管理局，证照管理员", en="Keeper of licences, market regulator"),
        Text(zh="查看本单位核发的证照，有理由的暂停、恢复、撤销、补发",
             en="Sees licences that the bureau issued; with reasons suspends, resumes, revokes and reissues them"),
        Place(f"{GOVERNMENT}-scj", "cen", "证照管理员", "Licence keeper", roles=(("platform.licence_keeper", "own_unit"),)),
        comes_with="registers",
    ),
    Official(
        "objection", "欧阳静",
        Text(zh="越秀公安分局人口管理大队，登记信息异议核实", en="Objections to the population register, police"),
        Text(zh="核实居民对本人登记信息的异议：更正登记，或者说明理由维持原登记",
             en="Looks into what residents say is wrong on record: corrects it, or keeps it with reasons"),
        Place(f"{GOVERNMENT}-gaj", "ouyang", "户籍档案管理员", "Keeper of household records",
              roles=(("register_objection.handler", "own_unit"),)),
        comes_with="rights",
    ),
    Official(
        "laws", "卓文澜",
        Text(zh="区民政局，规范性文件登记", en="Keeper of policy documents, Civil Affairs Bureau"),
        Text(zh="登记、修订、废止本单位的政策文件，看哪些事项的依据待修订",
             en="Enters, revises and ends the bureau's policies; sees which services rest on what holds no more"),
        Place(_MZ, "zhuo", "规范性文件管理员", "Keeper of policy documents", roles=(("platform.register_keeper", "area"),)),
        comes_with="laws",
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
