"""Entries by hand, each once by its command; for which categories a source may answer."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import yizhan.clock
from yizhan.database.migration import RunAsOwner, append_only, policies

_OWN = "(select scope_all()) or by = 'account:' || (select scope_account())"

SEATS = """
-- The companies that sit at some addresses, of those of which the scope sees what is public.
create function registry_seats(addresses bigint[]) returns table (uscc text, name text, address bigint)
language plpgsql stable rows 10 security definer set search_path = public, pg_temp as $$
begin
    return query
        select e.uscc::text, e.name::text, at.address_id
        from registry_premises at join registry_entity e on e.uscc = at.entity_id
        where at.address_id = any (addresses) and at.told = e.address and e.until is null
          and registry_sees_entity(e.uscc)
        order by e.name, e.uscc limit 500;
end
$$;
revoke all on function registry_seats(bigint[]) from public;
grant execute on function registry_seats(bigint[]) to {app};
"""

KEEPING = """
-- The companies that the scope may write in this transaction: registry_keep_entity let it in.
create function registry_kept() returns text[]
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
begin
    return array(select jsonb_array_elements_text(coalesce(scope_told() -> 'kept', '[]')));
end
$$;

-- Let the keeper of a company's register write it for the rest of this transaction. It takes the role, an area that
-- holds the company, and reach to the unit of a source that vouches for it. Which source answers for which value is
-- looked at by the verb. ok, not_allowed, not_here.
create function registry_keep_entity(wanted text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
begin
    if not 'platform.register_keeper' = any (scope_roles()) then
        return 'not_allowed';
    end if;
    if not registry_sees_entity(wanted) then
        return 'not_here';
    end if;
    if not exists (
        select from registry_source s
        where s.unit = any (scope_units()) and (
            s.id = (select e.source_id from registry_entity e where e.uscc = wanted)
            or s.id in (select v.source_id from registry_entityprovenance v
                where v.entity_id = wanted and v.columns <> '{}')))
    then
        return 'not_allowed';
    end if;
    perform scope_put(jsonb_set(
        jsonb_set(told, '{kept}', coalesce(told -> 'kept', '[]') || to_jsonb('entity:' || wanted)),
        '{subjects}', coalesce(told -> 'subjects', '[]') || to_jsonb('entity:' || wanted)));
    return 'ok';
end
$$;
revoke all on function registry_kept(), registry_keep_entity(text) from public;
grant execute on function registry_kept(), registry_keep_entity(text) to {app};
"""


def _kept(column: str) -> str:
    return f"(select scope_all()) or 'entity:' || {column} = any ((select registry_kept())::text[])"


WRITTEN = f"""
alter policy changed on registry_entity using ({_kept("uscc")}) with check ({_kept("uscc")});
alter policy entered on registry_entityprovenance with check ({_kept("entity_id")});
alter policy changed on registry_entityprovenance using ({_kept("entity_id")}) with check ({_kept("entity_id")});
alter policy entered on registry_entitycorrection with check ({_kept("entity_id")});
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0024_told_to_whom_it_concerns")]

    operations = [
        migrations.AddField(
            "source",
            "categories",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                help_text="of catalogue.CATEGORIES, for what nobody vouches for yet; empty: all",
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="HandEntry",
            fields=[
                ("command", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("new", "新登记"),
                            ("change", "变更登记"),
                            ("correction", "更正登记"),
                            ("move", "迁移登记"),
                            ("strike", "注销登记"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(help_text="person:<id>, entity:<code>", max_length=80)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("because", models.CharField(max_length=500)),
                ("by", models.CharField(max_length=120)),
                ("at", models.DateTimeField(default=yizhan.clock.now)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.source"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            "handentry", models.Index(fields=["subject", "-at"], name="registry_handentry_of")
        ),
        append_only("registry_handentry"),
        policies("registry_handentry", seen=_OWN, entered=_OWN),
        RunAsOwner(SEATS + KEEPING + WRITTEN, reverse_sql=migrations.RunSQL.noop),
    ]
