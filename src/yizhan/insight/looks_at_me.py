"""Who looked at my data, in words 谁看过我的信息; for the resident whose data they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yizhan.insight import looks
from yizhan.registry import seen
from yizhan.ui.language import local

PER_PAGE = 20


@dataclass(frozen=True)
class Line:
    """One look, in words.

    Attributes:
        number: of the line, by which the unit finds it in its log.
        who: unit and post, or the house itself; never a name.
        why: the case or the reason.
        what: which kinds of data.
    """

    number: int
    at: datetime
    who: str
    action: str
    why: str
    what: list[str]

    def data(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "who": self.who,
            "action": self.action,
            "why": self.why,
            "what": self.what,
        }


@dataclass(frozen=True)
class Page:
    """Some looks; the next page lies below the number ``below``, None on the last."""

    lines: list[Line]
    below: int | None


def page(*, below: int | None = None) -> Page:
    """A page of looks at the signed-in resident, the newest first; one statement."""
    found = seen.looks_at_me(below=below, most=PER_PAGE + 1)
    shown = found[:PER_PAGE]
    return Page([_line(one) for one in shown], shown[-1].id if len(found) > PER_PAGE else None)


def _line(one: seen.Look) -> Line:
    return Line(
        number=one.id,
        at=one.at,
        who=_who(one),
        action=looks.did(one.action),
        why=looks.why(one.purpose),
        what=[looks.item(key) for key in one.fields],
    )


def _who(one: seen.Look) -> str:
    if one.unit is not None and one.post is not None:
        return f"{local(one.unit)} {local(one.post)}"
    return {
        "staff": _("工作人员"),
        "citizen": _("居民（同户成员或代办人）"),
        "gone": _("账户已注销"),
    }.get(one.who, _("本平台（系统自动核对）"))
