"""A role may name the categories of a person's file that it shows."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0011_scope_knows_its_session")]

    operations = [
        migrations.AddField(
            "role",
            "categories",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
    ]
