"""What somebody may do with a case as a whole, beside its tasks 统筹操作."""

from __future__ import annotations

from dataclasses import dataclass, field

from yizhan.cases import ending, naming, returning, urging
from yizhan.cases.models import Case, TaskState
from yizhan.identity.actor import Actor


@dataclass(frozen=True)
class May:
    """What is open to somebody now.

    Attributes:
        take_back: the title of the step that could be taken back; empty if none could.
        reopen: the steps at which a case that has ended could go on, by key and title.
    """

    urge: bool = False
    terminate: bool = False
    take_back: str = ""
    reopen: list[tuple[str, str]] = field(default_factory=list)


def may(case: Case, by: Actor, *, coordinates: bool) -> May:
    """What somebody may do; ``coordinates`` tells whether they coordinate the item."""
    if case.closed_at is not None:
        if not ending.may_reopen(case, by):
            return May()
        return May(reopen=[(node.key, str(node.title)) for node in ending.places(case)])
    back = returning.can_take_back(case, by)
    waiting = any(task.audience == "staff" and task.state == TaskState.OPEN for task in case.tasks.all())
    return May(
        urge=waiting and (coordinates or urging.may_urge(case, by)),
        terminate=coordinates,
        take_back=naming.node(case, back.node) if back else "",
    )
