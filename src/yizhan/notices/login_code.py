"""Log-in codes by SMS 登录验证码: sent at once, kept nowhere; only a demo's sink shows them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yizhan.identity import phone_code
from yizhan.journal.outbox import Undeliverable
from yizhan.notices import sms
from yizhan.notices.letters import Letter
from yizhan.notices.wording import signed


class CodeNotSent(Exception):
    """No code is on its way; the words say what to do."""


def send_code(phone: str, *, address: str | None = None) -> None:
    """Send a code to a phone, by day and by night.

    Args:
        phone: as typed.
        address: where it is asked from, for the limits of ``phone_code.issue``.

    Raises:
        CodeNotSent: the gateway does not take it, or the house has none and is no demo.
        yizhan.identity.faults.Refused: no such number, or asked for too often.
    """
    if not sms.gateway() and not settings.DEMO:
        raise CodeNotSent(_("短信服务尚未开通，暂时不能用手机号登录"))
    code = phone_code.issue(phone, address=address)
    text = _("登录验证码 %(code)s，5 分钟内有效。工作人员不会向您索要，请勿告诉他人。") % {"code": code}
    letter = Letter(key=f"code-{uuid.uuid4()}", address=phone, text=signed(text, get_language() or ""))
    try:
        sms.carry(letter)
    except (sms.GatewayAway, Undeliverable) as fault:
        raise CodeNotSent(_("短信没有发出，请核对手机号，稍后再试")) from fault
