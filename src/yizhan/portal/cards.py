"""Items as cards 事项卡片, for the first page and the directory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from yizhan.cases.catalogue import Entry
from yizhan.identity.models import Unit
from yizhan.portal import words
from yizhan.ui.language import as_written

Tag = tuple[str, str]
_TONES = ("amber", "teal", "violet", "blue", "green", "cyan", "red", "orange")


@dataclass(frozen=True)
class Card:
    """An item as a card of a list; ``facts`` are for a card that has room for them."""

    code: str
    title: str
    unit: str
    promise: str
    icon: str
    tone: str
    tags: list[Tag]
    facts: list[tuple[str, str]]
    online: bool

    @property
    def note(self) -> str:
        """Who answers for it, and by when."""
        return Markup("{} · {}").format(self.unit, self.promise)


def cards(entries: Iterable[Entry]) -> list[Card]:
    """Entries of the directory as cards; one statement for the names of their units."""
    listed = list(entries)
    names = _names(entry.unit for entry in listed)
    return [
        Card(
            code=entry.code,
            title=entry.title,
            unit=names.get(entry.unit, entry.unit),
            promise=_promise(entry.card),
            icon=str(entry.card.get("icon", "file-text")),
            tone=_TONES[number % len(_TONES)],
            tags=_tags(entry.card),
            facts=_facts(entry.card),
            online="online" in entry.card.get("ways", ()),
        )
        for number, entry in enumerate(listed)
    ]


def _names(codes: Iterable[str]) -> dict[str, str]:
    wanted = set(codes)
    units = Unit.objects.filter(code__in=wanted).only("code", "name", "name_en") if wanted else ()
    return {unit.code: as_written(str(unit)) for unit in units}


def _promise(card: dict[str, Any]) -> str:
    number, unit = card.get("promised", (0, "working_days"))
    if not number or card.get("case_type") == "immediate":
        return _("当场办结")
    return _("承诺 %(time)s") % {"time": words.amount(number, unit)}


def _tags(card: dict[str, Any]) -> list[Tag]:
    tags: list[Tag] = []
    if "online" in card.get("ways", ()) and not card.get("visits"):
        tags.append((_("全程网办"), "green"))
    waived = card.get("waived", 0)
    if waived:
        tags.append((ngettext("免提交 %(n)s 份材料", "免提交 %(n)s 份材料", waived) % {"n": waived}, "blue"))
    return tags


def _facts(card: dict[str, Any]) -> list[tuple[str, str]]:
    number, unit = card.get("promised", (0, "working_days"))
    return [
        (_("承诺时限"), words.amount(number, unit) if number else _("当场办结")),
        (_("到场次数"), words.visits(card.get("visits", 0))),
        (_("办理形式"), words.ways(card.get("ways", []))),
    ]
