"""What another index begins with needs none of its own: every row that is written kept both up to date."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner


class Migration(migrations.Migration):
    dependencies = [("identity", "0012_roles_see_categories")]
    operations = [
        RunAsOwner(  # in a database that had them; a new one never does
            """
            drop index if exists
            identity_delegation_receiver_id_b2e4d3c6,
            identity_post_unit_id_6b0f85eb,
            identity_spentcode_account_id_7fc931b8
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
