"""Which unit a process means 单位的确定: of a task, or of a message to officials."""

from __future__ import annotations

from yizhan.cases.step import Step
from yizhan.identity.models import Unit
from yizhan.workflow.processes.effects import UnitChoice
from yizhan.workflow.processes.nodes import UnitRule

_SUBDISTRICT = 9  # digits of a division code that tell the sub-district


def unit_of(step: Step, choice: UnitChoice) -> Unit:
    """The unit a task goes to; where the rule finds none, the item's own unit, and the event says so."""
    found: Unit | None = None
    if choice.rule is UnitRule.AREA_SUBDISTRICT and len(step.case.area) >= _SUBDISTRICT:
        area = step.case.area[:_SUBDISTRICT]
        units = Unit.objects.open(step.at.date())
        found = units.filter(kind=Unit.Kind.SUBDISTRICT, division__startswith=area).first()
    elif choice.code:
        found = step.units.open(choice.code)
    if found is None:
        found = step.units.any(step.case.unit)
        if choice.rule is not UnitRule.ITEM_UNIT:
            step.note(unit_not_found=choice.rule.value)
    return found
