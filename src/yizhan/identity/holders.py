"""Who holds a role that reaches a unit 岗位持有人: in one plain statement, since case pages ask it each time."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from yizhan import clock
from yizhan.ui.language import in_english


@dataclass(frozen=True)
class Holder:
    """Somebody in a post, by name."""

    account_id: int
    name: str
    post: str
    unit: str


# What a grant covers is Grant.covers (actor.py), in SQL; what is live is Lasting's.
_HOLDERS = """
    with live as (select %(today)s::date as today)
    select account.id, account.name, post.title, post.title_en, unit.name, unit.name_en
    from live
    join identity_rolegrant given on given.role_id = %(role)s and given.ended_at is null
        and given.since <= today and (given.until is null or given.until >= today)
    join identity_role role on role.code = given.role_id and role.withdrawn_on is null
    join identity_post post on post.id = given.post_id
    join identity_unit unit on unit.code = post.unit_id
    join identity_appointment held on held.post_id = post.id and held.ended_at is null
        and held.since <= today and (held.until is null or held.until >= today)
    join identity_account account on account.id = held.account_id and account.is_active
    where case given.reach
        when 'all' then true
        when 'own_unit' then unit.path = %(path)s
        when 'unit_subtree' then starts_with(%(path)s, unit.path)
        else starts_with(%(path)s, unit.path)
             or (identity_area(unit.division) <> '' and starts_with(%(division)s, identity_area(unit.division)))
        end
    order by account.name_sort, account.id, held.id
"""


def holders(role: str, unit_path: str, division: str) -> list[Holder]:
    """Who holds a role today that reaches a unit (by its path) or a place (by division), by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            _HOLDERS, {"today": clock.today(), "role": role, "path": unit_path, "division": division}
        )
        rows = cursor.fetchall()
    found: dict[int, Holder] = {}
    for account, name, post, post_en, unit, unit_en in rows:
        shown = (post_en or post, unit_en or unit) if in_english() else (post, unit)
        found.setdefault(account, Holder(account, name, *shown))
    return list(found.values())
