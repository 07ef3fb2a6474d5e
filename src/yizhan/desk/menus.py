"""The menus of the workbench: only what there is, and only for whom it is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizhan.desk import standing
from yizhan.insight import late, looks
from yizhan.licences import acting
from yizhan.registry.keeping import KEEPER
from yizhan.ui import navigation
from yizhan.ui.navigation import Entry


def announce() -> None:
    """Announce every page of the workbench that has a place in a menu."""
    navigation.announce(
        "desk",
        Entry("home", _("工作台"), "desk:home", icon="layout-dashboard", order=10,
              visible=standing.is_staff, count=standing.todo),
        Entry("delegations", _("委托代办"), "desk:delegations", icon="arrows-exchange", order=20,
              visible=standing.is_staff),
        Entry("places", _("楼栋与地址"), "desk:places", icon="map-2", order=30,
              visible=standing.handles_cases),
        Entry("payments", _("待遇发放"), "desk:payments", icon="coins", order=40,
              visible=standing.pays),
        Entry("redress", _("差评办理"), "desk:redress_list", icon="message-report", order=50,
              visible=standing.answers_ratings, count=standing.bad_ratings),
        Entry("late", _("时限监察"), "desk:late", icon="gavel", order=60,
              visible=standing.holds(*late.SUPERVISORS), group=_("监督管理")),
        Entry("cards", _("亮牌台账"), "desk:cards", icon="alert-triangle", order=61,
              visible=standing.holds(*late.SUPERVISORS), group=_("监督管理")),
        *_registers(),
        *_administration(),
    )  # fmt: skip
    navigation.announce(
        "tabbar-desk",
        Entry(
            "home",
            _("待办"),
            "desk:home",
            icon="inbox",
            order=10,
            visible=standing.is_staff,
            count=standing.todo,
            alone=True,
        ),
        Entry("search", _("搜索"), "desk:search", icon="search", order=30, visible=standing.is_staff),
        Entry("messages", _("消息"), "desk:messages", icon="bell", order=40, visible=standing.is_staff),
    )
    navigation.announce(
        "desk-search",
        Entry("search", _("搜受理号、企业、地址、姓名"), "desk:search", visible=standing.is_staff),
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


def _registers() -> list[Entry]:
    group = _("登记簿")
    return [
        Entry("companies", _("企业档案"), "desk:companies", icon="building-store", order=69, group=group,
              visible=standing.looks_for_people),
        Entry("person-new", _("新登记人员"), "desk:person_new", icon="user-plus", order=70, group=group,
              visible=standing.holds(KEEPER)),
        Entry("laws", _("法规政策"), "desk:laws", icon="scale", order=72, group=group,
              visible=standing.is_staff),
        Entry("licences", _("证照管理"), "desk:licences", icon="certificate", order=73, group=group,
              visible=standing.holds(acting.KEEPER)),
        Entry("licences-granted", _("授权证照"), "desk:licences_granted", icon="id", order=74, group=group,
              visible=standing.handles_cases),
        Entry("imports", _("登记数据导入"), "desk:imports", icon="file-import", order=71, group=group,
              visible=standing.holds(KEEPER)),
    ]  # fmt: skip


def _administration() -> list[Entry]:
    group, everyone = _("系统管理"), standing.holds(*standing.ADMINISTRATORS)
    system = standing.holds(standing.SYSTEM)
    return [
        Entry("units", _("单位与岗位"), "desk:units", icon="building", order=80, visible=everyone, group=group),
        Entry("people", _("人员账户"), "desk:people", icon="users", order=81, visible=everyone, group=group),
        Entry("roles", _("角色与授权"), "desk:roles", icon="key", order=82, visible=everyone, group=group),
        Entry("all-delegations", _("全部委托"), "desk:all_delegations", icon="arrows-exchange", order=83,
              visible=everyone, group=group),
        Entry("directory", _("组织导入"), "desk:directory", icon="file-import", order=84, visible=system, group=group),
        Entry("divisions", _("行政区划"), "desk:divisions", icon="map-2", order=85, visible=everyone, group=group),
        Entry("workdays", _("放假安排"), "desk:workdays", icon="calendar-time", order=85, visible=system, group=group),
        Entry("moves", _("在办件版本"), "desk:moves", icon="arrows-exchange", order=85, visible=system, group=group),
        Entry("looks", _("查阅记录"), "desk:looks", icon="eye", order=87, visible=standing.holds(standing.AUDIT),
              group=group),
        Entry("marked-looks", _("须关注的查阅"), "desk:marked_looks", icon="alert-triangle", order=88,
              visible=standing.holds(*looks.WATCHERS), group=group),
        Entry("guarding", _("重点保护与限额"), "desk:guarding", icon="shield-check", order=89,
              visible=standing.holds(standing.SECURITY), group=group),
        Entry("seals", _("印章管理"), "desk:seals", icon="rubber-stamp", order=86,
              visible=standing.holds(standing.KEEPER_OF_SEALS), group=group),
        Entry("running", _("运行状况"), "desk:running", icon="activity", order=86, visible=everyone, group=group),
    ]  # fmt: skip
