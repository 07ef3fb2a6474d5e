"""The room as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """portal 门户."""

    name = "yizhan.portal"
    verbose_name = "门户"

    def ready(self) -> None:
        """Put the portal's pages into the menus."""
        from yizhan.ui.navigation import Entry, announce  # noqa: PLC0415

        announce(
            "public",
            Entry("home", _("首页"), "portal:home", order=10),
            Entry("items", _("办事指南"), "portal:items", order=20),
            Entry("progress", _("办件进度"), "portal:progress", order=30),
            Entry("mine", _("我的"), "portal:mine", order=40),
        )
        announce(
            "tabbar-public",
            Entry("home", _("首页"), "portal:home", icon="home", order=10),
            Entry("items", _("办事"), "portal:items", icon="layout-dashboard", order=20),
            Entry("messages", _("消息"), "portal:messages", icon="bell", order=30),
            Entry("mine", _("我的"), "portal:mine", icon="user", order=40),
        )
        announce(
            "footer",
            Entry("accessibility", _("无障碍声明"), "portal:accessibility", order=10),
            Entry("privacy", _("隐私保护"), "portal:privacy", order=20),
            Entry("sitemap", _("网站地图"), "portal:sitemap", order=30),
        )
