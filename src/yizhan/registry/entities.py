"""Legal persons and who acts for them 法人与经办人: what the register says, and mandates given on its word.

The legal representative is whom the register names; she gives and revokes mandates. An agent may lay his down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.codes import uscc as credit_codes
from yizhan.identity import phone as numbers
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account, Mandate
from yizhan.journal import access
from yizhan.registry.entity_entering import NO_DETAILS, Details, enter
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import Entity
from yizhan.registry.purposes import Own, Purpose

__all__ = [
    "NO_DETAILS", "Details", "Found", "acted_for", "enter", "find", "give_mandate", "mandates_of", "may_apply",
    "of_representative", "own_subjects", "represented", "revoke_mandate", "to_apply_for",
]  # fmt: skip

_MOST = 200


@dataclass(frozen=True)
class Found:
    """What came of a look-up: ``found``, ``none``, ``too_many`` or ``not_allowed``; the subject that was found."""

    state: str
    subject: str | None


def represented(account: Account) -> list[Entity]:
    """The legal persons that an account's holder represents, by name."""
    if not account.document_number:
        return []
    document = f"{account.document_type}:{account.document_number}"
    found = list(Entity.objects.filter(representative_document=document, until=None).order_by("name", "uscc"))
    _looked_at(found, ["name", "representative"])
    return found


def acted_for(account: Account) -> list[tuple[Mandate, Entity]]:
    """What an account's holder may act for today, with the mandate."""
    live = list(Mandate.objects.live().filter(account=account).order_by("uscc", "since"))
    known = Entity.objects.in_bulk([one.uscc for one in live])
    _looked_at(known.values(), ["name"])
    return [(one, known[one.uscc]) for one in live if one.uscc in known]


def own_subjects() -> list[str]:
    """The companies that whoever is signed in represents or acts for today, as the database knows it."""
    with connection.cursor() as cursor:
        cursor.execute("select registry_own_entities()")
        (codes,) = cursor.fetchone() or ([],)
    return [f"entity:{code}" for code in codes]


def to_apply_for(account: Account, item: str) -> list[Entity]:
    """The companies for which an account's holder may apply for an item today, by name.

    Those she represents, and those whose mandate covers the item.
    """
    given = [one for mandate, one in acted_for(account) if not mandate.scope or item in mandate.scope]
    found = {one.uscc: one for one in (*represented(account), *given) if one.until is None}
    return sorted(found.values(), key=lambda one: (one.name, one.uscc))


def may_apply(account: Account, subject: str, item: str) -> bool:
    """Whether whoever is signed in may apply for an item for a company today; nothing of the company is looked at."""
    if subject not in own_subjects():
        return False
    code = subject.removeprefix("entity:")
    document = f"{account.document_type}:{account.document_number}"
    represents = Entity.objects.filter(uscc=code, representative_document=document, until=None)
    return Mandate.allows(account.pk, code, item) or represents.exists()


def find(code: str, name: str, *, purpose: Purpose) -> Found:
    """Look a company up at a window by credit code and registered name; both must match.

    The transaction's scope is admitted to the company found, so that ``facts`` can follow.
    """
    read = credit_codes.read(code)
    with connection.cursor() as cursor:
        cursor.execute("select registry_find_entity(%s, %s)", [read.code, "".join(name.split())])
        (state,) = cursor.fetchone() or ("none",)
    subject = f"entity:{read.code}" if state == "found" else None
    access.saw([subject] if subject else [], ["name", "uscc"], purpose=str(purpose), action="search")
    return Found(state, subject)


def known_as(code: str, name: str, *, purpose: Purpose) -> str | None:
    """Which company bears this credit code and this name now; for services of the house, which see every one."""
    read = credit_codes.read(code)
    there = Entity.objects.filter(uscc=read.code, name="".join(name.split()), until=None).exists()
    subject = f"entity:{read.code}" if there else None
    access.saw([subject] if subject else [], ["name", "uscc"], purpose=str(purpose), action="search")
    return subject


def of_representative(account: Account, uscc: str) -> Entity:
    """A legal person that the account's holder represents.

    Raises:
        NotHere: she does not, or there is none.
    """
    for one in represented(account):
        if one.uscc == uscc:
            return one
    raise NotHere(uscc)


def mandates_of(entity: Entity) -> list[Mandate]:
    """All mandates for a legal person, those that hold first, then the latest."""
    access.saw([entity.subject], ["agents"], purpose=str(Own()))
    today = clock.today()
    holds = Q(ended_at=None) & (Q(until=None) | Q(until__gte=today))
    found = Mandate.objects.filter(uscc=entity.uscc).select_related("account")
    return list(found.alias(holds=holds).order_by("-holds", "-since", "-id")[:_MOST])


def give_mandate(entity: Entity, *, name: str, phone: str, until: date, by: Actor) -> Mandate:
    """Let somebody act for a legal person until a day, that day included.

    Args:
        entity: what ``by`` represents.
        name: the agent's real name.
        phone: the agent's number here; both must be one verified account's.
        until: the last day.
        by: the legal representative.

    Raises:
        yizhan.identity.faults.Refused: no such number can exist, or the days are reversed.
        Refused: nobody verified has this name and number, or it is the representative herself.
    """
    _require_representative(entity, by)
    agent = Account.objects.filter(
        kind=Account.Kind.CITIZEN,
        phone=numbers.normal(phone),
        name="".join(name.split()),
        assurance__gte=Account.Assurance.MATCHED,
        is_active=True,
    ).first()
    if agent is None:
        raise Refused(
            _("没有查到姓名和手机号都相符、且已在本站实名的账号。请与经办人核对，或请其先登录并完成实名核验")
        )
    if agent.pk == by.account_id:
        raise Refused(_("法定代表人本人即可办理，无须授权给自己"))
    return Mandate.grant(agent, entity.uscc, by=by, until=until)


def revoke_mandate(mandate: int, *, by: Actor) -> Mandate:
    """Take a mandate back, or lay down one's own, at once.

    Raises:
        NotHere: there is none that one could end, or it has ended already.
    """
    found = Mandate.objects.filter(id=mandate, ended_at=None).select_related("account").first()
    if found is None or (found.account_id != by.account_id and not _represents(found.uscc, by)):
        raise NotHere(mandate)
    found.revoke(by=by)
    return found


def _require_representative(entity: Entity, by: Actor) -> None:
    if not _represents(entity.uscc, by):
        raise NotHere(entity.uscc)


def _represents(uscc: str, by: Actor) -> bool:
    account = Account.objects.filter(id=by.account_id or 0).first()
    return account is not None and any(one.uscc == uscc for one in represented(account))


def _looked_at(entities: Iterable[Entity], fields: list[str]) -> None:
    if subjects := [one.subject for one in entities]:
        access.saw(subjects, fields, purpose=str(Own()))
