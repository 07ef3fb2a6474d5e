"""Licences have versions, rest and expire; every step of their lives is a row, and moves are written by the issuer's staff too."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, changed, policies

_told = import_module("yizhan.registry.migrations.0024_told_to_whom_it_concerns")

_STANDING = models.Q(state__in=("in_force", "suspended"))

# Every licence that is there is the first version of its own; where it stands is the first step that is known of it.
BEFORE = """
update registry_licence set line = id;
insert into registry_licencestep (licence_id, verb, was, now, at, by, because, "case")
select id, 'issued', '', 'in_force', recorded_at, recorded_by, '', "case" from registry_licence order by recorded_at, id;
insert into registry_licencestep (licence_id, verb, was, now, at, by, because, "case")
select id, state, 'in_force', state, ended_at, ended_by, ended_because, '' from registry_licence
where state in ('replaced', 'revoked') order by ended_at, id;
"""
# The issuer's staff may let a licence rest, hold again or end, and bring a new version; which post may is asked before.
_ISSUER = "issuer = any ((select scope_units())::text[])"
RIGHTS = f"""
drop policy entered on registry_licence;
drop policy changed on registry_licence;
create policy entered on registry_licence for insert to {{app}} with check ((select scope_all()) or {_ISSUER});
create policy changed on registry_licence for update to {{app}}
    using ((select scope_all()) or {_ISSUER}) with check ((select scope_all()) or {_ISSUER});
grant update (paper) on registry_licence to {{app}};
"""
# A step is seen with its licence, and written by whoever may write that.
_WITH_LICENCE = "exists (select from registry_licence l where l.id = licence_id)"
_BY_WRITER = f"exists (select from registry_licence l where l.id = licence_id and ((select scope_all()) or l.{_ISSUER}))"
# One that has expired was in force on its days.
FACTS = changed(_told.FACTS, ("l.state = 'in_force'", "l.state in ('in_force', 'expired')"))


class Migration(migrations.Migration):
    dependencies = [("registry", "0039_an_empty_birthday_says_nothing")]

    operations = [
        migrations.CreateModel(
            name="LicenceStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("issued", "核发证照"),
                            ("changed", "变更证照"),
                            ("reissued", "补发证照"),
                            ("suspended", "暂停使用"),
                            ("resumed", "恢复使用"),
                            ("replaced", "换发证照"),
                            ("revoked", "撤销、注销"),
                            ("expired", "有效期届满"),
                        ],
                        max_length=12,
                    ),
                ),
                ("was", models.CharField(blank=True, help_text="empty for a new row", max_length=12)),
                ("now", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=120)),
                ("because", models.CharField(blank=True, max_length=300)),
                (
                    "case",
                    models.CharField(
                        blank=True,
                        help_text="the number of the case that carries the approval",
                        max_length=40,
                    ),
                ),
                ("command", models.UUIDField(null=True, unique=True)),
                (
                    "licence",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="registry.licence",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["licence", "id"], name="registry_licencestep_order")],
            },
        ),
        migrations.AddField("licence", "data", models.JSONField(default=dict)),
        migrations.AddField("licence", "holder", models.CharField(blank=True, default="", max_length=200)),
        migrations.AddField(
            "licence", "identifier", models.CharField(blank=True, default="", max_length=120)
        ),
        migrations.AddField(
            "licence",
            "line",
            models.UUIDField(default=uuid.uuid4, help_text="the same for all versions of one licence"),
        ),
        migrations.AddField("licence", "paper", models.UUIDField(null=True)),
        migrations.AddField("licence", "version", models.PositiveSmallIntegerField(default=1)),
        migrations.AlterField(
            "licence",
            "state",
            models.CharField(
                choices=[
                    ("in_force", "有效"),
                    ("suspended", "已暂停"),
                    ("replaced", "已换发"),
                    ("revoked", "已撤销、注销"),
                    ("expired", "已过有效期"),
                ],
                default="in_force",
                max_length=12,
            ),
        ),
        RunAsOwner(BEFORE, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveConstraint("licence", "registry_licence_one"),
        migrations.AddConstraint(
            "licence",
            models.UniqueConstraint(
                condition=_STANDING, fields=("subject", "kind"), name="registry_licence_one"
            ),
        ),
        migrations.AddConstraint(
            "licence",
            models.UniqueConstraint(fields=("line", "version"), name="registry_licence_version"),
        ),
        migrations.AddIndex(
            "licence",
            models.Index(condition=_STANDING, fields=["valid_to"], name="registry_licence_ends"),
        ),
        policies("registry_licencestep", seen=_WITH_LICENCE, entered=_BY_WRITER),
        append_only("registry_licencestep"),
        RunAsOwner(RIGHTS + FACTS, reverse_sql=migrations.RunSQL.noop),
    ]
