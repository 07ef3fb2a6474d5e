"""Saying a place of a definition in words: 事项“高龄津贴申领”› 时限 › 承诺时限 › 数量."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from yizhan.releases import shapes, vocabulary
from yizhan.releases.kinds import Kinds
from yizhan.ui.language import in_english, listed

_NAMES = ("key", "id", "name", "path", "code", "value")
_TITLES = ("title", "label", "law", "ask")
_LONGEST = 80


@dataclass(frozen=True)
class Teller:
    """Who knows one definition: what it is called, its shape, and how it was and is written."""

    root: str
    model: type[BaseModel] | None
    before: Any
    after: Any

    def said(self, path: tuple[int | str, ...]) -> str:
        """A place in words; a part that nobody has named stands as it is written."""
        words = [self.root]
        sides, places = [self.before, self.after], list[int | str]()
        for part in path:
            entries = [_step(side, part) for side in sides]
            words.append(self._word(sides, places, part, entries))
            places.append(part)
            sides = [entry for entry in entries if entry is not None]
        return " › ".join(words)

    def _word(self, sides: list[Any], places: list[int | str], part: int | str, entries: list[Any]) -> str:
        named = next((title for entry in reversed(entries) if (title := title_of(entry))), None)
        if any(isinstance(side, list) for side in sides):
            return (
                f"“{named}”"
                if named
                else _("第 %(n)s 项") % {"n": part + 1}
                if isinstance(part, int)
                else part
            )
        if self.model is not None and isinstance(part, str):
            for shape in self._shapes(places):
                word = vocabulary.word(shape, part)
                if word is not None:
                    return str(word)
        return f"“{named}”" if named else str(part)

    def _shapes(self, places: list[int | str]) -> list[type[BaseModel]]:
        assert self.model is not None
        for written in (self.after, self.before):
            found = shapes.models_at(self.model, written, _numbered(written, places))
            if found:
                return found
        return []


def of(kinds: Kinds, kind: str, key: str, before: Any, after: Any) -> Teller:
    """Who tells about a definition of a kind."""
    known = {one.name: one for one in kinds.all()}.get(kind)
    if known is None:
        return Teller(f"{kind} {key}", None, before, after)
    purpose = known.purpose[1 if in_english() else 0]
    what = purpose.replace(":", "：").partition("：")[0] or kind
    title = title_of(after) or title_of(before)
    if title:
        what = f"{what} “{title}”" if in_english() else f"{what}“{title}”"
    elif key != kind:
        what = f"{what} {key}"
    return Teller(what, known.model, before, after)


def cover() -> str:
    """What ``pack.yaml`` is called."""
    return _("应用包封面")


def value(given: Any) -> str:
    """A value in few words."""
    if given is None:
        return _("无")
    if isinstance(given, bool):
        return _("是") if given else _("否")
    title = title_of(given) or name_of(given)
    if title is None and isinstance(given, list):
        title = listed(value(entry) for entry in given)
    text = title if title is not None else _told(given)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def name_of(entry: Any) -> str | None:
    """The name by which an entry of a list is known."""
    if not isinstance(entry, dict):
        return None
    return next((entry[key] for key in _NAMES if isinstance(entry.get(key), str)), None)


def title_of(entry: Any) -> str | None:
    """What an entry is called on the screen."""
    if not isinstance(entry, dict):
        return None
    for text in (entry, *(entry.get(key) for key in _TITLES)):
        if isinstance(text, dict) and isinstance(text.get("zh"), str):
            said = text.get("en") if in_english() else text["zh"]
            return str(said or text["zh"])
    return None


def _told(given: Any) -> str:
    if isinstance(given, dict):
        return listed(f"{key} {value(inner)}" for key, inner in given.items())
    return " ".join(str(given).split())


def _step(side: Any, part: int | str) -> Any:
    if isinstance(side, dict):
        return side.get(part)
    if isinstance(side, list):
        return next((e for n, e in enumerate(side) if (name_of(e) or n) == part), None)
    return None


def _numbered(written: Any, places: list[int | str]) -> list[int | str]:
    """The same place with the numbers of entries instead of their names."""
    found: list[int | str] = []
    for part in places:
        number = part
        if isinstance(written, list):
            number = next((n for n, e in enumerate(written) if (name_of(e) or n) == part), 0)
        found.append(number)
        written = _step(written, part)
    return found
