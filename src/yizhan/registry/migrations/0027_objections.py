"""Objections to registered values: seen with the person, and begun by whoever may see the person."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import yizhan.clock
from yizhan.database.migration import RunAsOwner, row_security

_rules = import_module("yizhan.registry.migrations.0002_row_security")

RIGHTS = """
create policy house on registry_objection to current_user using (true) with check (true);
revoke update, delete, truncate on registry_objection from {app};
grant update (ended_at, outcome) on registry_objection to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0026_files_of_all_registers")]

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(help_text="of the catalogue, person.born", max_length=60)),
                ("said", models.JSONField(null=True)),
                ("as_of", models.DateField(null=True)),
                (
                    "wanted",
                    models.CharField(help_text="what it should be, in the person's words", max_length=500),
                ),
                (
                    "case",
                    models.CharField(
                        help_text="the number of the case that handles it", max_length=40, unique=True
                    ),
                ),
                ("opened_at", models.DateTimeField(default=yizhan.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "有异议，处理中"),
                            ("corrected", "已更正"),
                            ("at_source", "已由登记单位在源头更正"),
                            ("kept", "经核实维持原登记"),
                            ("ended", "未作处理，已结束"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="registry.person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person", "key"),
                        name="registry_objection_one",
                    )
                ]
            },
        ),
        row_security("registry_objection", _rules.WITH_PERSON, _rules.WITH_PERSON),
        RunAsOwner(RIGHTS, reverse_sql=migrations.RunSQL.noop),
    ]
