"""A small read beside the list of tasks: on which days something is due.

Plain statements: they stand on the page that is opened most, where a query set costs more than its answer.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import connection

from yizhan.clock import ZONE
from yizhan.identity.actor import Actor

_MOST_DUE = 500


def my_due_days(actor: Actor, first: date, last: date) -> set[date]:
    """The days, first and last included, on which a task that one has claimed is due; one statement.

    Who has more than five hundred tasks in hand sees the days of the first of them.
    """
    begin, end = (datetime.combine(day, time(), ZONE) for day in (first, last + timedelta(days=1)))
    with connection.cursor() as cursor:
        # A limit ends with its last day: one that ends at midnight belongs to the day before.
        cursor.execute(
            """select distinct ((due_at - interval '1 microsecond') at time zone 'Asia/Shanghai')::date
               from (select due_at from cases_task
                     where state = 'open' and audience = 'staff' and assignee = %s and due_at > %s and due_at <= %s
                     order by due_at limit %s) mine""",
            [actor.account_id, begin, end, _MOST_DUE],
        )
        return {day for (day,) in cursor.fetchall()}
