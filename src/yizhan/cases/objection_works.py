"""Works for objections to registered values 异议办理: noting one, reading a correction, entering it, ending it."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan.cases import works
from yizhan.cases.models import Case, Task, TaskKind
from yizhan.cases.objection_facts import KEY, WANTED
from yizhan.cases.refusals import CannotGoOn, Incomplete
from yizhan.cases.step import Step
from yizhan.forms.paths import get
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.journal.reading import Fact, reads
from yizhan.registry import correcting, objecting, sources, typing_in
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import Objection, Source
from yizhan.registry.purposes import ForCase, Own
from yizhan.releases.words import Text

NOT_CORRECTED = "not_corrected"
VALUE = "value"
"""What the officer typed, as the process calls it: a fault is told at this answer."""
_LONGEST_REASON = 500


def open_objection(step: Step, _arguments: works.Arguments) -> dict[str, Any]:
    """Note the objection, so that the value bears its mark; gives the unit that answers for it, and what it is called.

    Raises:
        CannotGoOn: an objection to the same value is being handled already.
    """
    case, data = step.case, step.filing.data
    key = str(get(data, KEY))
    purpose = Own() if step.by.is_citizen else ForCase(case.number)
    try:
        made = objecting.begin(
            case.subject, key, str(get(data, WANTED) or ""), case=case.number, by=step.by.key, purpose=purpose
        )
    except Refused as refused:
        raise CannotGoOn(str(refused)) from refused
    unit = step.units.open(made.source.unit) if made.source else None
    return {
        "unit": unit.code if unit else case.unit,
        "correctable": typing_in.correctable(key),
        "matter": CATALOGUE[key].meaning.zh,
    }


def read_correction(step: Step, arguments: works.Arguments) -> None:
    """See that what the officer typed is a value that the column can hold, and another than the present one.

    Raises:
        Incomplete: it is not; said at the answer.
        CannotGoOn: the register knows of no objection by this case.
    """
    found = _held(step.case)
    purpose = ForCase(step.case.number)
    try:
        value = typing_in.typed(found.key, str(arguments[VALUE] or ""))
        correcting.required_to_fit(CATALOGUE[found.key].column, value, step.reason[:_LONGEST_REASON])
        now = objecting.registered(step.case.subject, found.key, purpose=purpose)
    except Refused as refused:
        raise Incomplete([(VALUE, str(refused))]) from refused
    if typing_in.told(found.key, value) == now.words:
        raise Incomplete([(VALUE, _("与目前登记的内容相同，请核对。"))])


def correct_register(case: Case, arguments: works.Arguments) -> None:
    """Put the value right on the office's word; the old one stays in the history. Once, however often it is called.

    Raises:
        Failed: meanwhile the register holds something that does not go with it, or shows the person no more.
    """
    found = objecting.of_case(case.number)
    if found is None:
        raise works.Failed(NOT_CORRECTED)
    if found.ended_at is not None:
        return
    task = _decided(case)
    try:
        with transaction.atomic():
            correcting.correct(
                case.subject,
                CATALOGUE[found.key].column,
                typing_in.typed(found.key, str(arguments[VALUE] or "")),
                source=_source(found, task.unit).code,
                because=str(task.outcome.get("reason", ""))[:_LONGEST_REASON],
                by=f"account:{task.done_by}",
            )
            objecting.end(case.number, Objection.Outcome.CORRECTED, by=HOUSE.key)
    except (Refused, NotHere) as fault:
        raise works.Failed(NOT_CORRECTED) from fault


def end_objection(step: Step, arguments: works.Arguments) -> None:
    """Note what became of an objection that changes nothing from here."""
    _held(step.case)
    objecting.end(step.case.number, Objection.Outcome(str(arguments["outcome"])), by=step.by.key)


@reads("case.closed", reader="objections")
def case_closed(fact: Fact) -> None:
    """A case that ended before anybody decided leaves no value marked."""
    objecting.end(fact.subject.removeprefix("case:"), Objection.Outcome.ENDED, by=HOUSE.key)


def _held(case: Case) -> Objection:
    """The objection of a case; whoever handles the case is admitted to its person, page or no page.

    Raises:
        CannotGoOn: there is none that the scope shows.
    """
    with connection.cursor() as cursor:
        cursor.execute("select case_admit(%s)", [case.pk])
    found = objecting.of_case(case.number)
    if found is None:
        raise CannotGoOn(_("登记簿里没有这件办件的异议记录，未作改动。请联系管理员。"))
    return found


def _decided(case: Case) -> Task:
    """The task in which it was decided."""
    return Task.objects.filter(case=case, kind=TaskKind.STEP, done_by__isnull=False).latest("done_at")


def _source(found: Objection, unit: str) -> Source:
    """On whose word the value stands from now on: the register it came from, else one of the deciding office."""
    known = found.source or Source.objects.filter(unit=unit).order_by("id").first()
    if known is not None:
        return known
    office = Unit.objects.get(code=unit)
    return sources.declare(
        f"objection.{office.pk}"[:40],
        zh=f"{office.name}（异议核实）"[:100],
        en=f"{office.name_en or office.name} (objections)"[:100],
        unit=unit,
    )


works.announce(
    works.Work(
        name="open_objection",
        title=Text(zh="登记信息异议", en="notes the objection"),
        within=open_objection,
        gives={"unit": "string", "correctable": "boolean", "matter": "string"},
    )
)
works.announce(
    works.Work(
        name="read_correction",
        title=Text(zh="核对更正内容", en="reads the correction"),
        within=read_correction,
        takes=frozenset({VALUE}),
    )
)
works.announce(
    works.Work(
        name="correct_register",
        title=Text(zh="更正登记簿", en="corrects the register"),
        outside=correct_register,
        takes=frozenset({VALUE}),
        errors=frozenset({NOT_CORRECTED}),
        at_home=True,
    )
)
works.announce(
    works.Work(
        name="end_objection",
        title=Text(zh="异议办结", en="ends the objection"),
        within=end_objection,
        takes=frozenset({"outcome"}),
    )
)
