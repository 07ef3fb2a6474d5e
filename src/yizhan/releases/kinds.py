"""Kinds of definitions, announced by the rooms that understand them.

A kind is a folder of a pack and an ending of file names. It is announced downwards by exactly one room,
in that room's ``kinds.py``, imported when Django has loaded all rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from yizhan.releases.faults import Fault
    from yizhan.releases.models import Release
    from yizhan.releases.pack import Pack, Source


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of definition.

    Attributes:
        name: what rooms ask for, such as ``item``.
        folder: the subfolder of a pack; empty for files beside ``pack.yaml``.
        suffix: the ending that tells this kind from others in the folder, such as ``.flow.yaml``; a file
            name without it is the definition's key. With an empty folder it is the whole file name.
        model: what a YAML or JSON file must be; None for a text file that is kept as it is.
        check: looks at one definition among all of its pack; what it yields is reported with all else.
        published: told in the publishing transaction that a release became current.
        purpose: one line for people who write packs, {zh, en}.
        kept: whether releases keep it; what only proves a pack, such as worked examples, makes no new
            version, and its faults forbid no publication.
    """

    name: str
    folder: str
    suffix: str
    purpose: tuple[str, str]
    model: type[BaseModel] | None = None
    check: Callable[[Source, Pack], Iterable[Fault]] | None = None
    published: Callable[[Release], None] | None = None
    kept: bool = True


class KindTaken(RuntimeError):
    """Two rooms claim one kind: its name, or its folder and ending."""


class Kinds:
    """The kinds known to the house; a test can have its own."""

    def __init__(self) -> None:
        self._by_name: dict[str, Kind] = {}

    def announce(self, kind: Kind) -> Kind:
        """Make a kind known.

        Raises:
            KindTaken: another room announced the name, or the same files.
        """
        for other in self._by_name.values():
            same_files = other.folder == kind.folder and (
                other.suffix.endswith(kind.suffix) or kind.suffix.endswith(other.suffix)
            )
            if other.name == kind.name or same_files:
                raise KindTaken(
                    f"kind {kind.name!r} ({kind.folder}/*{kind.suffix}) is taken by {other.name!r} "
                    f"({other.folder}/*{other.suffix})"
                )
        self._by_name[kind.name] = kind
        return kind

    def get(self, name: str) -> Kind:
        """The kind of that name.

        Raises:
            KeyError: no room announced it.
        """
        return self._by_name[name]

    def all(self) -> list[Kind]:
        """All kinds, in the order of their names."""
        return sorted(self._by_name.values(), key=lambda kind: kind.name)

    def folders(self) -> set[str]:
        """The subfolders that mean something."""
        return {kind.folder for kind in self._by_name.values() if kind.folder}

    def of_file(self, folder: str, name: str) -> Kind | None:
        """Which kind a file belongs to, if any."""
        for kind in self._by_name.values():
            if kind.folder == folder and (name.endswith(kind.suffix) if folder else name == kind.suffix):
                return kind
        return None


house = Kinds()
announce = house.announce
