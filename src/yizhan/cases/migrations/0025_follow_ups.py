"""What the house opens by itself when its time comes, and who sees that it will."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, policies

ITS_CASE = "(select scope_all()) or case_visible(case_id)"
SEEN = f"{ITS_CASE} or (opened_as <> '' and exists (select from cases_case c where c.number = opened_as))"
RIGHTS = """
revoke update, delete, truncate on cases_followup from {app};
grant update (due, opened_as, opened_at, given_up_at) on cases_followup to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_fewer_journeys")]

    operations = [
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                ("due", models.DateTimeField()),
                ("opened_as", models.CharField(blank=True, max_length=40)),
                ("opened_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="cases.case",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_up_at", None), ("opened_as", "")),
                        fields=["due"],
                        name="cases_followup_due",
                    ),
                    models.Index(fields=["opened_as"], name="cases_followup_number"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("given_up_at", None)),
                        fields=("case", "item"),
                        name="cases_followup_once",
                    )
                ],
            },
        ),
        migrations.AlterField(
            model_name="case",
            name="channel",
            field=models.CharField(help_text="online, window or house", max_length=12),
        ),
        policies("cases_followup", seen=SEEN, entered=ITS_CASE, changed=ITS_CASE),
        RunAsOwner(RIGHTS, reverse_sql=migrations.RunSQL.noop),
    ]
