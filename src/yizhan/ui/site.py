"""Whose house this is 站点: the district's names and hotline, shown on every page.

``settings.SITE`` may set any of ``district``, ``short``, ``portal``, ``platform``, ``sponsor`` (each
``{"zh": …, "en": …}``), ``mark`` (one character) and ``hotline``; what it leaves out is 越秀区's, or follows
from the district.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yizhan.ui.language import in_english

DEFAULTS: Mapping[str, Any] = {
    "district": {"zh": "越秀区", "en": "Yuexiu District"},
    "short": {"zh": "越秀", "en": "Yuexiu"},
    "hotline": "12345",
}


class Site:
    """The names in the language of the present page."""

    @property
    def district(self) -> str:
        """The district 越秀区."""
        return _in_language(_given("district"))

    @property
    def short(self) -> str:
        """The district without its rank 越秀."""
        return _in_language(_given("short"))

    @property
    def portal(self) -> str:
        """What residents call the public site 政务服务网."""
        given = _given("portal")
        return _in_language(given) if given else _("%(district)s政务服务网") % {"district": self.district}

    @property
    def platform(self) -> str:
        """What staff call the workbench 政务平台."""
        given = _given("platform")
        return _in_language(given) if given else _("%(short)s政务平台") % {"short": self.short}

    @property
    def sponsor(self) -> str:
        """Who answers for the site 主办单位."""
        given = _given("sponsor")
        if given:
            return _in_language(given)
        return _("%(district)s人民政府办公室") % {"district": self.district}

    @property
    def mark(self) -> str:
        """The one character in the red square; without its own the first of the district's name."""
        return str(_given("mark") or _given("district")["zh"][0])

    @property
    def hotline(self) -> str:
        """The service hotline 政务服务热线."""
        return str(_given("hotline"))

    @property
    def demo(self) -> bool:
        """Whether everything shown is invented."""
        return bool(getattr(settings, "DEMO", False))


def _given(key: str) -> Any:
    return getattr(settings, "SITE", {}).get(key) or DEFAULTS.get(key)


def _in_language(words: Mapping[str, str]) -> str:
    return words["en"] if in_english() else words["zh"]
