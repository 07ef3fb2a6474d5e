"""Laws that definitions cite 引用法规: wherever a basis stands, it is held against the register of laws.

The room that keeps the register announces how. A citation by code is written out, so that a release says which law was
meant in the words of its day, whatever becomes of the register; one by its full title gets the code.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

from yizhan.releases.words import Basis

if TYPE_CHECKING:
    from yizhan.releases.faults import Fault
    from yizhan.releases.pack import Pack, Source


class Book(Protocol):
    """What is known of laws while a pack is read."""

    def found(self, basis: Basis) -> tuple[str, str, str] | None:
        """Code, Chinese and English title of the law that is cited; None where nobody knows it."""

    def faults(self, source: Source, path: str, basis: Basis) -> Iterator[Fault]:
        """What is wrong with a citation at a place in a file."""


class Books:
    """Who knows the laws; a test can have its own."""

    def __init__(self) -> None:
        self._opener: Callable[[Pack], Book] | None = None

    def announce(self, opener: Callable[[Pack], Book]) -> None:
        """Tell how the laws are looked up for a pack.

        Raises:
            ValueError: another room announced it.
        """
        if self._opener is not None:
            raise ValueError("the register of laws is announced twice")
        self._opener = opener

    def open(self, pack: Pack) -> Book | None:
        """The laws as they stand for this pack; None where no room keeps them."""
        return self._opener(pack) if self._opener else None


house = Books()
announce = house.announce


def write_out(pack: Pack, books: Books = house) -> None:
    """Write citations of a pack out in full, and collect what is wrong with them."""
    cited = [
        (kind, source, places)
        for kind, sources in pack.sources.items() if kind not in pack.aside
        for source in sources.values()
        if source.model is not None and (places := list(bases(source.model)))
    ]  # fmt: skip
    book = books.open(pack) if cited else None
    if book is None:
        return
    for kind, source, places in cited:
        for path, basis in places:
            pack.faults.extend(book.faults(source, path, basis))
        pack.sources[kind][source.key] = _whole(source, places, book)


def bases(model: BaseModel, at: str = "") -> Iterator[tuple[str, Basis]]:
    """Every legal basis in a definition, with its place, such as ``limits.extension.basis``."""
    for name in type(model).model_fields:
        yield from _within(getattr(model, name), f"{at}.{name}" if at else name)


def _within(value: Any, at: str) -> Iterator[tuple[str, Basis]]:
    if isinstance(value, Basis):
        yield at, value
    elif isinstance(value, BaseModel):
        yield from bases(value, at)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _within(one, f"{at}.{key}")
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from _within(one, f"{at}[{number}]")


def _whole(source: Source, places: list[tuple[str, Basis]], book: Book) -> Source:
    """The definition with every known citation written out; the same one where there is none."""
    raw = copy.deepcopy(source.raw)
    for path, basis in places:
        written, known = _at(raw, path), book.found(basis)
        if known is not None and isinstance(written, dict):
            code, zh, en = known
            written["code"] = code
            if isinstance(written.get("law"), str):
                written["law"] = {"zh": zh, "en": en}
    if raw == source.raw or source.model is None:
        return source
    return replace(source, raw=raw, model=type(source.model).model_validate(raw))


def _at(raw: Any, path: str) -> Any:
    """What stands at a place of a definition as it was written; None where only a default does."""
    for step in path.replace("[", ".").replace("]", "").split("."):
        try:
            raw = raw[int(step)] if isinstance(raw, list) else raw[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return raw
