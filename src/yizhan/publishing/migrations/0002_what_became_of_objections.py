"""What became of every objection; one that comes after its notice is kept too, entered by the house."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, policies

HOUSE = "(select scope_all())"
ITS_OBJECTION = "exists (select from publishing_objection o where o.id = objection_id)"

ALSO_AFTERWARDS = """
alter policy entered on publishing_objection with check (
    (select scope_all()) or exists (
        select from publishing_publicnotice n where n.id = notice_id and n.taken_down_at is null));
"""


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Hearing",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("led", "已转核实"),
                            ("joined", "与先收到的异议一并核实"),
                            ("told", "已告知承办人员"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing",
                        to="publishing.objection",
                    ),
                ),
            ],
        ),
        policies("publishing_hearing", seen=f"{HOUSE} or {ITS_OBJECTION}", entered=HOUSE),
        RunAsOwner(ALSO_AFTERWARDS, reverse_sql=migrations.RunSQL.noop),
        append_only("publishing_hearing"),
    ]
