"""What another index begins with needs none of its own: every row that is written kept both up to date."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_by_hand")]
    operations = [
        RunAsOwner(  # in a database that had them; a new one never does
            """
            drop index if exists
            payments_entitlement_benefit_id_be092c95,
            payments_monthlylist_benefit_id_6ea658d3
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
