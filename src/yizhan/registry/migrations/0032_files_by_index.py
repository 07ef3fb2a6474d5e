"""Files of companies go by the indexes, whatever is known of the tables while they are entered; and their past is kept in
one pass: joined row by row, thousands of changes in one statement took the square of their number.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

BY_INDEX = """
alter function registry_import_entities(bigint, smallint, timestamptz, jsonb) set enable_seqscan = off;
alter function registry_entities_changed_since(bigint) set enable_seqscan = off;
alter function registry_undo_entities(bigint, timestamptz, date) set enable_seqscan = off;
alter function registry_keep_entity() set enable_nestloop = off;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0031_equal_work")]

    operations = [RunAsOwner(BY_INDEX, reverse_sql=migrations.RunSQL.noop)]
