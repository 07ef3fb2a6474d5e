"""Objections that were heard before there were rows of it: their cases' proof says what became of them."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# What moved the process says what it heard; the others came while an earlier one was being looked into.
CARRIED = """
insert into publishing_hearing (id, objection_id, way, at)
select gen_random_uuid(), o.id, case when e.delta ? 'heard' then 'led' else 'joined' end, e.at
from publishing_objection o
join publishing_publicnotice n on n.id = o.notice_id
join cases_event e on e.case_id = n.case_id and e.kind = 'notice.objection' and e.delta ->> 'objection' = o.id::text
on conflict (objection_id) do nothing
"""


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_what_became_of_objections"),
        ("cases", "0027_follow_ups_end"),
    ]

    operations = [RunAsOwner(CARRIED, reverse_sql=migrations.RunSQL.noop)]
