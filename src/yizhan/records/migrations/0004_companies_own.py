"""Files and papers of a company are seen by its legal representative too, not only by agents with a mandate."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

SEEN = """
    (select scope_all())
    or account = (select scope_account())
    or units && (select scope_units())
    or owner = any ((select scope_subjects())::text[])
    or holder_key = any (array(select 'person:' || own from unnest((select registry_own_persons())) own))
    or holder_key = any (array(select 'entity:' || own from unnest((select registry_own_entities())) own))
"""
SENT = "kept_by = 'account:' || (select scope_account()) and bound_at is null"


def _altered(table: str, condition: str) -> str:
    return f"alter policy scope on {table} using ({condition}) with check ({condition});"


class Migration(migrations.Migration):
    dependencies = [("records", "0003_planned_once"), ("registry", "0007_companies_as_subjects")]

    operations = [
        RunAsOwner(
            _altered("records_storedfile", f"{SEEN} or ({SENT})") + _altered("records_paper", SEEN),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
