"""The three kinds of files, and how a row of each is entered by the room's own verbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizhan import clock
from yizhan.identity import accounts
from yizhan.identity.actor import Actor
from yizhan.identity.directory import cells
from yizhan.identity.directory.reading import Column
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, Appointment, Post, Unit
from yizhan.identity.models.account import USERNAME
from yizhan.identity.models.unit import CODE

Done = Literal["new", "changed", "same"]
Values = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of file: its columns, how a row is entered, what names a row, and which row it stands upon."""

    name: str
    columns: Sequence[Column]
    enter: Callable[[Values, Actor], Done]
    key: Sequence[str]
    stands_on: str = ""


def _enter_unit(row: Values, by: Actor) -> Done:
    parent = _unit(row["parent"]) if row["parent"] else None
    words = {name: row[name] for name in ("name", "name_en", "short_name")}
    rest = {name: row[name] for name in ("kind", "division", "uscc", "sort")}
    unit = Unit.objects.filter(code=row["code"]).first()
    if unit is None:
        since = {"valid_from": row["valid_from"]} if row["valid_from"] else {}
        Unit(code=row["code"], parent=parent, **words, **rest, **since).found(by=by)
        return "new"
    done: Done = "same"
    if any(getattr(unit, name) != value for name, value in words.items()):
        unit.rename(by=by, **words)
        done = "changed"
    if unit.parent_id != (parent.code if parent else None):
        unit.move(parent, by=by)
        done = "changed"
    if any(getattr(unit, name) != value for name, value in rest.items()):
        unit.describe(by=by, **rest)
        done = "changed"
    return done


def _enter_post(row: Values, by: Actor) -> Done:
    unit = _unit(row["unit"])
    words = {name: row[name] for name in ("title", "title_en", "grade", "is_head")}
    post = Post.objects.filter(unit=unit, code=row["code"]).first()
    if post is None:
        Post(unit=unit, code=row["code"], **words).found(by=by)
        return "new"
    if all(getattr(post, name) == value for name, value in words.items()):
        return "same"
    post.describe(by=by, **words)
    return "changed"


def _enter_staff(row: Values, by: Actor) -> Done:
    post = Post.objects.filter(unit=_unit(row["unit"]), code=row["post"]).first()
    if post is None:
        raise Refused(_("单位 %(unit)s 没有岗位 %(post)s") % {"unit": row["unit"], "post": row["post"]})
    told = {name: row[name] for name in ("name", "phone", "email")}
    account = Account.objects.filter(username=row["username"]).first()
    done: Done = "same"
    if account is None:
        account = accounts.create_staff(row["username"], by=by, **told)
        done = "new"
    elif any(getattr(account, name) != value for name, value in told.items()):
        accounts.describe(account, by=by, **told)
        done = "changed"
    if not _holds(account, post, row):
        since = row["since"] or clock.today()
        post.appoint(account, by=by, kind=row["kind"] or "main", since=since, until=row["until"])
        done = "new"
    return done


def _holds(account: Account, post: Post, row: Values) -> bool:
    """Whether the appointment of a row is there already; a row without a first day means: now."""
    found = Appointment.objects.filter(account=account, post=post, kind=row["kind"] or "main")
    if row["since"] is None:
        return found.live().exists()
    return found.filter(since=row["since"], until=row["until"]).exists()


def _unit(code: str) -> Unit:
    unit = Unit.objects.open().filter(code=code).first()
    if unit is None:
        raise Refused(_("单位 %(code)s 不存在或已撤销") % {"code": code})
    return unit


_DIVISION = cells.matching(r"\d{12}", gettext_lazy("区划代码应为 12 位数字"))
_CODE = cells.matching(CODE, gettext_lazy("代码只能由字母、数字和连字符组成，最长 40 位"))

UNITS = Kind(
    name="units",
    columns=(
        Column("code", gettext_lazy("单位代码"), _CODE, required=True),
        Column("name", gettext_lazy("单位名称"), cells.text(120), required=True),
        Column("name_en", gettext_lazy("英文名称"), cells.text(200)),
        Column("short_name", gettext_lazy("简称"), cells.text(60)),
        Column("kind", gettext_lazy("单位类型"), cells.one_of(Unit.Kind), required=True),
        Column("parent", gettext_lazy("上级单位代码"), _CODE),
        Column("division", gettext_lazy("区划代码"), _DIVISION),
        Column("uscc", gettext_lazy("统一社会信用代码"), cells.social_credit_code),
        Column("sort", gettext_lazy("排序"), cells.whole_number),
        Column("valid_from", gettext_lazy("成立日期"), cells.day),
    ),
    enter=_enter_unit,
    key=("code",),
    stands_on="parent",
)
POSTS = Kind(
    name="posts",
    columns=(
        Column("unit", gettext_lazy("单位代码"), _CODE, required=True),
        Column("code", gettext_lazy("岗位代码"), _CODE, required=True),
        Column("title", gettext_lazy("岗位名称"), cells.text(60), required=True),
        Column("title_en", gettext_lazy("英文名称"), cells.text(120)),
        Column("grade", gettext_lazy("职级"), cells.text(40)),
        Column("is_head", gettext_lazy("是否负责人"), cells.yes_or_no),
    ),
    enter=_enter_post,
    key=("unit", "code"),
)
STAFF = Kind(
    name="staff",
    columns=(
        Column(
            "username",
            gettext_lazy("用户名"),
            cells.matching(
                USERNAME, gettext_lazy("用户名须为 3 至 40 位小写字母、数字或 . _ -，并以字母或数字开头")
            ),
            required=True,
        ),
        Column("name", gettext_lazy("姓名"), cells.text(80), required=True),
        Column("unit", gettext_lazy("单位代码"), _CODE, required=True),
        Column("post", gettext_lazy("岗位代码"), _CODE, required=True),
        Column("kind", gettext_lazy("任职类型"), cells.one_of(Appointment.Kind)),
        Column("since", gettext_lazy("任职日期"), cells.day),
        Column("until", gettext_lazy("到期日期"), cells.day),
        Column("phone", gettext_lazy("手机号码"), cells.phone),
        Column("email", gettext_lazy("电子邮箱"), cells.email),
    ),
    enter=_enter_staff,
    key=("username", "unit", "post", "since"),
)
