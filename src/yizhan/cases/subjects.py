"""Whom a case is about 办件对象: a person or a company, and who may act for a company."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yizhan.cases.persons import account_of
from yizhan.cases.refusals import NotYours
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account
from yizhan.registry import entities
from yizhan.registry.facts import facts
from yizhan.registry.models import Entity
from yizhan.registry.purposes import Purpose

ENTITY = "entity"


@dataclass(frozen=True)
class About:
    """What every case needs of whom it is about, whatever its form asks.

    ``document`` is kind and number; ``area`` the division the matter belongs to.
    """

    name: str
    document: str
    area: str

    @property
    def known_only_to_them(self) -> tuple[str, ...]:
        """Numbers whose last four open the public query: a person's document; a company's code everybody can look up."""
        kind, _colon, number = self.document.partition(":")
        return () if kind == "uscc" else (number,)


def kind_of(subject: str) -> str:
    """``person`` or ``entity``."""
    return subject.partition(":")[0]


def is_company(subject: str) -> bool:
    """Whether a case is about a company."""
    return kind_of(subject) == ENTITY


def about(subject: str, *, purpose: Purpose) -> About:
    """Name, document and area of a person or company.

    Raises:
        NotHere: nobody the scope shows.
    """
    if is_company(subject):
        of = {key: one.value for key, one in facts(subject, _OF_COMPANY, purpose=purpose).items()}
        return About(of["entity.name"], f"uscc:{of['entity.uscc']}", of["entity.division"] or "")
    known = {key: one.value for key, one in facts(subject, _OF_PERSON, purpose=purpose).items()}
    return About(
        known["person.name"],
        f"{known['person.id_type']}:{known['person.id_number']}",
        str(known["household.registered_division"] or known["residence.committee"] or ""),
    )


_OF_PERSON = (
    "person.name",
    "person.id_type",
    "person.id_number",
    "household.registered_division",
    "residence.committee",
)
_OF_COMPANY = ("entity.name", "entity.uscc", "entity.division")


def required_to_act(by: Actor, item: str, subject: str) -> None:
    """See that a citizen acts for the company today, in this item; persons and windows the database looks at.

    Raises:
        NotYours: neither as legal representative nor by a mandate.
    """
    if not is_company(subject) or not by.is_citizen:
        return
    if not entities.may_apply(Account.objects.get(id=account_of(by)), subject, item):
        raise NotYours


def companies(by: Actor, item: str) -> list[Entity]:
    """The companies for which a citizen may apply for an item today."""
    return entities.to_apply_for(Account.objects.get(id=account_of(by)), item)


def names(subjects: Iterable[str]) -> dict[str, str]:
    """The names of those companies among these subjects that the scope shows."""
    codes = {one.removeprefix("entity:") for one in subjects if is_company(one)}
    known = Entity.objects.filter(uscc__in=codes) if codes else ()
    return {one.subject: one.name for one in known}
