"""Whose a value is 数源归属: which office may enter it by hand, and why another may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from yizhan.identity.actor import Actor
from yizhan.registry import keeping
from yizhan.registry.catalogue import CATALOGUE, CATEGORIES, COLUMNS, COMES_WITH
from yizhan.registry.entries import Entry
from yizhan.registry.facts import person_id
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import PARTICULARS
from yizhan.registry.models import Provenance, Source
from yizhan.registry.particulars import OF_PERSON
from yizhan.ui.language import local

HOMES: Mapping[str, str] = {"household.address": "registered", "residence.address": "living"}
"""Addresses are entered as moves."""


class Standing(StrEnum):
    """Whether the actor's office may enter a value by hand."""

    OURS = "ours"
    THEIRS = "theirs"
    """Another office answers for it, or ours does not answer for its category."""
    BY_CASE = "by_case"
    """It is put right as a case, on the person's application."""
    FOLLOWS = "follows"
    """It follows from something else: an address, a household book."""
    BY_FILE = "by_file"
    """It is no words: it comes with the source's own data."""


@dataclass(frozen=True)
class Owned:
    """One key of a person, and whose it is.

    Attributes:
        source: on whose word it would be entered where it is ours; who vouches for it now where it is theirs.
    """

    entry: Entry
    standing: Standing
    source: Source | None

    @property
    def ours(self) -> bool:
        """Whether the actor's office may enter it."""
        return self.standing is Standing.OURS


def of_category(subject: str, category: str, *, by: Actor) -> list[Owned]:
    """The keys of a category and whose they are, for a person in the present scope."""
    return of_keys(subject, CATEGORIES[category][1], by=by)


def of_keys(subject: str, keys: Iterable[str], *, by: Actor) -> list[Owned]:
    """The same of some keys, in their order."""
    mine, vouching = keeping.sources_of(by), _vouching(subject)
    return [_owned(CATALOGUE[key], mine, vouching) for key in keys]


def answering(subject: str, key: str, *, by: Actor) -> Source:
    """The source on whose word the actor's office enters what follows from something else: a death, a household book.

    Raises:
        Refused: another office answers for it, or ours does not answer for its category.
    """
    entry = CATALOGUE[key]
    owned = _whose(entry, keeping.sources_of(by), _vouching(subject))
    if not owned.ours or owned.source is None:
        raise Refused(not_ours(entry))
    return owned.source


def not_ours(entry: Entry) -> str:
    """Why an office may not enter a value, in words."""
    return _("“%(name)s”不由本单位负责，不能在此登记。") % {"name": local(entry.meaning)}


def _owned(entry: Entry, mine: list[Source], vouching: Mapping[int, Source]) -> Owned:
    if forbidden := _by_nature(entry):
        return Owned(entry, forbidden, vouching.get(COLUMNS[entry.column]))
    return _whose(entry, mine, vouching)


def _whose(entry: Entry, mine: list[Source], vouching: Mapping[int, Source]) -> Owned:
    """Whose it is, whatever its nature: the source's that vouches for it, else that of who answers for its category."""
    source = vouching.get(COLUMNS[entry.column])
    if source is None:
        source = next((one for one in mine if one.delivers(COMES_WITH[entry.column])), None)
        return Owned(entry, Standing.OURS if source else Standing.THEIRS, source)
    return Owned(entry, Standing.OURS if source in mine else Standing.THEIRS, source)


def _by_nature(entry: Entry) -> Standing | None:
    """What forbids it to every office; None where it depends on whose it is."""
    if entry.by_case:
        return Standing.BY_CASE
    if entry.column == "photo":
        return Standing.BY_FILE
    if entry.column in PARTICULARS or entry.column in OF_PERSON or entry.key in HOMES:
        return None
    return Standing.FOLLOWS


def _vouching(subject: str) -> dict[int, Source]:
    """Who vouches for which column of a person now."""
    rows = Provenance.objects.filter(person=person_id(subject)).exclude(columns=[]).select_related("source")
    return {number: row.source for row in rows for number in row.columns}
