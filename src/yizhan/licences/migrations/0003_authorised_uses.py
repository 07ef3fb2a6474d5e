"""A holder lets a unit look at a licence for a purpose and a time; the unit sees that one, and each look is told."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, policies

_first = import_module("yizhan.licences.migrations.0001_initial")

_OWN = f"exists (select from registry_licence l where l.id = licence_id and {_first._OWN})"
GIVEN = f"given_by = (select scope_account()) and {_OWN}"
RIGHTS = """
revoke update, delete, truncate on licences_authorisation from {app};
grant update (withdrawn_at) on licences_authorisation to {app};
"""

# What holders let the units in scope look at today: whose and what for, and no more until it is opened.
FUNCTIONS = """
create function licences_granted(today date) returns table (
    id uuid, title_zh text, title_en text, holder text, purpose text, until date, unit text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    return query select a.id, l.title_zh::text, l.title_en::text, l.holder::text, a.purpose::text, a.until, a.unit::text
        from licences_authorisation a join registry_licence l on l.id = a.licence_id
        where a.unit = any (scope_units()) and a.withdrawn_at is null and a.until >= today
        order by a.until, a.given_at;
end
$$;

-- One of these as it stands now, its latest version; the holder sees that the unit looked.
create function licences_opened(wanted uuid, today date, moment timestamptz) returns table (
    title_zh text, title_en text, number text, holder text, issuer_zh text, issuer_en text, valid_from date,
    valid_to date, state text, kind text, data jsonb, subject text, purpose text, until date)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    given licences_authorisation%rowtype;
    now_it_is registry_licence%rowtype;
begin
    select a.* into given from licences_authorisation a
    where a.id = wanted and a.unit = any (scope_units()) and a.withdrawn_at is null and a.until >= today;
    if given.id is null then
        return;
    end if;
    select l.* into now_it_is from registry_licence l where l.line = given.line order by l.version desc limit 1;
    insert into licences_use (licence_id, line, how, at, by, purpose, "case")
        values (now_it_is.id, now_it_is.line, 'opened', moment, 'unit:' || given.unit, given.purpose, '');
    return query select now_it_is.title_zh::text, now_it_is.title_en::text, now_it_is.number::text,
        now_it_is.holder::text, now_it_is.issuer_zh::text, now_it_is.issuer_en::text, now_it_is.valid_from,
        now_it_is.valid_to, now_it_is.state::text, now_it_is.kind::text, now_it_is.data, now_it_is.subject::text,
        given.purpose::text, given.until;
end
$$;

revoke all on function licences_granted(date), licences_opened(uuid, date, timestamptz) from public;
grant execute on function licences_granted(date), licences_opened(uuid, date, timestamptz) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("licences", "0002_batches")]

    operations = [
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("line", models.UUIDField(db_index=True)),
                ("unit", models.CharField(db_index=True, max_length=40)),
                ("unit_zh", models.CharField(max_length=120)),
                ("unit_en", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=200)),
                ("until", models.DateField(help_text="the last day")),
                ("given_at", models.DateTimeField()),
                ("given_by", models.BigIntegerField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("command", models.UUIDField(unique=True)),
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
        ),
        policies("licences_authorisation", seen=_OWN, entered=GIVEN, changed=_OWN),
        RunAsOwner(RIGHTS + FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
    ]
