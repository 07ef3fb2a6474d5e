import uuid

import django.db.models.deletion
from django.db import migrations, models

import yizhan.clock
from yizhan.database.migration import append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("document", models.CharField(max_length=160)),
                ("digest", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "单位公章"),
                            ("approval", "行政审批专用章"),
                            ("notice", "业务专用章"),
                            ("certificate", "证照专用章"),
                            ("signature", "签名章"),
                        ],
                        max_length=20,
                    ),
                ),
                ("by", models.CharField(max_length=120)),
                ("at", models.DateTimeField(default=yizhan.clock.now)),
                ("why", models.CharField(max_length=400)),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("unit", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "单位公章"),
                            ("approval", "行政审批专用章"),
                            ("notice", "业务专用章"),
                            ("certificate", "证照专用章"),
                            ("signature", "签名章"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("inscription", models.CharField(default="", max_length=20)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("drawing", models.JSONField()),
                ("made_at", models.DateTimeField(default=yizhan.clock.now)),
                ("made_by", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Spell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "在用"),
                            ("suspended", "停用"),
                            ("lost", "挂失"),
                            ("replaced", "已更换"),
                            ("destroyed", "已销毁"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateTimeField(default=yizhan.clock.now)),
                ("by", models.CharField(max_length=120)),
                ("why", models.CharField(max_length=400)),
            ],
        ),
        migrations.CreateModel(
            name="ApprovalWithdrawal",
            fields=[
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="withdrawal",
                        serialize=False,
                        to="seals.approval",
                    ),
                ),
                ("by", models.CharField(max_length=120)),
                ("at", models.DateTimeField(default=yizhan.clock.now)),
                ("why", models.CharField(max_length=400)),
            ],
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="use",
                        serialize=False,
                        to="seals.approval",
                    ),
                ),
                ("serials", models.JSONField()),
                ("at", models.DateTimeField(default=yizhan.clock.now)),
                ("before", models.CharField(max_length=64)),
                ("after", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                fields=("document", "unit", "kind"), name="seals_approval_once"
            ),
        ),
        migrations.AddField(
            model_name="seal",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="seals.seal",
            ),
        ),
        migrations.AddField(
            model_name="spell",
            name="seal",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spells",
                to="seals.seal",
            ),
        ),
        migrations.AddField(
            model_name="use",
            name="seal",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uses",
                to="seals.seal",
            ),
        ),
        migrations.AddIndex(
            model_name="seal",
            index=models.Index(fields=["unit", "kind"], name="seals_seal_of_unit"),
        ),
        migrations.AddIndex(
            model_name="spell",
            index=models.Index(fields=["seal", "-since", "-id"], name="seals_spell_latest"),
        ),
        migrations.AddIndex(
            model_name="use",
            index=models.Index(fields=["seal", "-at"], name="seals_use_of_seal"),
        ),
        append_only(
            "seals_seal",
            "seals_spell",
            "seals_approval",
            "seals_approvalwithdrawal",
            "seals_use",
        ),
    ]
