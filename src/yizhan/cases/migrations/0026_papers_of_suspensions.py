"""The number of the paper that tells of a suspension is written once the paper is there."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

RIGHTS = """
grant update (document) on cases_suspension to {app};
grant update (document) on cases_span to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0025_follow_ups")]

    operations = [RunAsOwner(RIGHTS, reverse_sql=migrations.RunSQL.noop)]
