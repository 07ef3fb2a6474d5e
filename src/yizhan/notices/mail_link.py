"""The mail that asks whether an address is right 邮箱确认: sent at once, like a log-in code."""

from __future__ import annotations

import uuid
from smtplib import SMTPException

from django.conf import settings
from django.utils.translation import gettext as _

from yizhan.journal.outbox import Undeliverable
from yizhan.notices import mail
from yizhan.notices.letters import Letter


class MailNotSent(Exception):
    """No mail is on its way; the words say what to do."""


def available() -> bool:
    """Whether mail leaves the house, or is shown in a demo's sink."""
    return bool(settings.MAIL_SERVER) or settings.DEMO


def send_link(address: str, link: str) -> None:
    """Send the link that confirms an address.

    Raises:
        MailNotSent: the house has no mail server, or it does not take the mail.
    """
    if not available():
        raise MailNotSent(_("邮件服务尚未开通，暂时不能用邮箱接收通知"))
    told = _("有人在政务服务网填写了这个邮箱，用来接收办事通知。如果是您本人，请在 24 小时内登录后打开：")
    text = f"{told}\n\n{link}\n\n" + _("如果不是您本人，不用理会这封邮件。")
    letter = Letter(key=f"mail-{uuid.uuid4()}", address=address, title=_("请确认您的邮箱"), text=text)
    try:
        mail.carry(letter)
    except (OSError, SMTPException, Undeliverable) as fault:
        raise MailNotSent(_("邮件没有发出，请核对邮箱地址，稍后再试")) from fault
