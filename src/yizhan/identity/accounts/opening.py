"""Opening accounts of staff 开户."""

from __future__ import annotations

import re

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity import phone as numbers
from yizhan.identity import roles
from yizhan.identity.accounts.passwords import change_password
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit
from yizhan.identity.models.account import USERNAME
from yizhan.identity.models.role import Reach

# The unit and the post of the first administrator, until the directory names better ones.
_OPERATIONS = {"zh": "一站平台运行管理", "en": "Platform Operations"}
_ADMINISTRATOR = {"zh": "系统管理员", "en": "System Administrator"}


def create_first_administrator(username: str, name: str, password: str) -> Account:
    """Make the system administrator of a new platform; a second factor is set up at the first log-in.

    Raises:
        Refused: there is a member of staff already, or the user name is not well formed.
        ValidationError: the password is not accepted.
    """
    with transaction.atomic():
        if Account.objects.filter(kind=Account.Kind.STAFF).exists():
            raise Refused(_("已有工作人员账户；其他管理员请由系统管理员在工作台开设"))
        roles.publish_platform()
        account = create_staff(username, name, by=HOUSE)
        validate_password(password, account)
        change_password(account, password)
        unit = Unit.objects.filter(code="platform").first() or Unit(
            code="platform", name=_OPERATIONS["zh"], name_en=_OPERATIONS["en"], kind=Unit.Kind.SECTION
        ).found(by=HOUSE)
        post = Post.objects.filter(unit=unit, code="system-admin").first() or Post(
            unit=unit, code="system-admin", title=_ADMINISTRATOR["zh"], title_en=_ADMINISTRATOR["en"]
        ).found(by=HOUSE)
        role = Role.objects.get(code="platform.system_admin")
        if not RoleGrant.objects.live().filter(role=role, post=post).exists():
            RoleGrant.give(role, post, Reach.ALL, by=HOUSE, reason=_("平台首次启用"))
        post.appoint(account, by=HOUSE)
    return account


def create_staff(username: str, name: str, *, by: Actor, phone: str = "", email: str = "") -> Account:
    """Open an account for a member of staff; it has no password until its set-up link is used.

    Raises:
        NotAllowed: not the system administrator.
        Refused: the user name is taken or not well formed, or the phone number cannot exist.
    """
    by.require("platform.system_admin")
    low = username.strip().lower()
    if re.fullmatch(USERNAME, low) is None:
        raise Refused(_("用户名须为 3 至 40 位小写字母、数字或 . _ -，并以字母或数字开头"))
    account = Account(
        kind=Account.Kind.STAFF, username=low, phone=numbers.normal(phone) if phone else "", email=email
    )
    account.called(name.strip())
    account.set_unusable_password()
    with transaction.atomic():
        if Account.objects.filter(username=low).exists():
            raise Refused(_("用户名 %(name)s 已被使用") % {"name": low})
        account.save()
        journal.write("account.opened", subject=account.subject, actor=by.key)
    return account


def describe(account: Account, *, by: Actor, name: str, phone: str, email: str) -> None:
    """Correct what is known about a member of staff.

    Raises:
        NotAllowed: not the system administrator.
        Refused: a citizen's account, or the phone number cannot exist.
    """
    by.require("platform.system_admin")
    if not account.is_staff_member:
        raise Refused(_("只能修改工作人员账户的资料"))
    account.called(name)
    account.phone, account.email = numbers.normal(phone) if phone else "", email
    with transaction.atomic():
        account.save(update_fields=["name", "name_sort", "phone", "email"])
        journal.write("account.described", subject=account.subject, actor=by.key)
