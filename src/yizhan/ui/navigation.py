"""Menus that the rooms above fill 导航: layouts ask what to show, rooms announce it in ``AppConfig.ready()``.

    navigation.announce("desk", Entry("inbox", _("我的待办"), "desk:inbox", icon="inbox", order=10,
                                      group=_("工作台"), count=unread))

A second kind of place is a *slot*: a room hands in a template, and the layout includes it there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise

from yizhan.ui.addressing import url

PLACES: Final = frozenset(
    {
        "public",  # 主导航 of the portal
        "utility",  # the thin bar on top of the portal: log-in, account
        "footer",  # 无障碍声明, 隐私保护 …
        "quick-public",  # the eight tiles under the portal's search field
        "tabbar-public",  # at most four, on phones
        "tabbar-desk",
        "desk",  # the side menu, in groups
        "desk-quick",  # 常用应用
        "desk-tools",  # icon buttons in the top bar: messages …
        "desk-search",  # the page that answers the search field; the first visible one is taken
    }
)
SLOTS: Final = frozenset({"desk-post", "desk-who", "public-notice"})


def _everybody(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    """One line of a menu.

    ``visible`` decides for each request; ``count`` is the number beside the label, not shown when None or 0.
    ``tone`` colours the tile of a quick entry. Entries with the same ``group`` stand together. An entry that
    stands ``alone`` is not marked on pages below its address.
    """

    key: str
    label: str | Promise
    url_name: str
    icon: str = ""
    order: int = 100
    visible: Callable[[HttpRequest], bool] = _everybody
    count: Callable[[HttpRequest], int | None] | None = None
    group: str | Promise = ""
    tone: str = "blue"
    alone: bool = False


@dataclass(frozen=True)
class Shown:
    """An entry as one page shows it."""

    entry: Entry
    url: str
    count: int | None
    current: bool


class AlreadyAnnouncedError(ValueError):
    """Two rooms want the same key in the same place."""


_entries: dict[str, dict[str, Entry]] = defaultdict(dict)
_templates: dict[str, dict[str, int]] = defaultdict(dict)


def announce(place: str, *entries: Entry) -> None:
    """Put entries into a menu.

    Raises:
        KeyError: there is no such place.
        AlreadyAnnouncedError: the place has another entry of this key.
    """
    _require(place)
    for entry in entries:
        if _entries[place].setdefault(entry.key, entry) != entry:
            raise AlreadyAnnouncedError(f"{place} has another entry {entry.key!r}")


def fill(slot: str, template: str, order: int = 100) -> None:
    """Let the layout include a template in a slot.

    Raises:
        KeyError: there is no such slot.
    """
    if slot not in SLOTS:
        raise KeyError(f"{slot!r} is no slot of a layout; there are {sorted(SLOTS)}")
    _templates[slot][template] = order


def menu(place: str, request: HttpRequest) -> list[Shown]:
    """What this request sees in a place, in order; the entry of the present page is marked.

    Raises:
        KeyError: there is no such place.
    """
    _require(place)
    chosen = [entry for entry in _entries[place].values() if entry.visible(request)]
    chosen.sort(key=lambda entry: entry.order)
    addresses = [url(entry.url_name) for entry in chosen]
    current = _closest(request.path, {a: e.alone for a, e in zip(addresses, chosen, strict=True)})
    return [
        Shown(entry, address, entry.count(request) if entry.count else None, address == current)
        for entry, address in zip(chosen, addresses, strict=True)
    ]


def grouped(place: str, request: HttpRequest) -> list[tuple[str, list[Shown]]]:
    """The menu as headed groups; a group stands where its first entry stands."""
    groups: dict[str, list[Shown]] = {}
    for shown in menu(place, request):
        groups.setdefault(str(shown.entry.group), []).append(shown)
    return list(groups.items())


def slot(name: str) -> list[str]:
    """The templates of a slot, in order."""
    return sorted(_templates[name], key=_templates[name].__getitem__)


def _require(place: str) -> None:
    if place not in PLACES:
        raise KeyError(f"{place!r} is no place of a menu; there are {sorted(PLACES)}")


def _closest(path: str, addresses: dict[str, bool]) -> str | None:
    """The longest address the path lies under; the root, and one that stands alone, is only itself."""
    found = (address for address, alone in addresses.items() if _is_at(path, address, alone=alone))
    return max(found, key=len, default=None)


def _is_at(path: str, address: str, *, alone: bool) -> bool:
    return path == address or (not (alone or address == "/") and path.startswith(address.rstrip("/") + "/"))
