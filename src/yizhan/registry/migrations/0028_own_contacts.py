"""How persons want to be reached, as they say: written by the person alone, seen with the person."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import yizhan.clock
from yizhan.database.migration import RunAsOwner, policies

_WITH_PERSON = import_module("yizhan.registry.migrations.0002_row_security").WITH_PERSON
_OWN = "person_id = any ((select registry_own_persons())::uuid[])"

RIGHTS = """
revoke update, truncate on registry_owncontact from {app};
create policy gone on registry_owncontact for delete to {app} using (proved_at is null and (select scope_all()));
grant update (proved_at, ended_at) on registry_owncontact to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0027_objections")]

    operations = [
        migrations.CreateModel(
            name="OwnContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("phone", "联系电话"), ("mail", "电子邮箱"), ("address", "联系地址")],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=300)),
                (
                    "logs_in",
                    models.BooleanField(
                        default=False, help_text="a phone by which the account logs in from now on"
                    ),
                ),
                ("by", models.CharField(max_length=120)),
                ("said_at", models.DateTimeField(default=yizhan.clock.now)),
                ("proved_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="registry.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("proved_at__isnull", False)),
                        fields=("person", "kind"),
                        name="registry_owncontact_one",
                    )
                ]
            },
        ),
        policies("registry_owncontact", seen=_WITH_PERSON, entered=_OWN, changed=_OWN),
        RunAsOwner(RIGHTS, reverse_sql=migrations.RunSQL.noop),
    ]
