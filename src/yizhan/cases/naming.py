"""What places, outcomes and clocks are called, in the language of the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizhan.cases import earlier, processes
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, Status
from yizhan.identity.models import Unit
from yizhan.releases.models import definition
from yizhan.releases.words import Basis
from yizhan.workflow.processes.nodes import AnyNode, End, Task, Wait


def node(case: Case, key: str) -> str:
    """The title of a place in the case's process, or in the earlier version in which the case was there."""
    found = earlier.where(case, key)
    return title(*found, key) if found else key


def item(case: Case) -> ItemDefinition:
    """The item as it was when the case began."""
    return definition(case.release_id, "item", case.item_id, ItemDefinition)


def title(release: int, process: str, key: str) -> str:
    """The title of a place in a release's process."""
    return str(processes.graph(release, process).nodes[key].title)


def is_worked(case: Case, key: str) -> bool:
    """Whether people work at this place, or the case waits there, such as for a public notice; a time line shows it."""
    found = earlier.where(case, key)
    return found is not None and isinstance(processes.graph(*found).nodes[key], Task | Wait)


def channel(key: str) -> str:
    """How a case was handed in."""
    return {"online": _("网上提交"), "window": _("窗口提交")}.get(key, _("依职权办理"))


def units(codes: Collection[str]) -> dict[str, str]:
    """Units by code, as people outside know them: a section after its department; one statement, none for none."""
    found = Unit.objects.filter(code__in=codes).select_related("parent") if codes else []
    return {unit.code: unit.full_name for unit in found}


def status(case: Case) -> str:
    """Where the case stands, in a word."""
    return str(Status(case.status).label)


def status_beside(case: Case) -> str:
    """Where it stands for those who do not wait for what others have asked of the applicant."""
    if case.status != Status.CORRECTING:
        return status(case)
    return str((Status.ACCEPTED if case.accepted_at else Status.RECEIVED).label)


def outcome(case: Case) -> str:
    """How the case ended; the title of the end it came to."""
    for one in _nodes(case).values():
        if isinstance(one, End) and not one.within and one.outcome == case.outcome:
            return str(one.title)
    return {"withdrawn": _("已撤回"), "terminated": _("已终止")}.get(case.outcome, status(case))


def clock(kind: str) -> str:
    """What a time limit is called."""
    return {
        "acceptance": _("受理期限"),
        "promised": _("承诺时限"),
        "statutory": _("法定时限"),
        "internal": _("环节时限"),
        "supplement": _("补正期限"),
        "delivery": _("送达期限"),
        "limit": _("自动流转期限"),
    }.get(kind, kind)


def suspension(kind: str) -> str:
    """What a clock waits for, in a word."""
    return {
        "supplement": pgettext("waited for", "补正"),
        "hearing": _("听证"),
        "tender": _("招标"),
        "auction": _("拍卖"),
        "inspection": _("检验"),
        "test": _("检测"),
        "quarantine": _("检疫"),
        "appraisal": _("鉴定"),
        "expert_review": _("专家评审"),
        "third_party": _("征求第三方意见"),
        "force_majeure": _("不可抗力"),
    }.get(kind, kind)


def basis(of: Basis) -> str:
    """A legal basis in words: law and article, and that nobody has read it where that is so."""
    words = str(of)
    return words if of.verified else _("%(law)s（待核实）") % {"law": words}


def action(case: Case, node: str, key: str) -> str:
    """The title of an action of a task."""
    found = earlier.where(case, node)
    return action_of(*found, node, key) if found else key


def action_of(release: int, process: str, node: str, key: str) -> str:
    """The title of an action of a task in a release's process."""
    task = processes.graph(release, process).nodes[node]
    if not isinstance(task, Task):
        return key
    if task.supplement is not None and task.supplement.key == key:
        return str(task.supplement.title)
    return str(task.actions[key].title) if key in task.actions else key


def _nodes(case: Case) -> Mapping[str, AnyNode]:
    return processes.graph(case.release_id, case.process).nodes
