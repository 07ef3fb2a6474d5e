"""Many companies at once: one reviewed function asks the scope once, then enters all by a statement a table."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

ENTER = """
-- Enters companies that are not held yet, as a source told them; those that are held are left alone. All must lie in
-- one's areas. ``told`` is an array of objects with the columns of registry_entity, ``columns`` (what the source vouches
-- for, by number) and ``shareholders``. The codes that were entered.
create function registry_enter_entities(the_source smallint, moment timestamptz, told jsonb)
returns table (code text)
language plpgsql volatile rows 5000 security definer set search_path = public, pg_temp as $$
declare
    areas constant text[] := scope_areas();
    entered text[];
begin
    if not scope_all() and exists (
            select from jsonb_to_recordset(told) r(division text)
            where not coalesce(r.division, '') ^@ any (areas)
               or cardinality(scope_units()) = 0 or cardinality(areas) = 0) then
        raise exception 'new row violates row-level security policy of the register'
            using errcode = 'insufficient_privilege';
    end if;
    with fresh as (
        insert into registry_entity (uscc, organisation_code, code_ok, name, representative, representative_document,
            kind, kind_code, state, registered_capital, currency, business_scope, industry, term_from, term_until,
            address, division, phone, parent, became, established_on, source_id, as_of, until, recorded_at)
        select r.uscc, r.organisation_code, r.code_ok, r.name, r.representative, r.representative_document,
            r.kind, r.kind_code, r.state, r.registered_capital, r.currency, r.business_scope, r.industry, r.term_from,
            r.term_until, r.address, r.division, r.phone, r.parent, '', r.established_on, the_source, r.as_of, r.until,
            moment
        from jsonb_populate_recordset(null::registry_entity, told) r
        on conflict (uscc) do nothing returning uscc)
    select array_agg(uscc) into entered from fresh;

    insert into registry_entityprovenance (entity_id, source_id, source_record, as_of, columns)
    select r.uscc, the_source, r.uscc, r.as_of, r.columns
    from jsonb_to_recordset(told) r(uscc text, as_of date, columns smallint[])
    where r.uscc = any (entered)
    on conflict (source_id, source_record) do nothing;

    insert into registry_shareholder (entity_id, name, holder, share, amount, circular, since, source_id, as_of, recorded_at)
    select r.uscc, s.name, coalesce(s.holder, ''), s.share, s.amount, false, s.since, the_source, r.as_of, moment
    from jsonb_to_recordset(told) r(uscc text, as_of date, shareholders jsonb),
        jsonb_to_recordset(r.shareholders) s(name text, holder text, share numeric, amount numeric, since date)
    where r.uscc = any (entered)
    on conflict (entity_id, name) where until is null do nothing;

    insert into registry_premises (entity_id, address_id, told)
    select r.uscc, a.id, r.address
    from jsonb_to_recordset(told) r(uscc text, division text, address text)
    join registry_address a on a.division = r.division and a.full_text = r.address
    where r.uscc = any (entered)
    on conflict (entity_id) do nothing;

    return query select unnest(entered);
end
$$;
revoke all on function registry_enter_entities(smallint, timestamptz, jsonb) from public;
grant execute on function registry_enter_entities(smallint, timestamptz, jsonb) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0021_finding_companies")]

    operations = [RunAsOwner(ENTER, reverse_sql=migrations.RunSQL.noop)]
