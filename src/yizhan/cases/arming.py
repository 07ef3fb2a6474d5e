"""Clocks without timers 补设定时: those that ran before cards were known, or came with a backup of such a time.

Once, when a worker starts; a clock that a step writes has its timers from that step.
"""

from __future__ import annotations

from django.db import connection

from yizhan.cases import card_rules, cards
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, Clock, Timer
from yizhan.journal import work
from yizhan.releases.models import definition

BATCH = 200
_swept = False

_WITHOUT = """
    select clock.case_id, clock.id from cases_clock clock
    where clock.state = 'running' and clock.due_at is not null and clock.kind = any(%s) and clock.id > %s
      and not exists (select from cases_timer t where t.case_id = clock.case_id and t.kind = %s
                      and t.ref in (clock.id || ':warn', clock.id || ':due', clock.id || ':uncorrected'))
      and not exists (select from cases_card c where c.case_id = clock.case_id and c.clock = clock.id)
    order by clock.id limit %s
"""


@work.round("clocks without timers")
def once() -> int:
    """All of them, when the worker has just started; how many got their timers."""
    global _swept  # noqa: PLW0603 (it is the process that has started)
    if _swept:
        return 0
    _swept = True
    return sweep()


def sweep() -> int:
    """Set the timers of every running clock that has neither timers nor cards; how many there were."""
    armed, last, site = 0, 0, card_rules.site()
    while not work.stopping():
        with work.one_transaction():
            found = _without(last)
            for case_id, clock_id in found:
                case = Case.objects.select_for_update().get(id=case_id)
                item = definition(case.release_id, "item", case.item_id, ItemDefinition)
                clock = Clock.objects.get(case=case, id=clock_id)
                moments = cards.moments(clock, item.type, card_rules.rules(case.release_id, site))
                Timer.objects.bulk_create(
                    (
                        Timer(case=case, kind=cards.KIND, ref=f"{clock.id}:{moment}", due=at)
                        for moment, at in moments
                    ),
                    ignore_conflicts=True,  # a step may have set them since they were looked for
                )
                armed += bool(moments)
        if len(found) < BATCH:
            break
        last = found[-1][1]
    return armed


def _without(last: int) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT, [sorted(cards.WATCHED), last, cards.KIND, BATCH])
        return [(case, clock) for case, clock in cursor.fetchall()]
