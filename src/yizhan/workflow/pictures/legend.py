"""What the signs of a drawing mean 图例: only those that stand in it."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yizhan.workflow.pictures import signs
from yizhan.workflow.pictures.states import Standing, State
from yizhan.workflow.processes.graph import Graph


def legend(graph: Graph, stand: Standing) -> SafeString:
    """A list of signs with their words; empty where none needs any."""
    states: dict[State, str] = {
        "current": _("目前在此"),
        "passed": _("已办"),
        "skipped": _("未经过"),
        "cancelled": _("已中止"),
    }
    seen = set(stand.of.values())
    told = [(signs.badge(state, 10, 10), said) for state, said in states.items() if state in seen]
    events = {(one.kind, one.interrupts) for key in graph.nodes for one in graph.boundaries(key).values()}
    kinds = {"timer": _("到时"), "message": _("收到消息"), "error": _("出现差错")}
    for kind, said in kinds.items():
        if any(found == kind for found, _interrupts in events):
            told.append((signs.event(kind, 10, 10, interrupts=True), said))
    if any(not interrupts for _kind, interrupts in events):
        told.append((_BROKEN, _("虚线：本环节照常继续")))
    if not told:
        return SafeString("")
    one = '<li><svg viewBox="-2 -2 24 24" width="24" height="24" aria-hidden="true">{}</svg>{}</li>'
    return format_html('<ul class="process-legend">{}</ul>', format_html_join("", one, told))


_BROKEN = SafeString('<path d="M-2 10H22" fill="none" stroke="currentColor" stroke-dasharray="5 4"/>')
