"""The laws as packs cite them 引用核对: those that packs bring, as their folders say, and those on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.registry import laws
from yizhan.registry.law_shape import KIND, LawDefinition
from yizhan.registry.models import Law
from yizhan.releases import publishing
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source, read_one
from yizhan.releases.words import Basis

_NEEDED = ("code", "title_zh", "title_en", "in_force_on", "valid_until", "repealed_on", "successor")


@dataclass(frozen=True)
class Known:
    """A law as a citation needs it; ``state`` and ``successor`` are codes."""

    code: str
    zh: str
    en: str
    state: str
    successor: str


class LawBook:
    """All laws that can be cited by a pack: what is on record, then what packs bring, its own before others'."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._by_code: dict[str, Known] | None = None
        self._by_title: dict[str, Known] = {}

    def found(self, basis: Basis) -> tuple[str, str, str] | None:
        """Code, Chinese and English title of the law that is cited; None where nobody knows it."""
        known = self._known(basis)
        return (known.code, known.zh, known.en) if known else None

    def faults(self, source: Source, path: str, basis: Basis) -> Iterator[Fault]:
        """An unknown code is an error, an unknown title and a law that holds no more are warnings."""
        known = self._known(basis)
        if known is None:
            yield self._unknown(source, path, basis)
        elif known.state in (Law.State.REPEALED, Law.State.LAPSED):
            words = {"law": known.zh, "state": Law.State(known.state).label}
            after = self.by_code.get(known.successor)
            near = _("现为《%(law)s》（%(code)s）") % {"law": after.zh, "code": after.code} if after else ""
            message = _("所引《%(law)s》%(state)s") % words
            yield source.fault(f"{path}.law", message, suggestion=near, weight="warning")

    @property
    def by_code(self) -> dict[str, Known]:
        """All laws; read once."""
        if self._by_code is None:
            brought = {**_brought_by_others(self._pack), **_brought(self._pack)}
            self._by_code = {**brought, **_on_record()}
            self._by_title = {laws.sought(one.zh): one for one in self._by_code.values()}
        return self._by_code

    def _known(self, basis: Basis) -> Known | None:
        by_code = self.by_code
        return by_code.get(basis.code) if basis.code else self._by_title.get(laws.sought(basis.law.zh))

    def _unknown(self, source: Source, path: str, basis: Basis) -> Fault:
        if basis.code:
            words = _("法规政策库和应用包中没有 %(code)s") % {"code": basis.code}
            near = did_you_mean(basis.code, self.by_code)
            return source.fault(f"{path}.law", words, suggestion=near)
        titles = {one.zh: one.code for one in self.by_code.values()}
        near = did_you_mean(basis.law.zh, titles) if len(titles) > 12 else ""
        words = _("法规政策库和应用包中没有《%(law)s》") % {"law": basis.law.zh}
        return source.fault(f"{path}.law", words, suggestion=near, weight="warning")


def _on_record() -> dict[str, Known]:
    """What is on record; nothing where no database is there."""
    try:
        with transaction.atomic():
            return {row.code: _of(row) for row in laws.here().only(*_NEEDED)}
    except DatabaseError:
        return {}


def _brought(pack: Pack) -> dict[str, Known]:
    models = (one.model for one in pack.of(KIND).values())
    return {one.code: _of(_row(one)) for one in models if isinstance(one, LawDefinition)}


def _brought_by_others(pack: Pack) -> dict[str, Known]:
    """Of the other packs that lie in the packs' folders; what is wrong with them is told with them."""
    found = {}
    for folder in publishing.folders():
        for path in sorted(folder.glob("laws/*.yaml")) if folder != pack.folder else ():
            if one := _read(path, path.stat().st_mtime_ns):
                found[one.code] = _of(_row(one))
    return found


@lru_cache(maxsize=4096)
def _read(path: Path, _changed: int) -> LawDefinition | None:
    return read_one(path, LawDefinition)


def _row(one: LawDefinition) -> Law:
    return Law(code=one.code, **one.columns())


def _of(row: Law) -> Known:
    return Known(row.code, row.title_zh, row.title.en, row.state(clock.today()), row.successor)
