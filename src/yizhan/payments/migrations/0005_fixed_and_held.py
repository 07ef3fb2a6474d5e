"""Amounts that decisions fix, and payments that wait while a case is looked into again."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, policies

HOUSE = "(select scope_all())"
ITS_ENTITLEMENT = "exists (select from payments_entitlement e where e.id = entitlement_id)"
RIGHTS = """
revoke update, delete, truncate on payments_hold from {app};
grant update (released_at) on payments_hold to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_ended_before")]

    operations = [
        migrations.CreateModel(
            name="FixedAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(help_text="the first month")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, help_text="yuan a month", max_digits=12, null=True),
                ),
                ("case_number", models.CharField(help_text="the case that decided so", max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fixed",
                        to="payments.entitlement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(help_text="the first month that waits")),
                ("at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="payments.entitlement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at", None)),
                        fields=("entitlement",),
                        name="payments_hold_once",
                    )
                ],
            },
        ),
        migrations.AlterField(
            model_name="entitlementend",
            name="kind",
            field=models.CharField(
                choices=[
                    ("died", "去世"),
                    ("moved_away", "户籍迁出本区"),
                    ("duplicate", "同类待遇已在发放"),
                    ("revoked", "原决定已不再有效"),
                ],
                max_length=12,
            ),
        ),
        policies("payments_fixedamount", seen=f"{HOUSE} or {ITS_ENTITLEMENT}", entered=HOUSE),
        policies("payments_hold", seen=f"{HOUSE} or {ITS_ENTITLEMENT}", entered=HOUSE, changed=HOUSE),
        RunAsOwner(RIGHTS, reverse_sql=migrations.RunSQL.noop),
        append_only("payments_fixedamount"),
    ]
