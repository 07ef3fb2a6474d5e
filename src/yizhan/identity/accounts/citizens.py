"""Citizens' accounts: real name, face to face, another phone. They open by phone code (``phone_code.py``)."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.codes import identity_number
from yizhan.identity import phone as numbers
from yizhan.identity import presences
from yizhan.identity.actor import Actor
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, Presence

RESIDENT_ID = "111"
"""Resident identity card 居民身份证, as type of document (GA/T 2000.156)."""


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


def speak(account: Account, language: str) -> None:
    """Choose the language in which a citizen is told things, one of the house's.

    Raises:
        ValueError: the house does not speak it.
    """
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"nobody speaks {language}")
    account.language = language
    account.save(update_fields=["language"])


def give_up_document(account: Account, *, by: Actor) -> None:
    """Take a document from a citizen's account that turned out to be another person's; its sessions end.

    What hangs on the document, cases and the entry in the register, is seen by this account no more.

    Raises:
        NotAllowed: not a window clerk.
    """
    by.require("platform.window_clerk")
    account.document_type, account.document_number = "", ""
    account.assurance = Account.Assurance.PHONE
    with transaction.atomic():
        account.save(update_fields=["document_type", "document_number", "assurance"])
        presences.end_all(account, by=by)
        journal.write("account.document_given_up", subject=account.subject, actor=by.key)


def replace_phone(account: Account, phone: str, *, by: Actor) -> None:
    """Give a citizen's account another phone number, at a window; all its sessions end.

    Raises:
        NotAllowed: not a window clerk.
        Refused: the number cannot exist, or another account bears it.
    """
    by.require("platform.window_clerk")
    _replace_phone(account, phone, by=by.key)
    presences.end_all(account, by=by)


def change_own_phone(account: Account, phone: str, *, here: Presence) -> None:
    """Have a citizen log in by another number, which the caller has seen proved, as the present one; other sessions end.

    Raises:
        Refused: the number cannot exist, or another account bears it.
    """
    _replace_phone(account, phone, by=account.subject)
    presences.end_all(account, but=here)


def _replace_phone(account: Account, phone: str, *, by: str) -> None:
    account.phone = numbers.normal(phone)
    try:
        with transaction.atomic():
            account.save(update_fields=["phone"])
            journal.write("account.phone_replaced", subject=account.subject, actor=by)
    except IntegrityError as fault:
        account.refresh_from_db(fields=["phone"])
        raise Refused(_("该手机号已有账户使用")) from fault
