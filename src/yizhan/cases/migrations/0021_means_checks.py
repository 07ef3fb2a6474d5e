"""Reports of checks of a household's means: for the units that handle the case, not for whoever applied."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import append_only, policies

HANDLED = """(select scope_all()) or exists (
    select from cases_case c where c.id = case_id and c.units && (select scope_units()))"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_a_case_in_hand")]

    operations = [
        migrations.CreateModel(
            name="MeansCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rev", models.PositiveIntegerField(help_text="the case's revision for which it was made")),
                (
                    "persons",
                    models.PositiveIntegerField(help_text="who lives together and is counted"),
                ),
                (
                    "declared",
                    models.DecimalField(decimal_places=2, help_text="yuan a month", max_digits=14),
                ),
                (
                    "recorded",
                    models.DecimalField(decimal_places=2, help_text="yuan a month", max_digits=14),
                ),
                (
                    "income",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="yuan a month, of each person the larger of the two",
                        max_digits=14,
                    ),
                ),
                ("members", models.JSONField()),
                (
                    "doubts",
                    models.JSONField(help_text="of the household as a whole, in both languages"),
                ),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="means_checks",
                        to="cases.case",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "rev"), name="cases_meanscheck_rev")],
            },
        ),
        policies("cases_meanscheck", seen=HANDLED, entered="(select scope_all())"),
        append_only("cases_meanscheck"),
    ]
