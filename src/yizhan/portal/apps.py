"""The room as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """portal 门户."""

    name = "yizhan.portal"
    verbose_name = _("门户")

    def ready(self) -> None:
        """Put the portal's pages into the menus."""
        from yizhan.portal import menus  # noqa: PLC0415

        menus.announce()
