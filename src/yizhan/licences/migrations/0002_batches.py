"""Many licences from one list: the house alone reads and writes them."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("licences", "0001_initial"),
        ("registry", "0041_licences_by_number"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("unit", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=120)),
                ("because", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                ("lines", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="BatchLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=120)),
                ("number", models.CharField(blank=True, max_length=120)),
                ("begins", models.DateField(null=True)),
                ("fault", models.CharField(blank=True, max_length=400)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licences.batch",
                    ),
                ),
                (
                    "licence",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.licence",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "row"), name="licences_batchline_once")
                ],
            },
        ),
        row_security("licences_batch", "(select scope_all())"),
        row_security("licences_batchline", "(select scope_all())"),
        RunAsOwner(
            """revoke update, delete, truncate on licences_batch from {app};
            revoke update, delete, truncate on licences_batchline from {app};
            grant update (licence_id, fault) on licences_batchline to {app};""",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
