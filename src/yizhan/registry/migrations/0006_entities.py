"""Legal persons. One is seen by its legal representative, by whoever holds a mandate for it, and by the house."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, policies

SEEN = """(select scope_all()) or representative_document = (select scope_document())
    or uscc = any ((select scope_entities())::text[])"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_searches_count"), ("identity", "0002_scope")]

    operations = [
        migrations.CreateModel(
            name="Entity",
            fields=[
                ("uscc", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("representative", models.CharField(max_length=80)),
                ("representative_document", models.CharField(max_length=60)),
                ("as_of", models.DateField(help_text="the day for which the source says so")),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.source"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["representative_document"], name="registry_entity_represented")
                ],
            },
        ),
        policies(
            "registry_entity",
            seen=SEEN,
            entered="(select scope_all())",
            changed="(select scope_all())",
        ),
        RunAsOwner(
            "revoke delete, truncate on registry_entity from {app};", reverse_sql=migrations.RunSQL.noop
        ),
    ]
