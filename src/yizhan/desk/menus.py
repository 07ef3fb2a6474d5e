"""The menus of the workbench: only what there is, and only for whom it is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizhan.desk import standing
from yizhan.ui import navigation
from yizhan.ui.navigation import Entry


def announce() -> None:
    """Announce every page of the workbench that has a place in a menu."""
    navigation.announce(
        "desk",
        Entry("home", _("工作台"), "desk:home", icon="layout-dashboard", order=10, visible=standing.is_staff),
    )
    navigation.announce(
        "tabbar-desk",
        Entry("home", _("待办"), "desk:home", icon="inbox", order=10, visible=standing.is_staff),
        Entry("search", _("搜索"), "desk:search", icon="search", order=30, visible=standing.is_staff),
        Entry("messages", _("消息"), "desk:messages", icon="bell", order=40, visible=standing.is_staff),
    )
    navigation.announce(
        "desk-search", Entry("search", _("搜受理号、事项、姓名"), "desk:search", visible=standing.is_staff)
    )
    navigation.announce(
        "desk-tools",
        Entry(
            "messages",
            _("消息"),
            "desk:messages",
            icon="bell",
            visible=standing.is_staff,
            count=standing.unread,
        ),
    )
