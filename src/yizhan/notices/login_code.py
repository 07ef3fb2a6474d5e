"""Codes by SMS 短信验证码, to log in or to prove a number: sent at once, kept nowhere; only a demo's sink shows them."""

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


def send_code(phone: str, *, address: str | None = None, purpose: str = phone_code.LOG_IN) -> None:
    """Send a code to a phone, by day and by night.

    Args:
        phone: as typed.
        address: where it is asked from, for the limits of ``phone_code.issue``.
        purpose: what it is to prove, of ``phone_code``.

    Raises:
        CodeNotSent: the gateway does not take it, or the house has none and is no demo.
        yizhan.identity.faults.Refused: no such number, or asked for too often.
    """
    logs_in = purpose == phone_code.LOG_IN
    if not sms.gateway() and not settings.DEMO:
        raise CodeNotSent(
            _("短信服务尚未开通，暂时不能用手机号登录")
            if logs_in
            else _("短信服务尚未开通，暂时不能在网上变更，请到政务服务窗口办理")
        )
    words = (
        _("登录验证码 %(code)s，5 分钟内有效。工作人员不会向您索要，请勿告诉他人。")
        if logs_in
        else _("变更联系方式的验证码 %(code)s，5 分钟内有效。不是您本人操作的，请勿告诉他人。")
    )
    text = words % {"code": phone_code.issue(phone, address=address, purpose=purpose)}
    letter = Letter(key=f"code-{uuid.uuid4()}", address=phone, text=signed(text, get_language() or ""))
    try:
        sms.carry(letter)
    except (sms.GatewayAway, Undeliverable) as fault:
        raise CodeNotSent(_("短信没有发出，请核对手机号，稍后再试")) from fault
