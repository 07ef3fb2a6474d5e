"""What is known of whoever applies online 办理人: name and phone of the account, for companies' forms.

A company's application names who handles it. At a window nothing is known of whoever stands there, so it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from yizhan.identity.actor import Actor
from yizhan.identity.models import Account
from yizhan.registry.facts import Fact
from yizhan.releases.words import Text

NAME, PHONE = "account.name", "account.phone"
KEYS = (NAME, PHONE)
_SOURCE = Text(zh="实名账号", en="verified account")


def known(by: Actor, keys: Iterable[str]) -> dict[str, Fact]:
    """The values of these keys; unknown for staff."""
    wanted = list(keys)
    account = Account.objects.filter(id=by.account_id or 0).first() if wanted and by.is_citizen else None
    values = {NAME: account.name, PHONE: account.phone} if account else {}
    return {key: Fact(values.get(key) or None, _SOURCE, None, masked=False) for key in wanted}
