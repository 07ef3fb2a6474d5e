"""What the office decides by hand: stops, pauses, other accounts, what is asked back; holds and ends know their case."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, policies

HOUSE = "(select scope_all())"
ITS_ENTITLEMENT = "exists (select from payments_entitlement e where e.id = entitlement_id)"
ITS_RECOVERY = "exists (select from payments_recovery r where r.id = recovery_id)"
SEEN = f"{HOUSE} or {ITS_ENTITLEMENT}"

# A hold so far was always for the sake of the case that granted.
WHOSE = """
update payments_hold h set case_number = e.case_number from payments_entitlement e where e.id = h.entitlement_id
"""


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _to(model: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model)


def _of_one(model: str, name: str) -> models.OneToOneField:
    return models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model)


def _by_order() -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.order"
    )


def _who() -> list[tuple[str, models.Field]]:
    return [
        ("by", models.CharField(help_text="key of the account", max_length=60)),
        ("by_name", models.CharField(help_text="name and post of that moment", max_length=160)),
        ("at", models.DateTimeField()),
    ]


def _yuan() -> models.DecimalField:
    return models.DecimalField(decimal_places=2, help_text="yuan", max_digits=12)


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_rechecked")]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("stop", "停发"),
                            ("pause", "暂停发放"),
                            ("resume", "恢复发放"),
                            ("account", "变更收款账户"),
                            ("recovery", "追回多发"),
                        ],
                        max_length=12,
                    ),
                ),
                ("month", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("basis", models.TextField(help_text="the legal basis, as the office states it")),
                *_who(),
                ("entitlement", _to("payments.entitlement", "orders")),
            ],
        ),
        migrations.CreateModel(
            name="Gap",
            fields=[
                ("id", _id()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("entitlement", _to("payments.entitlement", "gaps")),
                ("order", _to("payments.order", "+")),
            ],
        ),
        migrations.CreateModel(
            name="PayeeAccount",
            fields=[
                ("id", _id()),
                ("holder", models.CharField(max_length=100)),
                ("bank", models.CharField(max_length=120)),
                ("account_number", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("entitlement", _to("payments.entitlement", "accounts")),
                ("order", _of_one("payments.order", "account")),
            ],
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", _id()),
                ("amount", _yuan()),
                ("due_on", models.DateField(help_text="the last day to pay it back")),
                ("at", models.DateTimeField()),
                ("entitlement", _to("payments.entitlement", "recoveries")),
                ("order", _of_one("payments.order", "recovery")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="payments_recovery_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryEntry",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("repaid", "已退回"),
                            ("waived", "决定免予追回"),
                            ("called_off", "撤销追回"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", _yuan()),
                ("on", models.DateField()),
                ("words", models.TextField(help_text="the receipt, or why")),
                *_who(),
                ("recovery", _to("payments.recovery", "entries")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="payments_recovered_something"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="entitlementend",
            name="case_number",
            field=models.CharField(
                blank=True, default="", help_text="the re-check that decided so", max_length=40
            ),
            preserve_default=False,
        ),
        migrations.AddField(model_name="entitlementend", name="order", field=_by_order()),
        migrations.AlterField(
            model_name="entitlementend",
            name="kind",
            field=models.CharField(
                choices=[
                    ("died", "去世"),
                    ("moved_away", "户籍迁出本区"),
                    ("duplicate", "同类待遇已在发放"),
                    ("revoked", "原决定已不再有效"),
                    ("rechecked", "复核后不再符合条件"),
                    ("stopped", "发放单位决定停发"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="case_number",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(model_name="hold", name="order", field=_by_order()),
        migrations.RemoveConstraint(model_name="hold", name="payments_hold_once"),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at", None)),
                fields=("entitlement", "case_number"),
                name="payments_hold_once",
            ),
        ),
        RunAsOwner(WHOSE, reverse_sql=migrations.RunSQL.noop),
        *(
            policies(f"payments_{table}", seen=SEEN, entered=HOUSE)
            for table in ("order", "gap", "payeeaccount", "recovery")
        ),
        policies("payments_recoveryentry", seen=f"{HOUSE} or {ITS_RECOVERY}", entered=HOUSE),
        append_only(
            "payments_order",
            "payments_gap",
            "payments_payeeaccount",
            "payments_recovery",
            "payments_recoveryentry",
        ),
    ]
