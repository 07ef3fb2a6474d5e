"""The five answers in words 核验结论, for the page and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan.seals.verifying import Misuse, Used, Verified
from yizhan.seals.words import WHY
from yizhan.ui.language import listed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

MISUSE: Mapping[Misuse, StrPromise] = MappingProxyType(
    {
        Misuse.UNKNOWN_SEAL: lazy("不是本区登记的印章"),
        Misuse.NO_USE: lazy("用印登记中没有这次用印"),
        Misuse.OTHER_BYTES: lazy("这次用印登记的是另一份文件"),
        Misuse.OTHER_UNIT: lazy("所盖印章与批准用印的单位不符"),
        Misuse.OTHER_PERSON: lazy("签名章不是批准人本人的"),
        Misuse.NOT_IN_POST: lazy("签名时不在该岗位任职"),
        Misuse.NOT_IN_USE: lazy("盖章时该印章已停用或挂失"),
        Misuse.WITHDRAWN: lazy("用印批准在盖章前已撤回"),
    }
)


@dataclass(frozen=True)
class Line:
    """One answer: what was asked, yes, no or not told, and why."""

    key: str
    title: str
    state: Literal["yes", "no", "open"]
    words: str


def lines(found: Verified) -> list[Line]:
    """The answers, in the order in which they are asked."""
    return [_as_issued(found), _sealed(found), _whole(found), _authorised(found), _in_force(found)]


def _as_issued(found: Verified) -> Line:
    words = {
        True: _("与签发的文件一字不差"),
        False: _("与签发的文件不一致；扫描件、拍照件、另存过的文件都不会一致"),
        None: _("上传手中的 PDF 文件即可比对"),
    }
    return Line("as_issued", _("是签发时的原文件"), _state(found.as_issued), words[found.as_issued])


def _sealed(found: Verified) -> Line:
    if found.sealed is None:
        return Line("sealed", _("每枚印章均有效"), "open", _("上传文件后查验"))
    wrong = [f"{_called(one)}：{WHY[one.why]}" for one in found.seals if one.why is not None]
    words = _("；").join(wrong) or (listed(map(_called, found.seals)) if found.seals else str(_("没有印章")))
    return Line("sealed", _("每枚印章均有效"), _state(found.sealed), words)


def _whole(found: Verified) -> Line:
    title = _("印章覆盖全文，盖章后没有改动")
    if found.examined is None:
        return Line("whole", title, "open", _("上传文件后查验"))
    why = found.examined.why
    return Line("whole", title, _state(found.whole), str(WHY[why]) if why else _("盖章之后没有增减一字"))


def _authorised(found: Verified) -> Line:
    title = _("用印经过批准")
    if found.authorised is None:
        return Line("authorised", title, "open", _("没有查到用印"))
    wrong = [f"{_called(one)}：{MISUSE[one.misuse]}" for one in found.seals if one.misuse is not None]
    words = _("；").join(wrong) or _("%(seals)s，用印均有批准和登记") % {
        "seals": listed(map(_called, found.seals))
    }
    people = dict.fromkeys(one.name for one in found.seals if one.signs_as)
    if people and not wrong:
        words = _("；").join([words, _("%(people)s签名时在任") % {"people": listed(people)}])
    return Line("authorised", title, _state(found.authorised), words)


def _called(one: Used) -> str:
    """A seal by its name, a person's signature stamp by name and post."""
    return (
        _("%(name)s（%(post)s，签名章）") % {"name": one.name, "post": one.signs_as}
        if one.signs_as
        else one.name
    )


def _in_force(found: Verified) -> Line:
    words = {
        True: _("签发后没有撤回或者撤销"),
        False: _("已经撤回，不再有效"),
        None: _("查不到这份文书"),
    }
    return Line("in_force", _("文书现行有效"), _state(found.in_force), words[found.in_force])


def _state(answer: bool | None) -> Literal["yes", "no", "open"]:
    return "open" if answer is None else "yes" if answer else "no"
