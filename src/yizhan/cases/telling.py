"""Telling officials 告知工作人员: a step, a time that passed or a card lets the holders of a role know.

It opens no task: whoever is told looks, urges, or takes the case up by what their role allows. They get the name of
the person masked, and a link where their unit takes part in the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhan.cases import processes
from yizhan.cases.step import Step
from yizhan.identity.holders import holders
from yizhan.identity.models import Account, Unit
from yizhan.notices import sending as notices
from yizhan.releases.words import Text

PAGE = "desk:case"
GIVEN = frozenset({"number", "item", "name", "state", "unit"})
"""What every message to officials may use."""
OF_A_CARD = GIVEN | {"card", "due"}
"""The same for one that tells of a card."""


def tell(
    step: Step, template: str, *, role: str, node: str, units: Sequence[Unit] = (), **values: Any
) -> None:
    """Send a message of the pack to everybody who holds a role that reaches a unit; each is told once.

    Args:
        step: the step with which it leaves.
        template: the key in the pack's ``messages.yaml``; one that the pack does not have is not sent.
        role: the role.
        node: where the case stands, as messages call it ``state``.
        units: the units; none: those that act at the node, or the item's own.
        values: for its places, beside those of ``GIVEN``; ``unit``, where it is not those that act at the node.
    """
    told: set[int] = set()
    acting = _acting(step, node)
    for unit in units or acting:
        found = {one.account_id for one in holders(role, unit.path, unit.division)} - told
        told |= found
        known = {**_known(step, node), "unit": named(acting if units else [unit]), **values}
        for account in Account.objects.filter(id__in=found).order_by("id"):
            _send(step, template, account, known, is_open=unit.code in step.case.units)
    if not told:
        step.note(nobody_to_tell=role)


def _send(step: Step, template: str, account: Account, known: dict[str, Any], *, is_open: bool) -> None:
    case = step.case
    notices.send(
        account,
        case.release_id,
        template,
        known,
        key=f"case:{case.number}/{step.rev}/{template}/{account.pk}",
        subject=f"case:{case.number}",
        link=(PAGE, case.number) if is_open else None,
        units=case.units,
    )


def named(units: Sequence[Unit]) -> Text:
    """Units in a row, in both languages."""
    return Text(
        zh="、".join(unit.name for unit in units), en=", ".join(unit.name_en or unit.name for unit in units)
    )


def _known(step: Step, node: str) -> dict[str, Any]:
    case = step.case
    nodes = processes.graph(case.release_id, case.process).nodes
    return {
        "number": case.number,
        "item": step.item.title,
        "name": case.masked_name,
        "state": nodes[node].title if node in nodes else step.item.title,
    }


def _acting(step: Step, node: str) -> list[Unit]:
    """The units whose officials stand at a node, or stood there as the step began."""
    codes = dict.fromkeys(task.unit for task in step.sheet.tasks_at(node))
    return [step.units.any(code) for code in codes or [step.case.unit]]
