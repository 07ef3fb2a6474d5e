"""What places, outcomes and clocks are called, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.cases.models import Case, Status
from yizhan.releases.models import definition
from yizhan.workflow.processes.definition import FlowDefinition


def flow(release: int, process: str) -> FlowDefinition:
    """The process of a release."""
    return definition(release, "process", process, FlowDefinition)


def node(case: Case, key: str) -> str:
    """The title of a place in the case's process."""
    return title(case.release_id, case.process, key)


def title(release: int, process: str, key: str) -> str:
    """The title of a place in a release's process."""
    return str(flow(release, process).states[key].title)


def is_worked(case: Case, key: str) -> bool:
    """Whether people work at this place, so that a time line shows it."""
    return flow(case.release_id, case.process).states[key].kind == "task"


def status(case: Case) -> str:
    """Where the case stands, in a word."""
    return str(Status(case.status).label)


def outcome(case: Case) -> str:
    """How the case ended; the title of the end it came to."""
    states = flow(case.release_id, case.process).states.values()
    for state in states:
        if state.kind == "end" and state.outcome == case.outcome:
            return str(state.title)
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


def action(case: Case, node: str, key: str) -> str:
    """The title of an action of a task."""
    state = flow(case.release_id, case.process).states[node]
    return str(state.actions[key].title) if state.kind == "task" and key in state.actions else key
