"""Whom a message is for 收件人."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from yizhan.identity.models import Account
from yizhan.notices.models import Channel


@dataclass(frozen=True)
class Recipient:
    """Somebody who can be told something: an account, or a phone or mail address alone.

    ``account`` is an account's number in identity; None for somebody without one.
    """

    account: int | None = None
    phone: str = ""
    mail: str = ""
    language: str = settings.LANGUAGE_CODE

    @classmethod
    def of(cls, to: Account | Recipient) -> Recipient:
        """An account with its own addresses; a recipient as it is."""
        if isinstance(to, Recipient):
            return to
        return cls(account=to.pk, phone=to.phone, mail=to.email, language=to.language)

    def address(self, channel: str) -> str:
        """Where the recipient is reached on a channel; empty where nowhere."""
        inbox = f"account:{self.account}" if self.account is not None else ""
        return {Channel.APP: inbox, Channel.SMS: self.phone, Channel.MAIL: self.mail}[Channel(channel)]
