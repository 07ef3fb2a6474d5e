"""A resident's licences 我的证照: her own, and those of the companies that she represents or acts for."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from yizhan.identity.models import Account
from yizhan.licences import authorising, paper, using
from yizhan.licences.models import Authorisation
from yizhan.licences.using import Used
from yizhan.records import papers
from yizhan.records.models import StoredFile
from yizhan.registry import entities, licences, links
from yizhan.registry.licences import State
from yizhan.registry.models import Entity, Licence, LicenceStep
from yizhan.registry.purposes import Own


@dataclass(frozen=True)
class Pocket:
    """The licences of one holder; ``name`` is that of a company, empty for oneself."""

    name: str
    licences: tuple[Licence, ...]


@dataclass(frozen=True)
class Card:
    """One licence with its life and uses; ``paper`` is its file, once it is made and for as long as it holds."""

    licence: Licence
    steps: tuple[LicenceStep, ...]
    uses: tuple[Used, ...]
    authorised: tuple[Authorisation, ...]
    paper: StoredFile | None


def of(account: Account) -> list[Pocket]:
    """Everything in the wallet, oneself first, then companies by name; holders without a licence are left out."""
    own = links.person_of(account)
    subjects = [*([own] if own else []), *entities.own_subjects()]
    names = {one.subject: one.name for one in Entity.objects.filter(uscc__in=_codes(subjects))}
    found = [
        Pocket(names.get(subject, ""), tuple(_present(licences.held(subject, purpose=Own()))))
        for subject in subjects
    ]
    return sorted((one for one in found if one.licences), key=lambda one: one.name)


def card(account: Account, key: uuid.UUID) -> Card | None:
    """One licence of the wallet; None where it is nobody's whom the account stands for."""
    licence = mine(account, key)
    if licence is None:
        return None
    file = papers.file_of(licence.paper, owner=paper.owner_of(licence)) if licence.paper else None
    return Card(
        licence, tuple(licences.life(licence)), tuple(using.of(licence)), tuple(authorising.of(licence)), file
    )


def mine(account: Account, key: uuid.UUID) -> Licence | None:
    """A version that oneself holds, or a company that one represents or acts for."""
    found = licences.one(key)
    if found is None or found.subject not in {links.person_of(account), *entities.own_subjects()}:
        return None
    licences.seen(found, purpose=Own())
    return found


def _present(held: Iterable[Licence]) -> list[Licence]:
    """Without what another version or licence stands for now."""
    return [one for one in held if one.state != State.REPLACED]


def _codes(subjects: Iterable[str]) -> list[str]:
    return [one.removeprefix("entity:") for one in subjects if one.startswith("entity:")]
