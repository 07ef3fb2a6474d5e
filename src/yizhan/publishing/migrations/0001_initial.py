"""Notices and objections, and who sees them: notices everybody while they are up, objections whoever handles the case."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, policies

SEEN = "taken_down_at is null or (select scope_all()) or case_visible(case_id)"
WRITTEN = "(select scope_all()) or case_visible(case_id)"

# Anybody may object while it is up; only staff of the units that take part read what was said, never the applicant.
HANDLED = """(select scope_all()) or exists (
    select from publishing_publicnotice n join cases_case c on c.id = n.case_id
    where n.id = notice_id and c.units && (select scope_units()))"""
UP = """exists (
    select from publishing_publicnotice n where n.id = notice_id and n.taken_down_at is null)"""

RIGHTS = """
revoke update, delete, truncate on publishing_publicnotice from {app};
grant update (taken_down_at) on publishing_publicnotice to {app};
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("cases", "0020_a_case_in_hand")]

    operations = [
        migrations.CreateModel(
            name="PublicNotice",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("unit", models.CharField(help_text="code of the unit that put it up", max_length=60)),
                ("name", models.CharField(help_text="covered in part", max_length=100)),
                ("persons", models.PositiveIntegerField(null=True)),
                (
                    "monthly",
                    models.DecimalField(decimal_places=2, help_text="yuan a month", max_digits=12, null=True),
                ),
                ("up_at", models.DateTimeField()),
                ("last_day", models.DateField()),
                ("ends_at", models.DateTimeField()),
                ("taken_down_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_notices",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["taken_down_at", "-up_at"], name="publishing_up")],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.TextField()),
                ("name", models.CharField(blank=True, max_length=60)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("at", models.DateTimeField()),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="publishing.publicnotice",
                    ),
                ),
            ],
        ),
        policies("publishing_publicnotice", seen=SEEN, entered=WRITTEN, changed=WRITTEN),
        policies("publishing_objection", seen=HANDLED, entered=UP),
        RunAsOwner(RIGHTS, reverse_sql=migrations.RunSQL.noop),
        append_only("publishing_objection"),
    ]
