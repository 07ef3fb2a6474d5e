"""When several have said enough, and what they said together 会商结果."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yizhan.workflow.processes.nodes import Policy
from yizhan.workflow.processes.situation import Scope
from yizhan.workflow.processes.walking import Walk

AGREED, REFUSED, NOBODY = "agreed", "refused", "nobody"


@dataclass(frozen=True)
class Count:
    """How several have answered so far.

    Attributes:
        answers: what each said, with ``one``: for whom or what it was.
        waiting: the indexes of those who have not answered.
    """

    answers: Mapping[int, dict[str, Any]]
    waiting: tuple[int, ...]
    consents: frozenset[int]

    @classmethod
    def of(cls, walk: Walk, each: Scope) -> Count:
        """The count of an open scope of several."""
        here = [index for index in range(len(each.expected)) if index not in each.gone]
        said = {
            index: {"one": each.expected[index], **each.data[str(index)]}
            for index in here
            if str(index) in each.data
        }
        named = _policy(walk, each).consents
        consents = frozenset(
            index
            for index, left in said.items()
            if not named or {left.get("action"), left.get("outcome")} & named
        )
        return cls(said, tuple(index for index in here if index not in said), consents)

    @property
    def refusals(self) -> int:
        """How many answered otherwise than with consent."""
        return len(self.answers) - len(self.consents)

    def plain(self) -> dict[str, Any]:
        """What is kept for later conditions."""
        return {
            "agreed": len(self.consents),
            "refused": self.refusals,
            "answers": [self.answers[index] for index in sorted(self.answers)],
        }


def judge(walk: Walk, each: Scope, count: Count) -> str | None:
    """What they have said together, or none while that is open."""
    policy = _policy(walk, each)
    together = REFUSED if count.refusals else AGREED
    if not count.answers and not count.waiting:
        return NOBODY
    if (
        policy.complete is not None
        and walk.computed(policy.complete, _outside(each), more=_numbers(count))[0] is True
    ):
        return together
    if policy.name == "lead":
        led = _lead(walk, each, policy)
        if led in count.answers:
            return AGREED if led in count.consents else REFUSED
        if led is not None:
            return None
    if policy.name == "any" and count.answers:
        return together
    if policy.name == "veto" and count.refusals:
        return REFUSED
    if policy.name == "count":
        return _counted(walk, each, policy, count)
    return None if count.waiting else together


def _counted(walk: Walk, each: Scope, policy: Policy, count: Count) -> str | None:
    """Enough consents, or so many refusals that there can no longer be enough."""
    everybody = len(count.answers) + len(count.waiting)
    wanted = walk.computed(policy.needed, _outside(each))[0] if policy.needed else None
    needed = int(wanted) if isinstance(wanted, Decimal) else everybody
    needed = min(max(needed, 1), everybody)
    if len(count.consents) >= needed:
        return AGREED
    return REFUSED if len(count.consents) + len(count.waiting) < needed else None


def _lead(walk: Walk, each: Scope, policy: Policy) -> int | None:
    """The index of the lead; none if it does not take part, and then all are waited for."""
    lead = walk.computed(policy.lead, _outside(each))[0] if policy.lead else None
    for index, one in enumerate(each.expected):
        unit = one.get("unit") if isinstance(one, Mapping) else one
        if index not in each.gone and unit == lead:
            return index
    return None


def _policy(walk: Walk, each: Scope) -> Policy:
    many = walk.graph.each(each.node)
    return many.policy if many is not None else Policy()


def _outside(each: Scope) -> int:
    return each.parent or 0


def _numbers(count: Count) -> dict[str, Decimal]:
    """Names after BPMN 2.0, table 10.30, and shorter ones of ours."""
    done, waiting = Decimal(len(count.answers)), Decimal(len(count.waiting))
    return {
        "numberOfInstances": done + waiting,
        "numberOfCompletedInstances": done,
        "numberOfActiveInstances": waiting,
        "numberOfTerminatedInstances": Decimal(0),
        "total": done + waiting,
        "done": done,
        "agreed": Decimal(len(count.consents)),
        "refused": Decimal(count.refusals),
    }
