"""The words of a drawing 图中用语: how a node, a way or an event is called where nobody gave it a title."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from yizhan.workflow.pictures.states import Participant, ParticipantState, State
from yizhan.workflow.processes.graph import Arrow, Graph, Via
from yizhan.workflow.processes.nodes import (
    AnyNode,
    Body,
    Boundary,
    Decide,
    Each,
    End,
    Gateway,
    Limit,
    Start,
    Wait,
)


def title(graph: Graph, node: AnyNode) -> str:
    """What a node is called in the picture."""
    if isinstance(node, Start):
        own = str(node.title)
        return _("开始") if own == str(_around(graph, node)) else own
    if isinstance(node, Gateway):
        return beside(graph, node) or sort(node)
    return str(node.title)


def beside(graph: Graph, node: Gateway | Decide) -> str:
    """What stands beside a diamond: its name; not one that several have, or that of what lies around it."""
    around = graph.nodes[node.within].title if node.within else None
    named = [
        one for one in graph.nodes.values() if isinstance(one, Gateway | Decide) and one.title == node.title
    ]
    return "" if node.title == around or len(named) > 1 else str(node.title)


def told(state: State) -> str:
    """What a node's state is in words, to stand behind its title."""
    return {
        "ahead": "",
        "current": _("（目前在此）"),
        "passed": _("（已办）"),
        "skipped": _("（未经过）"),
        "cancelled": _("（已中止）"),
    }[state]


def way(graph: Graph, arrow: Arrow) -> str:
    """What an arrow is called; empty where it needs no words."""
    if arrow.title is not None:
        return str(arrow.title)
    if arrow.via is Via.OTHERWISE:
        return _("其他情形")
    if arrow.via is Via.BOUNDARY:
        return event(graph.boundaries(arrow.source)[arrow.by])
    return ""


def event(boundary: Boundary) -> str:
    """What may happen meanwhile."""
    if boundary.title is not None:
        return str(boundary.title)
    if boundary.kind == "timer":
        limit = boundary.delay.limit if boundary.delay else None
        return _("满 %(time)s") % {"time": amount(limit)} if limit else _("到时")
    return _("收到消息") if boundary.kind == "message" else _("出现差错")


def amount(limit: Limit) -> str:
    """A length of time."""
    count = limit.amount
    return {
        "working_days": ngettext("%(count)s 个工作日", "%(count)s 个工作日", count),
        "natural_days": ngettext("%(count)s 日", "%(count)s 日", count),
        "duty_hours": ngettext("%(count)s 个工作小时", "%(count)s 个工作小时", count),
    }[limit.unit] % {"count": count}


def several(each: Each, known: int) -> str:
    """That something is done by each of several; ``known``: how many they are, 0 where that is open."""
    departments = each.times is None and each.name == "department"
    if departments and known and each.sequential:
        return ngettext("%(count)s 个单位依次办理", "%(count)s 个单位依次办理", known) % {"count": known}
    if departments and known:
        return ngettext("%(count)s 个单位分别办理", "%(count)s 个单位分别办理", known) % {"count": known}
    if departments:
        return _("多个单位依次办理") if each.sequential else _("多个单位分别办理")
    return _("逐项依次办理") if each.sequential else _("逐项分别办理")


def answer(one: Participant) -> str:
    """What one of several has said."""
    usual: dict[ParticipantState, str] = {
        "ahead": _("尚未轮到"),
        "waiting": _("待回复"),
        "answered": _("已回复"),
        "consented": pgettext("answer", "同意"),
        "refused": pgettext("answer", "不同意"),
        "silent": _("逾期视为同意"),
        "withdrawn": _("已退出"),
        "unasked": _("不再征求"),
    }
    return one.words or usual[one.state]


def more(count: int) -> str:
    """That some find no room in the picture; the list has them all."""
    return ngettext("另有 %(count)s 个单位", "另有 %(count)s 个单位", count) % {"count": count}


def sort(node: AnyNode) -> str:
    """What sort of place a node is, where its shape alone tells it; empty where its title does."""
    if isinstance(node, Gateway):
        return _("各路同时进行") if node.kind == "parallel" else _("满足条件的各路进行")
    if isinstance(node, Body):
        return _("另行办理的流程") if node.own else ""
    if isinstance(node, Decide):
        return _("按规则判定")
    if isinstance(node, Wait):
        return _("等待")
    if isinstance(node, End):
        return {"way": "", "all": _("全部结束"), "error": _("按差错结束")}[node.kind]
    return ""


def _around(graph: Graph, node: AnyNode) -> object:
    return graph.nodes[node.within].title if node.within else graph.title
