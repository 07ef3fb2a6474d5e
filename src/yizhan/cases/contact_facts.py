"""How somebody wants to be reached 联系方式, for forms: what the person named and proved, else what is registered.

It is looked up for the purpose of the application, as the registers' facts are; what the purpose does not open is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from yizhan.calendar.deadlines import day_of
from yizhan.cases.subjects import is_company
from yizhan.registry import contacts, sight
from yizhan.registry.facts import Fact
from yizhan.registry.purposes import Purpose
from yizhan.releases.words import Text

SOURCE = "contact"
PHONE, MAIL, ADDRESS = "contact.phone", "contact.mail", "contact.address"
KEYS = (PHONE, MAIL, ADDRESS)
_SAID = Text(zh="本人确认的联系方式", en="contact details confirmed by the person")
_REGISTERED: Mapping[str, str] = MappingProxyType({PHONE: "person.phone", ADDRESS: "residence.address"})


def registered(keys: Iterable[str], subject: str) -> list[str]:
    """What of the population register stands in where the person named nothing."""
    return [] if is_company(subject) else [_REGISTERED[key] for key in keys if key in _REGISTERED]


def known(
    subject: str, keys: Iterable[str], found: Mapping[str, Fact], *, purpose: Purpose
) -> dict[str, Fact]:
    """The values of these keys; none for a company.

    Args:
        subject: of the application.
        keys: of :data:`KEYS`.
        found: what the register says of the keys of :func:`registered`.
        purpose: why.
    """
    wanted = list(keys)
    if not wanted or is_company(subject):
        return dict.fromkeys(wanted, Fact(None, None, None, masked=False))
    present = contacts.present(contacts.of(sight.look(subject, purpose=purpose)))
    return {key: _said(present.get(key.partition(".")[2])) or _opened(found, key) for key in wanted}


def _said(one: contacts.Contact | None) -> Fact | None:
    if one is None or one.masked:
        return None
    return Fact(one.value, _SAID, day_of(one.since), masked=False)


def _opened(found: Mapping[str, Fact], key: str) -> Fact:
    fact = found.get(_REGISTERED.get(key, ""))
    return fact if fact is not None and not fact.masked else Fact(None, None, None, masked=False)
