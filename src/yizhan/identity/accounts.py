"""Opening, changing and closing accounts 账户."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.codes import identity_number
from yizhan.identity import phone as numbers
from yizhan.identity import roles, sessions
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, Post, Role, RoleGrant, SetUpLink, Unit
from yizhan.identity.models.account import USERNAME
from yizhan.identity.models.role import Reach

RESIDENT_ID = "111"
"""Resident identity card 居民身份证, as type of document (GA/T 2000.156)."""
LINK_GOOD_FOR = timedelta(days=3)
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


def make_set_up_link(account: Account, *, by: Actor) -> str:
    """The secret of a link, good once and for three days, with which the person chooses a password.

    An earlier link of the account is void. Only here is the secret ever seen: its hash is kept. The
    page stands at ``/staff/set-up/<secret>``.

    Raises:
        NotAllowed: not the system administrator.
        Refused: not a member of staff's account, or it is closed.
    """
    by.require("platform.system_admin")
    if not account.is_staff_member or not account.is_active:
        raise Refused(_("只能为在用的工作人员账户生成开通链接"))
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        SetUpLink.objects.filter(account=account, used_at=None, expires_at__gt=now).update(expires_at=now)
        SetUpLink.objects.create(
            hash=_hash(secret), account=account, made_by=by.key, expires_at=now + LINK_GOOD_FOR
        )
        journal.write("account.set_up_link_made", subject=account.subject, actor=by.key)
    return secret


def behind_set_up_link(secret: str) -> Account | None:
    """Whose link it is, as long as it is good."""
    link = (
        SetUpLink.objects.select_related("account")
        .filter(hash=_hash(secret), used_at=None, expires_at__gt=timezone.now(), account__is_active=True)
        .first()
    )
    return link.account if link else None


def set_up(secret: str, password: str) -> Account:
    """Choose a password by a set-up link; the link is spent.

    Raises:
        Refused: the link is unknown, spent or too old.
        ValidationError: the password is not accepted.
    """
    with transaction.atomic():
        SetUpLink.objects.select_for_update().filter(hash=_hash(secret)).first()
        account = behind_set_up_link(secret)
        if account is None:
            raise Refused(_("链接无效、已使用或已过期，请联系本单位管理员重新生成"))
        validate_password(password, account)
        SetUpLink.objects.filter(hash=_hash(secret)).update(used_at=timezone.now())
        change_password(account, password)
    return account


def change_password(account: Account, password: str) -> None:
    """Set a password that was accepted before; every session of the account ends."""
    account.set_password(password)
    account.password_changed_at = timezone.now()
    with transaction.atomic():
        account.save(update_fields=["password", "password_changed_at"])
        sessions.end_all(account)
        journal.write("account.password_changed", subject=account.subject, actor=account.subject)


def deactivate(account: Account, *, by: Actor, reason: str) -> None:
    """Close an account at once: sessions, appointments and received delegations end; nothing is deleted.

    Raises:
        NotAllowed: not the system administrator.
        Refused: one's own account, or no reason.
    """
    by.require("platform.system_admin")
    if by.account_id == account.pk:
        raise Refused(_("不能停用本人的账户"))
    if not reason.strip():
        raise Refused(_("请填写停用事由"))
    with transaction.atomic():
        sessions.end_all(account, by=by)
        for appointment in account.appointments.live():
            appointment.end(by=by)
        for delegation in account.received.live():
            delegation.end(by=by)
        account.is_active = False
        account.save(update_fields=["is_active"])
        journal.write("account.closed", subject=account.subject, actor=by.key, reason=reason)


def verify_real_name(
    account: Account, name: str, document_number: str, *, matched: bool, document_type: str = RESIDENT_ID
) -> bool:
    """Note that a citizen's name and number were looked up in the register, and whether they matched.

    Args:
        account: a citizen's.
        name: as the register has it.
        document_number: of the document; an old one of 15 digits is kept in its present form.
        matched: what the room that asked the register found.
        document_type: GA/T 2000.156; a resident's identity card unless another is named.

    Returns:
        Whether the account is verified now.

    Raises:
        Refused: another account is verified with this document; a window can bring them together.
    """
    if not matched:
        journal.write("account.real_name_not_matched", subject=account.subject, actor=account.subject)
        return False
    number = document_number.strip().upper()
    if document_type == RESIDENT_ID:
        number = identity_number.read(number).number
    account.called(name)
    account.document_type, account.document_number = document_type, number
    account.assurance = max(account.assurance, Account.Assurance.MATCHED)
    try:
        with transaction.atomic():
            account.save(update_fields=["name", "name_sort", "document_type", "document_number", "assurance"])
            journal.write("account.real_name_verified", subject=account.subject, actor=account.subject)
    except IntegrityError as fault:
        raise Refused(
            _("该证件已在另一账户完成实名认证。如手机号已更换，请携证件到政务服务窗口办理换绑")
        ) from fault
    return True


def seen_face_to_face(account: Account, *, by: Actor) -> None:
    """Note that a window clerk saw a verified citizen with the document: assurance 2.

    Raises:
        NotAllowed: not a window clerk.
        Refused: the real name is not verified yet.
    """
    by.require("platform.window_clerk")
    if account.assurance < Account.Assurance.MATCHED:
        raise Refused(_("请先完成实名认证"))
    account.assurance = max(account.assurance, Account.Assurance.FACE_TO_FACE)
    with transaction.atomic():
        account.save(update_fields=["assurance"])
        journal.write("account.seen_face_to_face", subject=account.subject, actor=by.key)


def replace_phone(account: Account, phone: str, *, by: Actor) -> None:
    """Give a citizen's account another phone number, at a window; all its sessions end.

    Raises:
        NotAllowed: not a window clerk.
        Refused: the number cannot exist, or another account bears it.
    """
    by.require("platform.window_clerk")
    account.phone = numbers.normal(phone)
    try:
        with transaction.atomic():
            account.save(update_fields=["phone"])
            sessions.end_all(account, by=by)
            journal.write("account.phone_replaced", subject=account.subject, actor=by.key)
    except IntegrityError as fault:
        raise Refused(_("该手机号已有账户使用")) from fault


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
