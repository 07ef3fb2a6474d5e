"""The policies of 0002, with the same meaning and without their price.

The planner runs a stable function inside ``unnest(…)`` to guess how many rows come of it, and did so six times for a
list of papers. A function inside a subquery it leaves alone.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

SEEN = """
    (select scope_all())
    or account = (select scope_account())
    or units && (select scope_units())
    or owner = any ((select scope_subjects())::text[])
    or holder_key = any (array(select 'person:' || own from unnest((select registry_own_persons())) own))
    or holder_key = any (array(select 'entity:' || uscc from unnest((select scope_entities())) uscc))
"""
SENT = "kept_by = 'account:' || (select scope_account()) and bound_at is null"


def _altered(table: str, condition: str) -> str:
    return f"alter policy scope on {table} using ({condition}) with check ({condition});"


class Migration(migrations.Migration):
    dependencies = [("records", "0002_row_security")]

    operations = [
        RunAsOwner(
            _altered("records_storedfile", f"{SEEN} or ({SENT})") + _altered("records_paper", SEEN),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
