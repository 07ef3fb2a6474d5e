"""Codes by which licences are shown, every use of a licence, and what a stranger with a code or a number is told."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, policies

_OWN = """(
    l.subject = any (array(select 'person:' || own from unnest((select registry_own_persons())) own))
    or l.subject = any (array(select 'entity:' || own from unnest((select registry_own_entities())) own)))"""
WITH_LICENCE = "exists (select from registry_licence l where l.id = licence_id)"
# A use is written by whoever sees the licence; what strangers do, by the functions below.
OF_HOLDER = f"""account = (select scope_account()) and exists (
    select from registry_licence l where l.id = licence_id and {_OWN})"""

# The holder of a licence as a stranger may see the name: of persons the surname.
_HOLDER = """case when l.subject like 'person:%' then left(l.holder, 1) || repeat('＊', greatest(length(l.holder) - 1, 1))
        else l.holder::text end"""
_TOLD = f"""l.title_zh::text, l.title_en::text, l.number::text, {_HOLDER}, l.issuer_zh::text, l.issuer_en::text,
    l.valid_from, l.valid_to, l.state::text"""
_COLUMNS = """title_zh text, title_en text, number text, holder text, issuer_zh text, issuer_en text, valid_from date,
    valid_to date, state text"""
FUNCTIONS = f"""
-- What a code shows at a moment: nothing where there is none; of one that is past nothing but that it is past.
create function licences_shown(wanted text, moment timestamptz) returns table (past boolean, {_COLUMNS})
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    found licences_showing%rowtype;
begin
    select * into found from licences_showing where digest = wanted;
    if found.id is null then
        return;
    end if;
    if found.until < moment then
        return query select true, null::text, null::text, null::text, null::text, null::text, null::text,
            null::date, null::date, null::text;
        return;
    end if;
    insert into licences_use (licence_id, line, how, at, by, purpose, "case")
        select l.id, l.line, 'seen', moment, '', '', '' from registry_licence l
        where l.id = found.licence_id;
    return query select false, {_TOLD} from registry_licence l where l.id = found.licence_id;
end
$$;

-- The latest licence with a number, for whoever knows its holder's name as well; the holder sees that somebody asked.
create function licences_asked(wanted text, called text, moment timestamptz) returns table ({_COLUMNS}, kind text, data jsonb)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    found registry_licence%rowtype;
begin
    select l.* into found from registry_licence l
    where l.number = wanted and l.holder <> '' and registry_name_key(l.holder) = registry_name_key(called)
    order by l.recorded_at desc, l.version desc limit 1;
    if found.id is null then
        return;
    end if;
    insert into licences_use (licence_id, line, how, at, by, purpose, "case")
        values (found.id, found.line, 'asked', moment, '', '', '');
    return query select {_TOLD}, l.kind::text, l.data from registry_licence l where l.id = found.id;
end
$$;

revoke all on function licences_shown(text, timestamptz), licences_asked(text, text, timestamptz) from public;
grant execute on function licences_shown(text, timestamptz), licences_asked(text, text, timestamptz) to {{app}};
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("registry", "0041_licences_by_number"), ("identity", "0002_scope")]

    operations = [
        migrations.CreateModel(
            name="Showing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("account", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.licence"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.UUIDField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("shown", "出示证照码"),
                            ("seen", "扫码查看"),
                            ("asked", "按编号查询"),
                            ("taken", "办事免交材料"),
                            ("opened", "获授权单位查看"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(blank=True, max_length=120)),
                ("purpose", models.CharField(blank=True, max_length=200)),
                ("case", models.CharField(blank=True, max_length=40)),
                (
                    "licence",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.licence",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["line", "-id"], name="licences_use_of_line")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("case", ""), _negated=True),
                        fields=("case", "line"),
                        name="licences_use_of_case",
                    ),
                ],
            },
        ),
        policies("licences_showing", seen=OF_HOLDER, entered=OF_HOLDER),
        policies("licences_use", seen=WITH_LICENCE, entered=WITH_LICENCE),
        append_only("licences_showing", "licences_use"),
        RunAsOwner(FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
    ]
