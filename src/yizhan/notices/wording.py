"""Definitions of messages 通知文字: ``messages.yaml`` of a pack, read, checked and filled in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import Field, field_validator, model_validator

from yizhan.releases.faults import did_you_mean
from yizhan.releases.models import definition, release
from yizhan.releases.words import Amiss, Key, Shape, Text
from yizhan.ui import dates
from yizhan.ui.site import Site

LONGEST_VALUE = 500
LONGEST_LINK = 60
LINK = "link"  # filled by the house with the address of the page the message leads to
_PLACE = re.compile(r"\{([^{}]*)\}")
# What a phone would turn into a link: a dot between a letter or digit and a letter.
_LINK_DOT = re.compile(r"(?<=[A-Za-z0-9])\.(?=[A-Za-z])")
_STOPS = "。；.;"
_GSM_7 = re.compile(r"[\n\r -Z_a-zÄÖÑÜ§äöñüà@£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¡¿¤]*")


class WrongParameters(ValueError):
    """A message was sent with parameters that its definition does not know, or without one it needs."""


@dataclass(frozen=True)
class Filled:
    """A message in its final words."""

    title: str
    text: str
    sms: str


class Parameter(Shape):
    """A place in a message 占位项. ``longest`` is how many characters of it an SMS may show."""

    key: Key
    meaning: Text
    longest: int = Field(default=20, ge=1, le=LONGEST_VALUE)


class Wording(Shape):
    """One message in both languages 通知模板.

    ``sms`` is the short text for phones; without it the text is taken. ``most_sms`` is how many SMS it may
    cost at the longest. An urgent message ignores quiet hours and preferences.
    """

    channels: list[Literal["app", "sms", "mail"]] = Field(min_length=1)
    parameters: list[Parameter] = Field(default_factory=list)
    title: Text
    text: Text
    sms: Text | None = None
    most_sms: int = Field(default=2, ge=1, le=5)
    urgent: bool = False

    @field_validator("channels")
    @classmethod
    def _each_once(cls, channels: list[str]) -> list[str]:
        if len(set(channels)) < len(channels):
            raise ValueError(_("同一渠道写了两次"))
        return channels

    @model_validator(mode="after")
    def _places_are_declared(self) -> Wording:
        declared = [parameter.key for parameter in self.parameters]
        used = {place: at for at, text in self._texts() for place in _PLACE.findall(text)}
        if unknown := sorted(used.keys() - {*declared, LINK}):
            words = _("占位项 %(keys)s 未在 parameters 中声明") % {"keys": ", ".join(unknown)}
            raise Amiss(words, at=used[unknown[0]], suggestion=did_you_mean(unknown[0], declared))
        if LINK in declared or len(set(declared)) < len(declared):
            raise ValueError(_("parameters 中有重复的键，或用了保留的 link"))
        if unused := [key for key in declared if key not in used]:
            raise ValueError(_("占位项 %(keys)s 没有用到") % {"keys": ", ".join(unused)})
        if any(LINK in _PLACE.findall(text) for text in (self.title.zh, self.title.en)):
            raise ValueError(_("标题中不能有 {link}"))
        return self

    @model_validator(mode="after")
    def _sms_is_short(self) -> Wording:
        for language in ("zh", "en") if "sms" in self.channels else ():
            longest = {p.key: "字" * p.longest for p in self.parameters} | {LINK: "x" * LONGEST_LINK}
            count = sms_count(signed(_put(getattr(self.sms or self.text, language), longest), language))
            if count > self.most_sms:
                raise ValueError(
                    _("短信（%(language)s）最长需 %(count)s 条，超过 most_sms 的 %(most)s 条；每条 70 字")
                    % {"language": language, "count": count, "most": self.most_sms}
                )
        return self

    def fill(self, values: Mapping[str, Any], *, language: str, link: str = "") -> Filled:
        """The message in one language; whatever a value holds, it stays a value.

        Raises:
            WrongParameters: a value is missing, or not asked for.
        """
        self._check(values)
        english = language.startswith("en")
        with translation.override("en" if english else "zh-hans"):
            shown = {key: plain(value) for key, value in values.items()}
        short = {p.key: without_links(_cut(shown[p.key], p.longest)) for p in self.parameters}
        pick = "en" if english else "zh"
        sms = _put(getattr(self.sms or self.text, pick), {**short, LINK: link})
        return Filled(
            _put(getattr(self.title, pick), shown)[:200],
            _put(getattr(self.text, pick), {**shown, LINK: link}),
            signed(sms, pick),
        )

    def _check(self, values: Mapping[str, Any]) -> None:
        declared = {parameter.key for parameter in self.parameters}
        lacking = [key for key in declared if values.get(key) in (None, "")]
        if lacking or set(values) - declared:
            raise WrongParameters(
                _("消息参数有误：缺少 %(lacking)s；多余 %(extra)s")
                % {
                    "lacking": ", ".join(sorted(lacking)) or "—",
                    "extra": ", ".join(sorted(set(values) - declared)) or "—",
                }
            )

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Each text, the last first, with its place."""
        for name, text in (("sms", self.sms), ("text", self.text), ("title", self.title)):
            if text is not None:
                yield from ((f"{name}.en", text.en), (f"{name}.zh", text.zh))


class Wordings(Shape):
    """All messages of a pack, by key."""

    messages: dict[Key, Wording]


def find(release_id: int, key: str) -> Wording:
    """A message of a release.

    Raises:
        KeyError: the release has no such message.
    """
    return definition(release_id, "messages", "messages", Wordings).messages[key]


def has(release_id: int, key: str) -> bool:
    """Whether a release has such a message."""
    if "messages" not in release(release_id).keys("messages"):
        return False
    return key in definition(release_id, "messages", "messages", Wordings).messages


def plain(value: Any) -> str:
    """A value as text on one line, without control and direction characters, at most 500 characters."""
    if isinstance(value, date):
        return dates.day(value)
    text = unicodedata.normalize("NFC", str(value)[: 4 * LONGEST_VALUE])
    kept = (" " if c.isspace() or unicodedata.category(c) == "Cc" else c for c in text)
    return _cut(
        " ".join("".join(c for c in kept if unicodedata.category(c)[0] != "C").split()), LONGEST_VALUE
    )


def without_links(text: str) -> str:
    """The same to the eye, but no phone makes a link of it: nobody advertises through a name."""
    return _LINK_DOT.sub("．", text)


def signed(text: str, language: str) -> str:
    """An SMS with the sender in front, as operators want it: 【越秀区政务服务网】…"""
    with translation.override("en" if language.startswith("en") else "zh-hans"):
        return f"【{Site().portal}】{text}"


def sms_count(text: str) -> int:
    """How many SMS a text costs: 70 characters, in several 67 each; without Chinese 160 and 153.

    (3GPP TS 23.038 and 23.040; characters beyond the first plane count twice.)
    """
    if _GSM_7.fullmatch(text):
        one, each, length = 160, 153, len(text)
    else:
        one, each, length = 70, 67, len(text.encode("utf-16-be")) // 2
    return 1 if length <= one else -(-length // each)


def _put(text: str, values: Mapping[str, str]) -> str:
    """Fill all places in one pass, so that a value is never read as a place.

    A value that is a sentence of its own leaves its full stop to the text, where one follows.
    """

    def filled(place: re.Match[str]) -> str:
        value = values[place[1]]
        return value.rstrip(_STOPS) if text[place.end() : place.end() + 1] in set(_STOPS) else value

    return _PLACE.sub(filled, text)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
