"""What another index begins with needs none of its own: every row that is written kept both up to date."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_what_is_not_set_up")]
    operations = [
        RunAsOwner(  # in a database that had them; a new one never does
            """
            drop index if exists
            notices_delivery_message_id_c39f4724
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
