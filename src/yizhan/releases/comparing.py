"""The difference between a pack as it lies there and what is published of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from yizhan.releases.models import Current
from yizhan.releases.pack import Pack


@dataclass(frozen=True)
class Change:
    """One place that differs: ``item/elderly_allowance.limits.promised``."""

    place: str
    what: Literal["added", "removed", "changed"]
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        """One line for a terminal."""
        if self.what == "added":
            return f"+ {self.place}: {_short(self.after)}"
        if self.what == "removed":
            return f"- {self.place}: {_short(self.before)}"
        return f"~ {self.place}: {_short(self.before)} → {_short(self.after)}"


def changes(pack: Pack) -> list[Change]:
    """What publishing this pack would change."""
    now = Current.objects.select_related("release").filter(pack=pack.code).first()
    before = _flat_content(now.release.content) if now else {}
    return list(_differences(before, _flat_content(pack.content()), ""))


def _flat_content(content: dict[str, Any]) -> dict[str, Any]:
    definitions = content["definitions"]
    flat: dict[str, Any] = {"pack": content["manifest"]}
    for kind, by_key in definitions.items():
        flat.update({f"{kind}/{key}": value for key, value in by_key.items()})
    return flat


def _differences(before: Any, after: Any, place: str) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys(), key=str):
            inner = f"{place}.{key}" if place else str(key)
            if key not in before:
                yield Change(inner, "added", after=after[key])
            elif key not in after:
                yield Change(inner, "removed", before=before[key])
            else:
                yield from _differences(before[key], after[key], inner)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _differences(old, new, f"{place}[{number}]")
    elif before != after:
        yield Change(place, "changed", before, after)


def _short(value: Any) -> str:
    text = str(value).replace("\n", "⏎")
    return text if len(text) <= 80 else text[:79] + "…"
