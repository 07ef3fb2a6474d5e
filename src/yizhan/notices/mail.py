"""Mail 邮件: handed to the district's SMTP server, or to the sink where none is named.

``MAIL_SERVER`` is an address: ``smtp://user:password@host:25``, ``smtp+tls://…:587`` (STARTTLS) or
``smtps://…:465``.
"""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from yizhan.journal.outbox import Undeliverable
from yizhan.notices import sink
from yizhan.notices.letters import Letter, Receipt
from yizhan.notices.models import Channel

SECONDS = 20
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def status() -> str:
    """What the check-up of the house says about mail."""
    if settings.MAIL_SERVER:
        return _("邮件经 %(host)s 发出") % {"host": urlsplit(settings.MAIL_SERVER).hostname}
    return _("未配置邮件服务器（YIZHAN_MAIL_SERVER），邮件只在本地留存，不会发出")


def carry(letter: Letter) -> Receipt:
    """Hand one mail over. The message's id follows from the key, so that a repetition can be known.

    Raises:
        Undeliverable: the address cannot exist, or the server says so for good (5xx).
        OSError, SMTPException: try again later.
    """
    try:
        validate_email(letter.address)
    except ValidationError as fault:
        raise Undeliverable(_("邮箱地址格式不正确")) from fault
    if not settings.MAIL_SERVER:
        return sink.keep(letter, Channel.MAIL)
    mail = EmailMessage(
        subject=letter.title,
        body=letter.text,
        from_email=sender(),
        to=[letter.address],
        headers={"Message-ID": f"<{letter.key}@{_host()}>", "Auto-Submitted": "auto-generated"},
        connection=_server(),
    )
    try:
        mail.send()
    except SMTPRecipientsRefused as fault:
        code, words = next(iter(fault.recipients.values()))
        if code < 500:
            raise
        raise Undeliverable(f"{code} {words.decode(errors='replace')}") from fault
    return Receipt()


def sender() -> str:
    """Who a mail is from: ``MAIL_SENDER``, or nobody of the house's own host."""
    return str(getattr(settings, "MAIL_SENDER", "")) or f"no-reply@{_host()}"


def _host() -> str:
    return urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"


def _server() -> EmailBackend:
    place = urlsplit(settings.MAIL_SERVER)
    return EmailBackend(
        host=place.hostname,
        port=place.port or _PORTS[place.scheme],
        username=unquote(place.username or ""),
        password=unquote(place.password or ""),
        use_tls=place.scheme == "smtp+tls",
        use_ssl=place.scheme == "smtps",
        timeout=SECONDS,
    )
