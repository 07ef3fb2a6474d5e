"""A scope is opened, read and admitted to with fewer looks: it is asked for in every request and by nearly every policy.

The rules are those of 0002, 0003, 0005 and 0009; the secret is read once for both seals, a seal is verified without a
call of its own, and who has no reach but their own unit's costs no walk through all units.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# What a seal is made of, as in 0003: here as an expression, with the secret at hand.
_HERE = "pg_backend_pid() || ' ' || extract(epoch from transaction_timestamp()) || ' '"
_OF_UNITS = "'units of ' || coalesce(told ->> 'account', 'the house') || ': ' || units"


def _seal(text: str) -> str:
    return f"encode(sha256(secret || convert_to({_HERE} || {text}, 'UTF8') || secret), 'hex')"


WRITING = f"""
-- Everything, with the units as the text of their array.
create function scope_put_all(told jsonb, units text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
    plain constant text := told - 'units';
    secret constant bytea := (select kept.secret from identity_secrets.scope kept);
    nothing text;
begin
    nothing := set_config('yizhan.scope', plain, true);
    nothing := set_config('yizhan.seal', {_seal("plain")}, true);
    nothing := set_config('yizhan.units', units, true);
    nothing := set_config('yizhan.seal_of_units', {_seal(_OF_UNITS)}, true);
end
$$;

create or replace function scope_write(told jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform scope_put_all(told, array(select jsonb_array_elements_text(told -> 'units'))::text);
end
$$;

-- Everything but the units.
create or replace function scope_put(told jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
    plain constant text := told - 'units';
    secret constant bytea := (select kept.secret from identity_secrets.scope kept);
    nothing text;
begin
    nothing := set_config('yizhan.scope', plain, true);
    nothing := set_config('yizhan.seal', {_seal("plain")}, true);
end
$$;
"""

READING = f"""
create or replace function scope_told() returns jsonb
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
    told constant text := current_setting('yizhan.scope', true);
    secret bytea;
begin
    if told is null or told = '' then
        return null;
    end if;
    secret := (select kept.secret from identity_secrets.scope kept);
    if {_seal("told")} is distinct from current_setting('yizhan.seal', true) then
        return null;
    end if;
    return told::jsonb;
end
$$;

-- The units of a scope that its caller was told.
create function scope_units_of(told jsonb) returns text[]
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
    units constant text := current_setting('yizhan.units', true);
    secret bytea;
begin
    if told is null or units is null or units = '' then
        return '{{}}';
    end if;
    secret := (select kept.secret from identity_secrets.scope kept);
    if {_seal(_OF_UNITS)} is distinct from current_setting('yizhan.seal_of_units', true) then
        return '{{}}';
    end if;
    return units::text[];
end
$$;

create or replace function scope_units() returns text[]
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
begin
    return scope_units_of(scope_told());
end
$$;
"""

# The reaches of a post that open records, in one row with its unit; the same rules as identity_held.
REACHES = """
create function identity_reaches_of_post(who bigint, today date, appointment bigint, delegation bigint)
returns table (reaches text[], unit text, unit_path text, area text)
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
    post bigint;
    carried text[] := '{}';
begin
    if delegation is null then
        select a.post_id into post from identity_appointment a
        where a.id = appointment and a.account_id = who
          and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today);
    else
        select a.post_id, coalesce(d.roles::text[], '{}') into post, carried
        from identity_delegation d
        join identity_appointment a on a.id = d.giver_id
        join identity_account giver on giver.id = a.account_id and giver.is_active
        where d.id = delegation and d.receiver_id = who
          and d.ended_at is null and today between d.since and d.until
          and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today);
    end if;
    if post is null then
        return;
    end if;
    return query
    select array(
            -- Each reach is looked up by itself: the first role that gives it answers.
            select kind.reach from unnest(array['own_unit', 'unit_subtree', 'area', 'all']) kind (reach)
            where (
                select true from identity_rolegrant given
                join identity_role role on role.code = given.role_id
                where given.post_id = post and given.reach = kind.reach and given.ended_at is null
                  and given.since <= today and (given.until is null or given.until >= today)
                  and role.withdrawn_on is null and role.reads_records
                  and (delegation is null
                       or not role.separated and (carried = '{}' or role.code = any (carried)))
                limit 1)),
        unit.code::text, unit.path::text, identity_area(unit.division)
    from identity_post held join identity_unit unit on unit.code = held.unit_id where held.id = post;
end
$$;
revoke all on function identity_reaches_of_post(bigint, date, bigint, bigint) from public;
drop function identity_reaches(bigint, date, bigint, bigint);
"""

OPENING = """
create or replace function scope_open_session(
    session_key text, today date default (now() at time zone 'Asia/Shanghai')::date)
returns boolean
language plpgsql security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    who record;
    held record;
    seen_units text[] := '{}';
    seen_areas text[] := '{}';
begin
    select a.id, a.kind, p.appointment_id, p.delegation_id,
        case when a.document_number <> '' then a.document_type || ':' || a.document_number end as document,
        (select coalesce(jsonb_agg(distinct m.uscc), '[]') from identity_mandate m
            where m.account_id = a.id and m.ended_at is null
              and m.since <= today and (m.until is null or m.until >= today)) as entities
    into who
    from identity_presence p join identity_account a on a.id = p.account_id
    where p.key = encode(sha256(convert_to(session_key, 'UTF8')), 'hex')
      and p.ended_at is null and p.owes = '' and a.is_active
      and statement_timestamp() < p.lasts_until and statement_timestamp() < p.seen_at + p.idle;
    if not found then
        perform scope_clear();
        return false;
    end if;

    if who.kind = 'staff' then
        select * into held
        from identity_reaches_of_post(who.id, today, who.appointment_id, who.delegation_id);
        if held.reaches = '{own_unit}' then
            seen_units := array[held.unit];
        elsif cardinality(held.reaches) > 0 then
            seen_units := array(
                select u.code from identity_unit u
                where 'all' = any (held.reaches)
                   or ('own_unit' = any (held.reaches) and u.code = held.unit)
                   or (held.reaches && '{unit_subtree,area}' and u.path ^@ held.unit_path)
                   or ('area' = any (held.reaches) and held.area <> '' and u.division ^@ held.area)
                order by u.code);
            if 'all' = any (held.reaches) then
                seen_areas := seen_areas || ''::text;
            end if;
            if 'area' = any (held.reaches) and held.area <> '' then
                seen_areas := seen_areas || held.area;
            end if;
        end if;
    end if;

    perform scope_put_all(
        jsonb_build_object(
            'account', who.id,
            'kind', who.kind,
            'document', who.document,
            'entities', who.entities,
            'areas', to_jsonb(seen_areas),
            'subjects', '[]'::jsonb,
            'everywhere', '' = any (seen_areas),
            'all', false),
        seen_units::text);
    return true;
end
$$;

create or replace function scope_open_service(token text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select from identity_secrets.service_token where hash = encode(sha256(convert_to(token, 'UTF8')), 'hex')
    ) then
        perform scope_clear();
        return false;
    end if;
    perform scope_put_all('{"all": true, "everywhere": true, "areas": [], "entities": [], "subjects": []}', '{}');
    return true;
end
$$;
"""

RIGHTS = """
revoke all on function scope_put_all(jsonb, text), scope_units_of(jsonb) from public;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0009_reaches_by_index")]

    operations = [
        RunAsOwner(sql, reverse_sql=migrations.RunSQL.noop)
        for sql in (WRITING, READING, REACHES, OPENING, RIGHTS)
    ]
