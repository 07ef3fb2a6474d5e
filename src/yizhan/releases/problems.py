"""What pydantic found wrong, in words for people who write packs."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from yizhan.releases import shapes
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.problem_words import compared, wanted
from yizhan.releases.words import KEY_PATTERN, Amiss

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from yizhan.releases.pack import Source


def faults_of(error: ValidationError, source: Source, model: type[BaseModel]) -> Iterator[Fault]:
    """Every problem of a definition, each at its place and with a suggestion where one is near."""
    for detail in error.errors(include_url=False):
        places = [part for part in detail["loc"] if not _is_choice_label(part, source.raw, detail["loc"])]
        words, suggestion = _said(detail, places, source.raw, model)
        if detail["type"].startswith("union_tag"):
            places.append(_tag(detail))
        if isinstance(amiss := detail.get("ctx", {}).get("error"), Amiss):
            places, suggestion = [*places, *amiss.at.split(".")], amiss.suggestion
        yield source.fault(_path(places), words, suggestion=suggestion)


def without_unknown_keys(error: ValidationError, raw: Any) -> Any | None:
    """A definition without the keys that nobody knows, so that the rest can be checked; None if more is wrong with it."""
    details = error.errors(include_url=False)
    if any(detail["type"] != "extra_forbidden" for detail in details):
        return None
    known = copy.deepcopy(raw)
    for detail in details:
        *way, last = [part for part in detail["loc"] if not _is_choice_label(part, raw, detail["loc"])]
        here = known
        for step in way:
            here = here[step]
        del here[last]
    return known


def _path(places: list[int | str]) -> str:
    path = ""
    for part in places:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _is_choice_label(part: int | str, raw: Any, places: tuple[int | str, ...]) -> bool:
    """Pydantic puts the name of a union's member into the place; people know no such key."""
    here: Any = raw
    for step in places:
        is_known = (
            isinstance(step, int) if isinstance(here, list) else isinstance(here, dict) and step in here
        )
        if step is part:
            return isinstance(part, str) and not is_known and part is not places[-1]
        if is_known:
            here = here[step]
    return False


def _said(detail: ErrorDetails, places: list[int | str], raw: Any, model: type[BaseModel]) -> tuple[str, str]:
    """Words and a suggestion."""
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind in {"too_long", "too_short"} and isinstance(given, str):
        kind = f"string_{kind}"
    if kind == "extra_forbidden":
        return _("不认识的键"), did_you_mean(str(places[-1]), shapes.keys_at(model, raw, places[:-1]))
    if kind == "missing":
        return _("缺少必填项"), ""
    if kind == "value_error":
        return str(context.get("error", detail["msg"])), ""
    if kind == "union_tag_not_found":
        return _("缺少必填项"), _choices(shapes.tags_at(model, raw, places))
    if kind == "union_tag_invalid":
        given, choices = context.get("tag", ""), _listed(context.get("expected_tags", ""))
        return _("没有“%(given)s”这一种") % {"given": _short(given)}, did_you_mean(str(given), choices)
    if kind in {"literal_error", "enum"}:
        choices = _listed(str(context.get("expected", "")))
        near = did_you_mean(str(given), choices)
        return _("“%(given)s”不在可选范围") % {"given": _short(given)}, near or _choices(choices)
    if kind == "string_pattern_mismatch":
        return _pattern(given, str(context.get("pattern", ""))), ""
    return wanted(kind, _short(given)) or compared(kind, context, _short(given)) or _rare(detail), ""


def _pattern(given: Any, pattern: str) -> str:
    if pattern == KEY_PATTERN:
        return _("“%(given)s”的写法不合要求：只用小写字母、数字和下划线，以字母开头") % {
            "given": _short(given)
        }
    return _("“%(given)s”的写法不合要求（%(pattern)s）") % {"given": _short(given), "pattern": pattern}


def _rare(detail: ErrorDetails) -> str:
    return _("“%(given)s”不合要求：%(why)s") % {"given": _short(detail["input"]), "why": detail["msg"]}


def _tag(detail: ErrorDetails) -> str:
    return str(detail.get("ctx", {}).get("discriminator", "kind")).strip("'")


def _listed(expected: str) -> list[str]:
    """``'task', 'end' or 3`` as the choices they are."""
    return [quoted or plain for quoted, plain in re.findall(r"'([^']*)'|\b(\d+)\b", expected)]


def _choices(choices: list[str]) -> str:
    return _("可用：%(words)s") % {"words": ", ".join(choices)} if choices else ""


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
