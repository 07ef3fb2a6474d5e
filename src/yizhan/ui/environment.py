"""The one Jinja environment 模板环境, named in settings. Templates speak these words and no others."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils import translation
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context

from yizhan import clock
from yizhan.ui import dates, language, masks, month, navigation, numbers, wording
from yizhan.ui.addressing import link, url
from yizhan.ui.icons import icon
from yizhan.ui.lamps import level_words
from yizhan.ui.manifest import asset
from yizhan.ui.preferences import Preferences
from yizhan.ui.site import Site

FILTERS: dict[str, Callable[..., str]] = {
    "month": dates.month,
    "day": dates.day,
    "moment": dates.moment,
    "when_short": dates.when_short,
    "weekday": dates.weekday,
    "machine_date": dates.machine_date,
    "number": numbers.number,
    "compact": numbers.compact,
    "money": numbers.money,
    "percent": numbers.percent,
    "file_size": numbers.file_size,
    "mask_name": masks.mask_name,
    "mask_id": masks.mask_id,
    "mask_phone": masks.mask_phone,
    "initial": masks.initial,
    "local": language.local,
    "chinese": language.chinese,
    "as_written": language.as_written,
    "mixed": language.mixed,
    "sentences": language.sentences,
    "listed": language.listed,
}


def environment(**options: Any) -> Environment:
    """Made once by Django's Jinja2 backend, which passes loader, autoescape and auto_reload.

    A name that a view forgot is an error, not an empty place; templates stay compiled.
    """
    options |= {
        "undefined": StrictUndefined,
        "cache_size": -1,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n", *options.get("extensions", [])],
    }
    options.pop("autoescape", None)
    made = Environment(autoescape=True, **options)
    cast(Any, made).install_gettext_callables(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals.update(gettext=wording.gettext, _=wording.gettext)
    made.filters.update({name: _while_rendering(written) for name, written in FILTERS.items()})
    made.globals.update(
        url=url,
        link=link,
        asset=asset,
        icon=icon,
        site=Site(),
        now=clock.now,
        today=clock.today,
        level_words=level_words,
        weeks=month.weeks,
        menu=navigation.menu,
        grouped=navigation.grouped,
        slot=navigation.slot,
        preferences=Preferences.of,
        html_lang=language.html_lang,
        in_english=language.in_english,
        messages=messages,
    )
    return made


def _while_rendering(written: Callable[..., str]) -> Callable[..., str]:
    """Keep Jinja from working out ``320|money`` once for all, in the language of the first reader."""

    @pass_context
    @wraps(written)
    def filtered(context: Context, *args: Any, **kwargs: Any) -> str:
        return written(*args, **kwargs)

    return filtered


def messages(request: HttpRequest) -> list[Any]:
    """What the last action wants to tell; told once."""
    return list(get_messages(request))
