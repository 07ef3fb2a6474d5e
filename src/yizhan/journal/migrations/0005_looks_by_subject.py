"""Who looked at somebody is found by whom it was; a look that deserves attention bears a mark."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_epoch_once_in_a_session")]

    operations = [
        migrations.AddField(
            "access",
            "marks",
            ArrayField(base_field=models.CharField(max_length=20), default=list, db_default=[], size=None),
        ),
        migrations.AddIndex("access", GinIndex(fields=["subjects"], name="journal_access_subjects")),
        migrations.AddIndex(
            "access",
            models.Index(fields=["id"], name="journal_access_marked", condition=~models.Q(marks=[])),
        ),
    ]
