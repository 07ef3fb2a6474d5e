"""The room as Django sees it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StationConfig(AppConfig):
    """station 综合受理."""

    name = "yizhan.station"
    verbose_name = "综合受理"

    def ready(self) -> None:
        """Put the window into the menus of those who sit at one."""
        from yizhan.station.who import CLERK  # noqa: PLC0415
        from yizhan.ui.navigation import Entry, announce  # noqa: PLC0415

        def sits_at_a_window(request: HttpRequest) -> bool:
            actor: Any = getattr(request, "actor", None)
            return actor is not None and actor.is_staff and actor.holds(CLERK)

        for place, order in (("desk", 30), ("tabbar-desk", 20)):
            announce(
                place,
                Entry(
                    "station",
                    _("窗口收件"),
                    "station:home",
                    icon="ticket",
                    order=order,
                    visible=sits_at_a_window,
                    group=_("业务办理"),
                ),
            )
