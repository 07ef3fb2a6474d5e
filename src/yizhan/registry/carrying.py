"""A division has ended 区划变更: what lies in it goes to its successors, as far as that is beyond doubt.

With one successor everything goes there. With several, a building goes where the grid that holds it lies, its addresses
go with it, and whoever is registered or lives there too. What stays is told, and stays as it is: the old code keeps
its meaning (``codes.divisions``), so old records still resolve.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.codes import divisions
from yizhan.identity.actor import Actor
from yizhan.identity.faults import NotAllowed
from yizhan.registry.faults import Refused

_MOST_TOLD = 500


@dataclass
class Carried:
    """What was moved out of an ended division, and what was not.

    Attributes:
        successors: the codes it went into.
        buildings, addresses, persons, households: how many were moved.
        left: of what stayed, the kind (building, address, person, household), its key and why; at most 500.
    """

    successors: list[str]
    buildings: int = 0
    addresses: int = 0
    persons: int = 0
    households: int = 0
    left: list[tuple[str, str, str]] = field(default_factory=list)


def carry_over(ended: str, *, on: date, by: Actor) -> Carried:
    """Move what lies in a division that is no more, in one transaction. A second time moves what became clear since.

    Args:
        ended: the whole code of twelve digits; what lies in divisions below it is moved with those.
        on: from this day on it lies in the successor.
        by: the house; it takes a service's scope, since persons of all areas are touched.

    Raises:
        NotAllowed: a person asks, or the scope is not a service's.
        Refused: the division is still there, or nobody knows what it went into.
    """
    if by.kind != "house" or not _sees_everything():
        raise NotAllowed("divisions are carried over by the house")
    successors = [one.code for one in divisions.current_successors(ended)]
    if ended in successors:
        raise Refused(_("区划 %(code)s 仍然有效，未作改动。") % {"code": ended})
    if not successors:
        raise Refused(_("区划 %(code)s 没有登记变更去向，未作改动；请先在区划数据中补充。") % {"code": ended})
    told = Carried(successors)
    with transaction.atomic():
        asked = {"ended": ended, "only": successors[0] if len(successors) == 1 else None, "all": successors,
                 "on": on, "now": clock.now(), "by": by.key}  # fmt: skip
        told.buildings = _do(_BUILDINGS, asked)
        told.addresses = _do(_ADDRESSES, asked)
        told.households = _do(_HOUSEHOLDS, asked)
        told.persons = _do(_PERSONS, asked)
        told.left = _rows(_LEFT, asked)
        journal.write(
            "division.carried", subject=f"division:{ended}", actor=by.key, buildings=told.buildings,
            addresses=told.addresses, persons=told.persons, left=len(told.left),
        )  # fmt: skip
    return told


def _sees_everything() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select scope_all()")
        return bool(cursor.fetchone() == (True,))


def _do(statement: str, asked: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        (many,) = cursor.fetchone() or (0,)
    return int(many)


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} limit {_MOST_TOLD}", asked)
        return [(str(kind), str(key), str(why)) for kind, key, why in cursor.fetchall()]


# Each statement writes down what was, in the same breath. A place of the same elements in the successor stays for
# somebody to look at: two rows may be one house, or two roads of one name.
_BUILDINGS = """
    with moved as (
        update registry_building b set division = going.division, recorded_at = %(now)s
        from (
            select one.id, coalesce(%(only)s, g.division) as division
            from registry_building one
            left join registry_grid g on g.code = one.grid and g.until is null and g.division = any(%(all)s)
            where one.division = %(ended)s and one.until is null) going
        where b.id = going.id and going.division is not null
          and not exists (select from registry_building there where there.until is null
            and there.division = going.division
            and registry_building_writing(there.road, there.door_plate, there.building)
              = registry_building_writing(b.road, b.door_plate, b.building))
        returning b.id),
    kept as (
        insert into registry_placehistory (building_id, state, because, valid_until, replaced_at, by)
        select id, jsonb_build_object('division', %(ended)s::text), 'division', %(on)s, %(now)s, %(by)s from moved
        returning 1)
    select count(*) from kept
"""
_ADDRESSES = """
    with moved as (
        update registry_address a set division = going.division
        from (
            select one.id, coalesce(%(only)s, nullif(b.division, %(ended)s)) as division
            from registry_address one left join registry_building b on b.id = one.estate_id
            where one.division = %(ended)s) going
        where a.id = going.id and going.division is not null
          and not exists (select from registry_address there
            where there.division = going.division and there.full_text = a.full_text)
        returning a.id),
    kept as (
        insert into registry_placehistory (address_id, state, because, valid_until, replaced_at, by)
        select id, jsonb_build_object('division', %(ended)s::text), 'division', %(on)s, %(now)s, %(by)s from moved
        returning 1)
    select count(*) from kept
"""
_HOUSEHOLDS = """
    with moved as (
        update registry_household h set division = coalesce(nullif(place.division, %(ended)s), %(only)s)
        from registry_household one left join registry_address place on place.id = one.address_id
        where h.id = one.id and h.division = %(ended)s
          and coalesce(nullif(place.division, %(ended)s), %(only)s) is not null
          and (one.address_id is null or place.division <> %(ended)s)
        returning 1)
    select count(*) from moved
"""
_PERSONS = """
    with homes as (
        select p.id,
            case when p.register_division = %(ended)s then coalesce(nullif(registered.division, %(ended)s),
                case when registered.id is null then %(only)s end, p.register_division) else p.register_division end
                as register_division,
            case when p.living_division = %(ended)s then coalesce(nullif(living.division, %(ended)s),
                case when living.id is null then %(only)s end, p.living_division) else p.living_division end
                as living_division
        from registry_person p
        left join registry_residence r on r.person_id = p.id and r.kind = 'registered' and r.until is null
        left join registry_address registered on registered.id = r.address_id
        left join registry_residence l on l.person_id = p.id and l.kind = 'living' and l.until is null
        left join registry_address living on living.id = l.address_id
        where p.register_division = %(ended)s or p.living_division = %(ended)s),
    moved as (
        update registry_person p set register_division = h.register_division, living_division = h.living_division,
            effective_on = %(on)s, recorded_at = %(now)s
        from homes h
        where p.id = h.id and (p.register_division, p.living_division) <> (h.register_division, h.living_division)
        returning 1)
    select count(*) from moved
"""
_LEFT = """
    select kind, key, why from (
        select 1 as place, 'building' as kind, code as key,
            case when exists (select from registry_building there
                where there.until is null and there.division = any(%(all)s)
                  and registry_building_writing(there.road, there.door_plate, there.building)
                    = registry_building_writing(b.road, b.door_plate, b.building))
                then 'same_address' else 'several_successors' end as why
        from registry_building b where b.division = %(ended)s and b.until is null
        union all
        select 2, 'address', full_text,
            case when exists (select from registry_address there
                where there.division = any(%(all)s) and there.full_text = a.full_text)
                then 'same_address' else 'several_successors' end
        from registry_address a where a.division = %(ended)s
        union all
        select 3, 'household', book_number, 'its_address' from registry_household where division = %(ended)s
        union all
        select 4, 'person', 'person:' || id, 'her_address' from registry_person
        where register_division = %(ended)s or living_division = %(ended)s) stayed
    order by place, key
"""
