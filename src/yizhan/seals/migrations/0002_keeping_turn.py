"""When certificates were last looked after."""

from __future__ import annotations

from django.db import migrations, models

from yizhan.database.migration import RunAsOwner


class Migration(migrations.Migration):
    """One row."""

    dependencies = [("seals", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="KeepingTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        RunAsOwner(
            "revoke delete, truncate on seals_keepingturn from {app}", reverse_sql=migrations.RunSQL.noop
        ),
    ]
