"""A scope tells which session opened it: so functions of the owner can ask for the post, a role, and a recent proof."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

OPENING = """
-- As in 0010; the key of the session and the day of rights stand in the scope as well.
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
    select a.id, a.kind, p.key, p.appointment_id, p.delegation_id,
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
            'session', who.key,
            'day', today,
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
"""

ASKING = """
-- The post in which the session acts; null for residents and for the house.
create function scope_post() returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return (
        select a.post_id from identity_presence p join identity_appointment a on a.id = p.appointment_id
        where p.key = scope_told() ->> 'session');
end
$$;

-- The roles that the session acts with.
create function scope_roles() returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
begin
    return coalesce((
        select h.roles from identity_presence p
        cross join lateral identity_held((told ->> 'account')::bigint, (told ->> 'day')::date) h
        where p.key = told ->> 'session'
          and case when p.delegation_id is null
                   then h.delegation_id is null and h.appointment_id = p.appointment_id
                   else h.delegation_id = p.delegation_id end
        limit 1), '{}');
end
$$;

-- Whether whoever acts proved within five minutes who they are (PROOF_LASTS of the settings).
create function scope_proved() returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return exists (
        select from identity_presence p
        where p.key = scope_told() ->> 'session' and p.proved_at >= statement_timestamp() - interval '5 minutes');
end
$$;
revoke all on function scope_post(), scope_roles(), scope_proved() from public;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0010_scope_in_fewer_looks")]

    operations = [RunAsOwner(sql, reverse_sql=migrations.RunSQL.noop) for sql in (OPENING, ASKING)]
