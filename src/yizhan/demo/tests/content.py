"""What a demo district holds, without the identifiers that every loading draws anew."""

from __future__ import annotations

import hashlib
import json

from django.db import connection

_WHAT = {
    "units": "select code, name, kind, division, path from identity_unit order by code",
    "posts": "select unit_id, code, title from identity_post order by unit_id, code",
    "accounts": "select kind, username, name, coalesce(phone, '') from identity_account order by 1, 2, 3, 4",
    "people": """select name, sex, born_on, id_number, phone, died_on from registry_person
                 order by id_number, name""",
    "lives": """select p.id_number, p.name, x.school, x.employer, x.married_on, x.insurance_number, x.pension_months
                from registry_particulars x join registry_person p on p.id = x.person_id order by 1, 2""",
    "relatives": """select p.id_number, other.id_number, r.kind, r.since from registry_relation r
                    join registry_person p on p.id = r.person_id
                    join registry_person other on other.id = r.other_id order by 1, 2, 3""",
    "happened": """select p.id_number, e.kind, e."on", e.detail from registry_lifeevent e
                   join registry_person p on p.id = e.person_id order by 1, 2, 3""",
    "grids": "select code, division, name, outline, since from registry_grid order by code",
    "buildings": """select code, division, road, door_plate, building, floors, longitude, latitude, outline, grid
                    from registry_building order by code""",
    "homes": """select p.id_number, p.name, r.kind, a.division, a.full_text, a.grid, b.code from registry_residence r
                join registry_person p on p.id = r.person_id join registry_address a on a.id = r.address_id
                left join registry_building b on b.id = a.estate_id order by 1, 2, 3, 5""",
    "facilities": "select code, name_zh, hours, longitude, latitude from registry_facility order by code",
    "cases": """select number, item_id, unit, subject_name, channel, status, outcome, opened_at, decided_at, closed_at
                from cases_case order by number""",
    "events": """select c.number, e.rev, e.kind, e.node, e.at, e.actor_name, e.post
                 from cases_event e join cases_case c on c.id = e.case_id order by 1, 2""",
}


def digests() -> dict[str, tuple[int, str]]:
    """For each part how many rows there are and the SHA-256 of all of them; the scope must be the house's."""
    found = {}
    with connection.cursor() as cursor:
        for what, statement in _WHAT.items():
            cursor.execute(statement)
            rows = cursor.fetchall()
            text = json.dumps(rows, ensure_ascii=False, default=str)
            found[what] = (len(rows), hashlib.sha256(text.encode()).hexdigest())
    return found
