"""Laws and policies, and what was said of them before: everybody reads them, services and offices write them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import yizhan.clock
from yizhan.database.migration import RunAsOwner

WRITERS = """
-- As for facilities (0017): public, so that nobody but services and offices writes them, and nobody deletes.
create trigger writers before insert or update on registry_law for each row
    execute function registry_only_the_house_writes();
create trigger writers before insert on registry_lawhistory for each row
    execute function registry_only_the_house_writes();
revoke delete, truncate on registry_law, registry_lawhistory from {app};
revoke update on registry_lawhistory from {app};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0033_households_by_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Law",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("law", "法律"),
                            ("regulation", "行政法规"),
                            ("party_regulation", "党内法规"),
                            ("local_regulation", "地方性法规"),
                            ("department_rule", "部门规章"),
                            ("local_rule", "地方政府规章"),
                            ("normative", "规范性文件"),
                            ("policy", "政策文件"),
                            ("standard", "标准"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(blank=True, default="", max_length=300)),
                (
                    "issuer",
                    models.CharField(
                        blank=True, default="", help_text="body or bodies, in Chinese", max_length=200
                    ),
                ),
                ("number", models.CharField(blank=True, default="", max_length=100)),
                ("issued_on", models.DateField(null=True)),
                ("in_force_on", models.DateField(null=True)),
                ("revised_on", models.DateField(help_text="the last revision", null=True)),
                (
                    "valid_until",
                    models.DateField(help_text="the last day of a document's validity", null=True),
                ),
                (
                    "repealed_on",
                    models.DateField(help_text="the first day on which it is no more", null=True),
                ),
                (
                    "successor",
                    models.CharField(
                        blank=True, default="", help_text="the code of what replaced it", max_length=60
                    ),
                ),
                ("read_at", models.CharField(blank=True, default="", max_length=300)),
                ("read_on", models.DateField(null=True)),
                ("verified", models.BooleanField(default=False, help_text="read at its official source")),
                ("articles", models.JSONField(default=list)),
                ("unit", models.CharField(help_text="the unit that answers for the entry", max_length=100)),
                ("pack", models.CharField(blank=True, default="", max_length=60)),
                ("entered_at", models.DateTimeField(default=yizhan.clock.now)),
                ("recorded_at", models.DateTimeField(default=yizhan.clock.now)),
                (
                    "left_on",
                    models.DateField(
                        help_text="it came with a file by mistake; nobody is shown it", null=True
                    ),
                ),
                (
                    "sought",
                    models.TextField(
                        help_text="titles and number in the writing in which they are looked for"
                    ),
                ),
                ("sort", models.CharField(db_collation="C", max_length=600)),
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
        ),
        migrations.CreateModel(
            name="LawHistory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("was", models.JSONField()),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("replaced_at", models.DateTimeField(default=yizhan.clock.now)),
                ("by", models.CharField(blank=True, help_text="the key of who did it", max_length=120)),
                ("because", models.CharField(blank=True, default="", max_length=500)),
                (
                    "law",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="history",
                        to="registry.law",
                        db_index=False,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="law",
            index=models.Index(fields=["sort", "code"], name="registry_law_sorted"),
        ),
        migrations.AddIndex(
            model_name="law",
            index=models.Index(fields=["unit"], name="registry_law_unit"),
        ),
        migrations.AddIndex(
            model_name="lawhistory",
            index=models.Index(fields=["law", "-replaced_at"], name="registry_lawhistory_of"),
        ),
        RunAsOwner(WRITERS, reverse_sql=migrations.RunSQL.noop),
    ]
