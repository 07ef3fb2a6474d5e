"""What a register says of its files: columns, how a row is read, how all are entered, and how that is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.utils.functional import Promise

from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.directory.reading import Column, Row
from yizhan.identity.directory.report import Reject, Words
from yizhan.registry.models import Import, Source

Entry = TypeVar("Entry")
Made_co = TypeVar("Made_co", covariant=True)


@dataclass(frozen=True, kw_only=True)
class Loading:
    """How a file is entered.

    Attributes:
        source: the code of the source, which is declared.
        by: the key of who enters it; empty for the house itself.
        name: of the file.
        kind: of the register, a key of ``extracts.REGISTERS``.
        matching: a record that is new to the source is that of whoever bears its number and name, if exactly one
            does; for persons.
        actor: who enters it, where the register asks for the office of its source.
    """

    source: str
    by: str = ""
    name: str = ""
    kind: str = "persons"
    matching: bool = False
    actor: Actor = HOUSE


@dataclass(frozen=True)
class Done:
    """What entering a file did: how many were entered, and how many of those known have changed."""

    fresh: int
    changed: int


class Maker(Protocol[Made_co]):
    """Makes an entry of the values of a row; one serves a whole file."""

    def __call__(self, values: dict[str, Any]) -> Made_co:
        """The entry.

        Raises:
            Refused: what the row says cannot be written down.
        """


@dataclass(frozen=True, kw_only=True)
class Register(Generic[Entry]):
    """A register whose data come as files.

    Attributes:
        key: kept with each file.
        title: on pages; ``unit`` the word after a number of its entries.
        columns: of the file, made anew for each; a column called ``division``, or ending so, is looked up among the
            divisions before the row is made.
        maker: gives what makes entries of rows.
        record: the key of an entry, which stands once in a file.
        key_column: in which it stands.
        enter: enters all, in the transaction and under the moment of the file.
        changed_since: how many of the file's entries have changed since, by whatever way.
        undo: what the file did is as it was before.
        doubts: what somebody should look at although it can be entered.
        not_delivered: what of the rows the source may not deliver.
    """

    key: str
    title: Promise
    unit: Promise
    columns: Callable[[], Sequence[Column]]
    maker: Callable[[], Maker[Entry]]
    record: Callable[[Entry], str]
    key_column: str
    enter: Callable[[list[Entry], Import, Loading], Done]
    changed_since: Callable[[Import], int]
    undo: Callable[[Import, Actor], None]
    doubts: Callable[[Iterable[Entry]], Iterable[Words]] = lambda _entries: ()
    not_delivered: Callable[[Sequence[Row], Sequence[Column], Source], Iterable[Reject]] = (
        lambda _rows, _heads, _source: ()
    )
