"""Acts of looking that are counted by themselves: opening a whole file, unmasking, taking data away 查阅行为.

Whether they are allowed is decided by reviewed functions of the database (``registry_open_file``, ``registry_unmask``,
``registry_export``): they ask for a recent proof of who acts and a purpose, and count by the table of quotas. What was not
unmasked there stays masked, whatever a page forgets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from yizhan.journal import access
from yizhan.registry.catalogue import CATEGORIES
from yizhan.registry.facts import person_id
from yizhan.registry.faults import NotHere, Refused, UnknownKey
from yizhan.registry.purposes import Purpose

FILE = "person.file"


def open_file(subject: str, *, purpose: Purpose) -> None:
    """Begin to look at all that is known of one person 一人一档; the values follow through ``facts``.

    Raises:
        NotHere: no such person in the present scope.
        Refused: the post opens no records, or the day's files are used up.
    """
    access.saw([subject], [FILE], purpose=str(purpose))
    _asked(subject, "registry_open_file(%s)", [person_id(subject)])


def unmask(subject: str, categories: Iterable[str], *, purpose: Purpose) -> None:
    """Show some categories of a person in full 查看全文, for the rest of the transaction.

    Raises:
        UnknownKey: no such category.
        NotHere: no such person in the present scope.
        Refused: the post opens no records, nobody proved again who acts, or the day's number is used up.
    """
    wanted = list(dict.fromkeys(categories))
    for name in wanted:
        if name not in CATEGORIES:
            raise UnknownKey(f"the register has no category {name!r}")
    keys = [key for name in wanted for key in CATEGORIES[name][1]]
    access.saw([subject], keys, purpose=str(purpose), action="unmask")
    _asked(subject, "registry_unmask(%s, %s::text[], %s)", [person_id(subject), wanted, str(purpose)])


def export(subjects: Iterable[str], fields: Iterable[str], *, purpose: Purpose) -> None:
    """Take data of persons away 导出, masked as they are shown; also one's own.

    Raises:
        Refused: the post opens no records, nobody proved again who acts, or the day's number is used up.
    """
    access.saw(subjects, fields, purpose=str(purpose), action="export")
    _asked("", "registry_export(%s)", [str(purpose)])


def _asked(subject: str, call: str, arguments: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {call}", arguments)
        (state,) = cursor.fetchone() or ("not_allowed",)
    if state == "not_here":
        raise NotHere(subject)
    if state != "ok":
        raise Refused(_words()[state])


def _words() -> dict[str, str]:
    return {
        "not_allowed": _("您的岗位没有查询人员信息的权限。"),
        "not_proved": _("查看全文、导出前须重新验证身份，验证后五分钟内有效。"),
        "no_purpose": _("请先说明查询事由。"),
        "too_many": _("今天的次数已用完，请明天再试；确有需要的，请联系安全管理员调整限额。"),
    }
