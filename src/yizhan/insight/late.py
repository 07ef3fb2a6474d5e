"""What is late 超期督办: open tasks past their limit, and those due by the next working day, by unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db import connection

from yizhan import calendar, clock
from yizhan.calendar.daytable import ONE_DAY, Table
from yizhan.cases.inbox import Line
from yizhan.clock import ZONE
from yizhan.identity.actor import Actor
from yizhan.ui.language import local

SUPERVISORS = ("platform.supervisor", "platform.leader")
SHOWN = 5
SHOWN_OF_ONE = 200


@dataclass(frozen=True)
class Waiting:
    """A task that is late or due, and who has it; nobody yet if ``holder`` is empty."""

    line: Line
    holder: str


@dataclass(frozen=True)
class UnitLate:
    """A unit with its late and due tasks, and the most urgent of them."""

    code: str
    name: str
    late: int
    due: int
    tasks: list[Waiting] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.late + self.due - len(self.tasks)


def by_unit(actor: Actor) -> list[UnitLate]:
    """The units within reach that have late or due tasks, the worst first; two statements."""
    return _gathered(actor, None, SHOWN)


def of_unit(actor: Actor, code: str) -> UnitLate | None:
    """One unit within reach, with more of its tasks; None where nothing is late or due."""
    return next(iter(_gathered(actor, code, SHOWN_OF_ONE)), None)


def due_until(table: Table) -> datetime:
    """The end of the next working day: what ends by then is shown as due."""
    day = clock.today() + ONE_DAY
    while not table.is_work(day):
        day += ONE_DAY
    return datetime.combine(day + ONE_DAY, time(), ZONE)


_LATE = """
    with reach as (
        select * from unnest(%(reaches)s::text[], %(paths)s::text[], %(areas)s::text[])
            as g (reach, path, area)
    ), unit as (
        select u.code,
               case when u.kind = 'section' then coalesce(above.name, '') else '' end || u.name as name,
               case when u.name_en = '' then ''
                    else u.name_en || case when u.kind = 'section' and above.name is not null
                                      then ', ' || coalesce(nullif(above.name_en, ''), above.name) else '' end
               end as name_en
        from identity_unit u left join identity_unit above on above.code = u.parent_id
        where (%(only)s::text is null or u.code = %(only)s)
          and exists (
            select from reach where case reach.reach
                when 'all' then true
                when 'own_unit' then u.path = reach.path
                when 'unit_subtree' then starts_with(u.path, reach.path)
                else starts_with(u.path, reach.path)
                     or (reach.area <> '' and starts_with(u.division, reach.area)) end)
    ), waiting as (
        select t.case_id, t.id, t.number, t.item, t.release, t.node, t.subject_mask, t.origin, t.opened_at,
               t.due_at, t.warn_at, t.assignee, t.done_at, t.action, t.kind, t.urged, t.unit,
               row_number() over (partition by t.unit order by t.due_at, t.id) as place,
               count(*) filter (where t.due_at < %(now)s) over (partition by t.unit) as late,
               count(*) over (partition by t.unit) as together
        from cases_task t
        where t.state = 'open' and t.audience = 'staff' and t.due_at <= %(until)s
          and t.unit in (select code from unit)
    )
    select unit.code, unit.name, unit.name_en, waiting.late, waiting.together, coalesce(account.name, ''),
           waiting.case_id, waiting.id, waiting.number, waiting.item, waiting.release, waiting.node,
           waiting.subject_mask, waiting.origin, waiting.opened_at, waiting.due_at, waiting.warn_at,
           waiting.assignee, waiting.done_at, waiting.action, waiting.kind, waiting.urged
    from waiting join unit on unit.code = waiting.unit
    left join identity_account account on account.id = waiting.assignee
    where waiting.place <= %(shown)s
    order by waiting.late desc, waiting.together desc, unit.code, waiting.place
"""


def _gathered(actor: Actor, only: str | None, shown: int) -> list[UnitLate]:
    grants = [grant for role in SUPERVISORS for grant in actor.grants_of(role)]
    if not grants:
        return []
    values: dict[str, Any] = {
        "reaches": [grant.reach for grant in grants],
        "paths": [grant.unit_path for grant in grants],
        "areas": [grant.area for grant in grants],
        "only": only,
        "now": clock.now(),
        "until": due_until(calendar.table()),
        "shown": shown,
    }
    found: dict[str, UnitLate] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LATE, values)
        for code, name, name_en, late, together, holder, *line in cursor.fetchall():
            named = local({"zh": name, "en": name_en})
            unit = found.setdefault(code, UnitLate(code, named, late, together - late))
            unit.tasks.append(Waiting(Line(*line), holder))
    return list(found.values())
