"""How a visitor wants to see pages 显示设置: colours and the elder mode, kept in cookies of their own.

They are no secrets, so they need neither an account nor consent; the language lies in Django's cookie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from markupsafe import Markup

THEMES: Final = ("light", "dark", "auto")
ONE_YEAR: Final = 365 * 24 * 3600
"""Seconds a choice is kept."""


@dataclass(frozen=True)
class Preferences:
    """What the cookies say; anything unknown reads as the default."""

    theme: str = "light"
    elder: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Preferences:
        """The choices this request brings."""
        theme = request.COOKIES.get("theme", "")
        return cls(theme if theme in THEMES else "light", request.COOKIES.get("elder") == "on")

    @property
    def attributes(self) -> Markup:
        """The attributes of ``<html>`` that the style sheets read."""
        elder = Markup(" data-elder") if self.elder else Markup("")
        return Markup('data-bs-theme="{}"').format(self.theme) + elder


def remember(response: HttpResponseBase, choices: Mapping[str, str]) -> None:
    """Keep the valid ones of the choices ``theme``, ``elder`` (on, off) and ``language``."""
    allowed = {
        "theme": ("theme", THEMES),
        "elder": ("elder", ("on", "off")),
        "language": (settings.LANGUAGE_COOKIE_NAME, tuple(code for code, _name in settings.LANGUAGES)),
    }
    for choice, (cookie, values) in allowed.items():
        if choices.get(choice) in values:
            response.set_cookie(
                cookie,
                choices[choice],
                max_age=ONE_YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
                httponly=True,
            )
