"""What another index begins with needs none of its own: every row that is written kept both up to date."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner


class Migration(migrations.Migration):
    dependencies = [("codes", "0001_initial")]
    operations = [
        RunAsOwner(  # in a database that had them; a new one never does
            """
            drop index if exists
            codes_code_code_list_id_e37a40b7
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
