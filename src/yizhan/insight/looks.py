"""Who looked at personal data, and why 查阅记录: the access log in words, newest first, for the audit administrator.

An auditor opens no personal data: of a look one is told at how many people, never at whom; of residents, who look at
their own, no name either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Account, Post
from yizhan.journal.models import Access
from yizhan.registry.catalogue import CATALOGUE
from yizhan.ui.language import local

AUDITORS = ("platform.audit_admin",)
SECURITY = "platform.security_admin"
LEADER = "platform.leader"
WATCHERS = (*AUDITORS, SECURITY, LEADER)
"""Who is told of looks that deserve attention: the security administrator, and the leader of the unit that looked."""
PER_PAGE = 50


@dataclass(frozen=True)
class Look:
    """One look.

    Attributes:
        who: the name of a member of staff, or the house itself; empty for a resident.
        post: the unit and post acted in; empty for a resident.
        on_behalf_of: whose work it was, where it was delegated.
        action: what was done, in words.
        case: the number of the case it was for; empty where another reason is given.
        reason: why, in words; empty where it was for a case.
        persons: at how many people or companies.
        marks: why it deserves attention, in words.
        what: which items, in words.
        address: from where; empty where that is not known.
    """

    at: datetime
    who: str
    post: str
    on_behalf_of: str
    action: str
    case: str
    reason: str
    persons: int
    marks: list[str]
    what: list[str]
    address: str


@dataclass(frozen=True)
class Page:
    """Some looks; the next page lies below the number ``below``, None on the last."""

    looks: list[Look]
    below: int | None


def page(
    by: Actor, *, who: str = "", case: str = "", marked_only: bool = False, below: int | None = None
) -> Page:
    """A page of looks, newest first; four statements.

    Args:
        by: the auditor.
        who: only those of the staff of exactly this name or user name.
        case: only those for the case of this number.
        marked_only: only those that deserve attention.
        below: where the page before ended.

    Raises:
        NotAllowed: somebody else asks.
    """
    by.require(*(WATCHERS if marked_only else AUDITORS))
    found = Access.objects.order_by("-id")
    if who:
        named = Account.objects.filter(Q(name=who) | Q(username=who), kind=Account.Kind.STAFF)
        found = found.filter(account__in=[one.subject for one in named])
    if case:
        found = found.filter(purpose=f"case:{case}")
    if marked_only:
        found = found.exclude(marks=[])
        if not any(by.holds(role) for role in (*AUDITORS, SECURITY)):
            found = found.filter(post__in=_posts_led(by))
    if below is not None:
        found = found.filter(id__lt=below)
    lines = list(found[: PER_PAGE + 1])
    more = len(lines) > PER_PAGE
    shown = lines[:PER_PAGE]
    names, posts = _names(shown), _posts(shown)
    return Page([_look(line, names, posts) for line in shown], shown[-1].pk if more else None)


def _posts_led(by: Actor) -> list[str]:
    """The posts, by their keys, of the units that somebody leads."""
    led = Q(pk__in=[])
    for grant in by.grants_of(LEADER):
        if grant.reach == "all":
            led = Q()
            break
        led |= (
            Q(unit__path=grant.unit_path)
            if grant.reach == "own_unit"
            else Q(unit__path__startswith=grant.unit_path)
        )
        if grant.reach == "area" and grant.area:
            led |= Q(unit__division__startswith=grant.area)
    return [f"post:{key}" for key in Post.objects.filter(led).values_list("id", flat=True)]


def _names(lines: list[Access]) -> dict[str, str]:
    """The names of staff by their keys; residents have none here."""
    keys = {key for line in lines for key in (line.account, line.on_behalf_of)}
    found = Account.objects.filter(id__in=_numbers(keys, "account:"), kind=Account.Kind.STAFF)
    return {one.subject: one.name for one in found}


def _posts(lines: list[Access]) -> dict[str, str]:
    found = Post.objects.filter(id__in=_numbers({line.post for line in lines}, "post:")).select_related(
        "unit__parent"
    )
    return {f"post:{one.pk}": f"{one.unit.full_name} {one}" for one in found}


def _numbers(keys: set[str], kind: str) -> list[int]:
    return [int(key.removeprefix(kind)) for key in keys if key.startswith(kind)]


def _look(line: Access, names: dict[str, str], posts: dict[str, str]) -> Look:
    kind, _colon, words = line.purpose.partition(":")
    drafting = kind == "case" and words.startswith("draft ")
    return Look(
        at=line.at,
        who=_(HOUSE.name) if line.account == HOUSE.key else names.get(line.account, ""),
        post=posts.get(line.post, ""),
        on_behalf_of=names.get(line.on_behalf_of, ""),
        action=did(line.action),
        case=words if kind == "case" and not drafting else "",
        reason=_("填写申请") if drafting else _("查阅本人信息") if kind == "own" else words,
        persons=len(line.subjects),
        marks=[marked(one) for one in line.marks],
        what=[item(key) for key in line.fields],
        address=line.address or "",
    )


def why(purpose: str) -> str:
    """The purpose of a look, in words."""
    kind, _colon, words = purpose.partition(":")
    if kind == "case":
        return _("填写申请") if words.startswith("draft ") else _("办理 %(number)s") % {"number": words}
    return _("查阅本人信息") if kind == "own" else words


def marked(mark: str) -> str:
    """Why a look deserves attention, in words."""
    return {
        "protected": _("重点保护人员"),
        "colleague": _("工作人员"),
        "relative": _("查阅人亲属"),
        "self": _("查阅人本人"),
    }.get(mark, mark)


def did(action: str) -> str:
    """What was done, in words."""
    actions = {"search": _("检索"), "export": _("导出"), "unmask": _("查看全文"), "enter": _("变更登记")}
    return actions.get(action, _("查看"))


def item(key: str) -> str:
    """What was looked at, in words."""
    if key in CATALOGUE:
        return local(CATALOGUE[key].meaning)
    return {
        "application": _("申报内容"),
        "attachment": _("附件"),
        "progress": _("办理进度"),
        "name": _("姓名"),
        "sex": _("性别"),
        "born": _("出生日期"),
        "id_number": _("证件号码"),
        "phone": _("联系电话"),
        "words": _("评价内容"),
        "household.relation": _("家庭关系"),
        "agents": _("企业经办人"),
        "representative": _("法定代表人"),
        "amount": _("金额"),
        "account_holder": _("户名"),
        "account_bank": _("开户银行"),
        "account_number": _("银行账号"),
        "person.file": _("一人一档"),
        "person.history": _("历史登记"),
        "person.contacts": _("联系方式"),
        "person.events": _("人口变动"),
        "person.relatives": _("亲属关系"),
        "person.means": _("收入财产"),
    }.get(key, key)
