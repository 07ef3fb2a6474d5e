"""Opening a case 立案: the one way, for whoever hands in at home, at a window, and for the house itself."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Literal

from yizhan import clock
from yizhan.cases import issuing, motion, numbering, reading, subjects
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, Filing, Status
from yizhan.cases.step import Answer, Step
from yizhan.forms.paths import Data, get
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit
from yizhan.registry.purposes import Purpose

Channel = Literal["online", "window", "house"]
_PHONES = ("applicant.phone", "agent.phone")


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a case begins with.

    Attributes:
        release_id: the release the item is taken from; the case keeps it.
        form, data, facts: what is filed: answers, and what the registers said of them.
        purpose: why the registers are asked for name, document and area.
        applicant, received_by: the accounts that applied and that took it in; None for the house.
    """

    item: ItemDefinition
    release_id: int
    subject: str
    channel: Channel
    form: str
    data: Data
    facts: dict[str, Any]
    purpose: Purpose
    applicant: int | None = None
    received_by: int | None = None


def open_(what: Opening, *, by: Actor, command: uuid.UUID, kind: str) -> Case:
    """Open a case and let its process begin; within the caller's transaction, who knows that it is the first.

    Raises:
        NotHere: nobody whom the scope shows.
    """
    case = _case(what, by)
    found = reading.opened(case, command)
    step = Step(case, by=by, command=command, kind=kind, found=found)
    filed = {"form": what.form, "data": what.data, "facts": what.facts}
    step.filing = Filing(case=case, rev=step.rev, by=step.who, at=step.at, **filed)
    step.sheet.add(step.filing)
    step.note(channel=case.channel, item=case.item_id, release=case.release_id)
    step.news("case.received")
    issuing.paper(step, "receipt")
    motion.begin(step)
    answer: Answer = {"number": case.number, "case": case.id}
    step.finish(answer)
    return case


def _case(what: Opening, by: Actor) -> Case:
    now, today, item = clock.now(), clock.today(), what.item
    about = subjects.about(what.subject, purpose=what.purpose)
    phone = next((str(phone) for path in _PHONES if (phone := get(what.data, path))), "")
    unit = Unit.objects.get(code=item.unit)
    window = [by.unit] if what.channel == "window" else []
    case = Case(
        number=numbering.case_number(today),
        serial=numbering.case_serial(unit.uscc, item.level, item.basic_code, today),
        item_id=item.code,
        release_id=what.release_id,
        process=item.handling.process,
        status=Status.RECEIVED,
        channel=what.channel,
        subject=what.subject,
        subject_name=about.name,
        document=about.document,
        applicant=what.applicant,
        received_by=what.received_by,
        tails=sorted({tail[-4:] for tail in (phone, *about.known_only_to_them) if len(tail) >= 4}),
        unit=unit.code,
        area=about.area,
        # The window first, if there is one; the unit that answers for the item in every case, also where
        # rules decide on the spot and nobody there ever has a task.
        units=list(dict.fromkeys([*window, unit.code])),
        data=what.data,
        opened_at=now,
    )
    case.save(force_insert=True)
    return case
