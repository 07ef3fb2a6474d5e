"""Separation of the three administrators 三员分立.

System, security and audit administrators are three persons: nobody may hold two of these roles on one
day, by whatever posts. The three roles cannot be delegated, so posts are all there is to look at.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.identity.actor import Actor
from yizhan.identity.faults import NotAllowed, Separated
from yizhan.ui.language import in_english


def one_at_a_time() -> None:
    """Let appointments and grants change one after another: two at once could each look harmless."""
    _rows("select pg_advisory_xact_lock(hashtext('identity_separation'))")


def check(*, account: int | None = None, post: int | None = None) -> None:
    """See that a person, or everybody who is or will be in a post, never holds two of the three roles.

    Raises:
        Separated: two of them would be held on the same day.
    """
    found = _rows(_TWICE, account, account, post, post, clock.today())
    if found:
        name, one_zh, one_en, other_zh, other_en = found[0]
        one, other = (one_en, other_en) if in_english() else (one_zh, other_zh)
        raise Separated(
            _("三员分立：%(name)s 不能同时担任“%(one)s”和“%(other)s”")
            % {"name": name, "one": one, "other": other}
        )


def check_giver(by: Actor, role: str, *, separated: bool) -> None:
    """Whether somebody may give a role.

    Raises:
        NotAllowed: not the security administrator, and it is not the first holder of one of the three roles.
    """
    if separated and by.holds("platform.system_admin") and not _anybody_holds(role, clock.today()):
        return
    if not by.holds("platform.security_admin"):
        raise NotAllowed(_("只有安全管理员可以授权"))


# The days on which a person holds a role are those of the appointment that are also days of the grant.
_HELD = """
    select a.account_id, r.code, r.title_zh, r.title_en, greatest(a.since, g.since) as first,
           least(coalesce(a.until, 'infinity'), coalesce(g.until, 'infinity')) as last
    from identity_appointment a
    join identity_rolegrant g on g.post_id = a.post_id and g.ended_at is null
    join identity_role r on r.code = g.role_id and r.separated
    where a.ended_at is null
"""
_TWICE = f"""
    with held as (
        {_HELD}
          and (%s::bigint is null or a.account_id = %s)
          and (%s::bigint is null or a.account_id in (
              select account_id from identity_appointment where post_id = %s and ended_at is null))
    )
    select person.name, one.title_zh, one.title_en, other.title_zh, other.title_en
    from held one join held other on other.account_id = one.account_id and other.code > one.code
     and other.first <= one.last and one.first <= other.last
    join identity_account person on person.id = one.account_id
    where least(one.last, other.last) >= %s and one.first <= one.last and other.first <= other.last
    limit 1
"""  # noqa: S608 (two texts of this file)
_HOLDS = f"""
    select 1 from ({_HELD}) held join identity_account person on person.id = held.account_id
    where held.code = %s and person.is_active and %s between held.first and held.last
    limit 1
"""  # noqa: S608 (two texts of this file)


def _anybody_holds(role: str, day: date) -> bool:
    return bool(_rows(_HOLDS, role, day))


def _rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
