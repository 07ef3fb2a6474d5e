"""The difference between a pack as it lies there and what is published of it, in words for a clerk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from yizhan.releases import telling
from yizhan.releases.kinds import Kinds, house
from yizhan.releases.manifest import Manifest
from yizhan.releases.models import Current, Release
from yizhan.releases.pack import Pack

Path = tuple[int | str, ...]


@dataclass(frozen=True)
class Change:
    """One place that differs.

    Attributes:
        place: the place as an author writes it, ``item/elderly_allowance.limits.promised.amount``.
        said: the place in words, 事项“高龄津贴申领”› 时限 › 承诺时限 › 数量.
    """

    place: str
    said: str
    what: Literal["added", "removed", "changed"]
    before: Any = None
    after: Any = None

    @property
    def values(self) -> str:
        """What stood there and what stands there now, in words."""
        known = (value for value in (self.before, self.after) if value is not None)
        return " → ".join(telling.value(value) for value in known)

    def __str__(self) -> str:
        """One line for a terminal."""
        sign = {"added": "+", "removed": "-", "changed": "~"}[self.what]
        words = {"sign": sign, "place": self.said, "values": self.values}
        return _("%(sign)s %(place)s：%(values)s") % words


def changes(pack: Pack, kinds: Kinds = house) -> list[Change]:
    """What publishing this pack would change."""
    now = Current.objects.select_related("release").filter(pack=pack.code).first()
    before = now.release.content if now else {"manifest": {}, "definitions": {}}
    return list(_all(before, pack.content(), kinds))


def between(old: Release, new: Release, kinds: Kinds = house) -> list[Change]:
    """What one release of a pack changed against another."""
    return list(_all(old.content, new.content, kinds))


def _all(before: dict[str, Any], after: dict[str, Any], kinds: Kinds) -> Iterator[Change]:
    cover = telling.Teller(telling.cover(), Manifest, before["manifest"], after["manifest"])
    for path, *difference in _differences(before["manifest"], after["manifest"], ()):
        yield Change(_place("pack", path), cover.said(path), *difference)
    old, new = before["definitions"], after["definitions"]
    for kind in sorted({*old, *new}):
        for key in sorted({*old.get(kind, {}), *new.get(kind, {})}):
            was, is_ = (side.get(kind, {}).get(key) for side in (old, new))
            teller = telling.of(kinds, kind, key, was, is_)
            for path, *difference in _whole(was, is_):
                yield Change(_place(f"{kind}/{key}", path), teller.said(path), *difference)


def _whole(was: Any, is_: Any) -> Iterator[tuple[Any, ...]]:
    if was is None:
        yield (), "added", None, is_
    elif is_ is None:
        yield (), "removed", was, None
    else:
        yield from _differences(was, is_, ())


def _differences(before: Any, after: Any, path: Path) -> Iterator[tuple[Any, ...]]:
    """Path, what, before, after."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            if key not in before:
                yield (*path, key), "added", None, after[key]
            elif key not in after:
                yield (*path, key), "removed", before[key], None
            else:
                yield from _differences(before[key], after[key], (*path, key))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _entries(before, after, path)
    elif before != after:
        yield path, "changed", before, after


def _entries(before: list[Any], after: list[Any], path: Path) -> Iterator[tuple[Any, ...]]:
    """Entries are the same when they bear the same name; without names, when they stand at the same place.

    A text that came or went among texts does not make all that follow it other ones.
    """
    if len(before) != len(after) and all(isinstance(entry, str) for entry in (*before, *after)):
        yield from ((path, "removed", entry, None) for entry in before if entry not in after)
        yield from ((path, "added", None, entry) for entry in after if entry not in before)
        return
    old, new = ({_name(e, n): e for n, e in enumerate(side)} for side in (before, after))
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            yield (*path, name), "removed", old[name], None
        elif name not in old:
            yield (*path, name), "added", None, new[name]
        else:
            yield from _differences(old[name], new[name], (*path, name))


def _name(entry: Any, number: int) -> int | str:
    return telling.name_of(entry) or number


def _place(root: str, path: Path) -> str:
    return root + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
