"""What the portal puts into the menus 导航. Only pages there are; staff have their own door."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizhan.portal.visitors import nobody, not_staff, resident, unread
from yizhan.ui import navigation
from yizhan.ui.navigation import Entry


def announce() -> None:
    """Announce all entries."""
    navigation.announce("public", *_MAIN)
    navigation.announce("utility", *_ACCOUNT)
    navigation.announce("quick-public", *_QUICK)
    navigation.announce("tabbar-public", *_TABS)
    navigation.announce("footer", *_FOOT)


_MAIN = (
    Entry("home", _("首页"), "portal:home", order=10),
    Entry("items", _("办事指南"), "portal:items", order=20),
    Entry("progress", _("办件进度"), "portal:progress", order=30),
    Entry("verify", _("文书核验"), "portal:verify", order=40),
    Entry("deadlines", _("时限计算"), "portal:deadlines", order=50),
    Entry("notices", _("公示"), "portal:notices", order=60),
    Entry("facilities", _("服务网点"), "portal:facilities", order=70),
    Entry("mine", _("我的办事"), "portal:mine", order=90, visible=not_staff),
)
_ACCOUNT = (
    Entry("login", _("登录 / 注册"), "portal:login", icon="user-circle", order=50, visible=nobody),
    Entry("messages", _("消息"), "portal:messages", icon="bell", order=60, visible=resident, count=unread),
    Entry("mine", _("我的办事"), "portal:mine", icon="user-circle", order=70, visible=resident),
)
_QUICK = (
    Entry("items", _("办事指南"), "portal:items", icon="books", tone="blue", order=10),
    Entry("progress", _("办件进度"), "portal:progress", icon="list-check", tone="teal", order=20),
    Entry("mine", _("我的办事"), "portal:mine", icon="folder", tone="amber", order=30, visible=not_staff),
    Entry(
        "messages", _("我的消息"), "portal:messages", icon="bell", tone="violet", order=40, visible=not_staff
    ),
    Entry(
        "real-name", _("实名核验"), "portal:real_name", icon="id", tone="green", order=50, visible=not_staff
    ),
    Entry("verify", _("文书核验"), "portal:verify", icon="shield-check", tone="cyan", order=60),
    Entry("deadlines", _("时限计算"), "portal:deadlines", icon="calendar-time", tone="blue", order=70),
    Entry("notices", _("公示"), "portal:notices", icon="clipboard-list", tone="teal", order=80),
    Entry("facilities", _("服务网点"), "portal:facilities", icon="map-2", tone="amber", order=90),
    Entry("laws", _("法规政策"), "portal:laws", icon="scale", tone="violet", order=95),
    Entry("licences", _("证照查询"), "portal:licence_ask", icon="certificate", tone="green", order=97),
)
_TABS = (
    Entry("home", _("首页"), "portal:home", icon="home", order=10),
    Entry("items", _("办事"), "portal:items", icon="layout-dashboard", order=20),
    Entry("messages", _("消息"), "portal:messages", icon="bell", order=30, visible=not_staff, count=unread),
    Entry("mine", _("我的"), "portal:mine", icon="user", order=40, visible=not_staff),
)
_FOOT = (
    Entry("laws", _("法规政策"), "portal:laws", order=5),
    Entry("licences", _("证照查询"), "portal:licence_ask", order=7),
    Entry("accessibility", _("无障碍声明"), "portal:accessibility", order=10),
    Entry("privacy", _("隐私保护"), "portal:privacy", order=20),
    Entry("sitemap", _("网站地图"), "portal:sitemap", order=30),
)
