"""Small reads beside the list of tasks: which items to filter by, on which days something is due."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils.translation import get_language

from yizhan.cases.models import Item
from yizhan.clock import ZONE
from yizhan.identity.actor import Actor


def items_of(actor: Actor) -> list[tuple[str, str]]:
    """Code and title of the items that the packs of one's roles hold, by title; one statement."""
    packs = sorted({role.partition(".")[0] for role in actor.roles})
    title = "title_en" if (get_language() or "").startswith("en") else "title_zh"
    found = Item.objects.filter(in_use=True, release__pack__in=packs).order_by("sort")
    return list(found.values_list("code", title))


def my_due_days(actor: Actor, first: date, last: date) -> set[date]:
    """The days, first and last included, on which a task that one has claimed is due; one statement."""
    begin, end = (datetime.combine(day, time(), ZONE) for day in (first, last + timedelta(days=1)))
    with connection.cursor() as cursor:
        # A limit ends with its last day: one that ends at midnight belongs to the day before.
        cursor.execute(
            """select distinct ((due_at - interval '1 microsecond') at time zone 'Asia/Shanghai')::date
               from cases_task
               where state = 'open' and audience = 'staff' and assignee = %s
                 and due_at > %s and due_at <= %s""",
            [actor.account_id, begin, end],
        )
        return {day for (day,) in cursor.fetchall()}
