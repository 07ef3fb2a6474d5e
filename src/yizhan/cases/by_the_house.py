"""Cases that the house opens by itself when their time has come 到期自动立案, such as a yearly re-check.

What was filed last is the basis: who lives together, what they declared, what the registers said. Files stay with the
case they came with.
"""

from __future__ import annotations

import copy
import uuid
from datetime import datetime, timedelta

from django.db import connection, transaction

from yizhan import clock
from yizhan.cases import catalogue, follow_ups, opening
from yizhan.cases.application_form import form_of
from yizhan.cases.models import Case, Filing, FollowUp
from yizhan.cases.opening import Opening
from yizhan.forms.form import Form
from yizhan.forms.paths import Data, get
from yizhan.identity.actor import HOUSE
from yizhan.journal import access, work
from yizhan.registry.purposes import ForCase

OPENED = "case.opened_by_house"
BATCH = 50
_AGAIN_IN = timedelta(hours=1)
_NAMES = uuid.UUID("3b7b5f3e-1f5c-4d0b-8a44-0f0b7c1d9a52")  # ours; the command follows from the row

# What no longer is in force is not looked at again; should it be in force again, its turn comes.
_WAITING = """
    from cases_followup f join cases_case c on c.id = f.case_id join cases_case o on o.id = f.origin_id
    where f.opened_as = '' and f.given_up_at is null and f.due <= %s
      and c.closed_at is not null and o.closed_at is not null
      and not exists (select from cases_lapse l where l.case_id = f.origin_id and l.undone_at is null)
    order by f.due, f.id limit 1
"""
_CLAIM = f"select f.id {_WAITING} for update of f skip locked"
_NEXT = f"select f.due {_WAITING}"


@work.round("follow-ups")
def open_due() -> int:
    """Open what is due, the earliest first, each in a transaction of its own; how many."""
    done = 0
    while done < BATCH and not work.stopping():
        with work.one_transaction():
            row = _claim()
            if row is None:
                break
            _try(row)
        done += 1
    return done


def next_due(until: datetime) -> datetime | None:
    """When the next one is due, up to a moment."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [until])
        found = cursor.fetchone()
    return found[0] if found else None


def _claim() -> FollowUp | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [clock.now()])
        found = cursor.fetchone()
    return FollowUp.objects.select_related("case", "origin").get(id=found[0]) if found else None


def _try(row: FollowUp) -> None:
    """Open it; what fails takes no other with it, and has its turn again later."""
    if not follow_ups.grounded(row):
        FollowUp.objects.filter(id=row.pk).update(given_up_at=clock.now())
        return
    try:
        with transaction.atomic(), access.watching(HOUSE.viewer()):
            open_one(row)
    except Exception:
        work.log.exception("what follows case %s cannot be opened; it will be tried again", row.case_id)
        FollowUp.objects.filter(id=row.pk).update(due=clock.now() + _AGAIN_IN)


def open_one(row: FollowUp) -> Case:
    """Open what follows, within the present transaction and the house's scope; the case.

    Raises:
        NotHere: the registers do not know the person any more.
    """
    case = _open(row)
    row.opened_as, row.opened_at = case.number, clock.now()
    row.save(update_fields=["opened_as", "opened_at"])
    return case


def _open(row: FollowUp) -> Case:
    before, item = row.case, catalogue.get(row.item)
    filing = Filing.objects.filter(case=before).order_by("-rev")[0]
    form = form_of(item.release_id, item.code)
    what = Opening(
        item=item.definition,
        release_id=item.release_id,
        subject=before.subject,
        channel="house",
        form=form.key,
        data=_without_files(form, filing.data),
        facts=filing.facts,
        purpose=ForCase(before.number),
        applicant=before.applicant,
    )
    return opening.open_(what, by=HOUSE, command=uuid.uuid5(_NAMES, str(row.pk)), kind=OPENED)


def _without_files(form: Form, data: Data) -> Data:
    kept = copy.deepcopy(data)
    fields = [f for section in form.sheet.sections for page in section.pages for f in page.fields]
    for field in fields:
        above, _dot, last = field.path.rpartition(".")
        place = get(kept, above) if above else kept
        if field.widget == "file" and isinstance(place, dict):
            place.pop(last, None)
    return kept
