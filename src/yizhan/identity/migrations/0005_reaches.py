"""Opening a session's scope asks how far the post reaches, and no more.

It read all roles of the post (``identity_held``) to learn the reaches of those that open records: 580 roles for a
window that takes everything in. There are four reaches; whether any role gives one is asked of each.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# The same rules as identity_held: what is live, what a delegation carries, what was withdrawn.
REACHES = """
create function identity_reaches(who bigint, today date, appointment bigint, delegation bigint)
returns table (reach text, unit text, unit_path text, area text)
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
    post constant bigint := case
        when delegation is null then (
            select a.post_id from identity_appointment a
            where a.id = appointment and a.account_id = who
              and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today))
        else (
            select a.post_id
            from identity_delegation d
            join identity_appointment a on a.id = d.giver_id
            join identity_account giver on giver.id = a.account_id and giver.is_active
            where d.id = delegation and d.receiver_id = who
              and d.ended_at is null and today between d.since and d.until
              and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today))
        end;
    carried constant text[] := coalesce(
        (select d.roles::text[] from identity_delegation d where d.id = delegation), '{}');
begin
    return query
    select kind.reach, unit.code::text, unit.path::text, identity_area(unit.division)
    from unnest(array['own_unit', 'unit_subtree', 'area', 'all']) kind (reach)
    join identity_post held on held.id = post
    join identity_unit unit on unit.code = held.unit_id
    where exists (
        select from identity_rolegrant given
        join identity_role role on role.code = given.role_id
        where given.post_id = post and given.reach = kind.reach and given.ended_at is null
          and given.since <= today and (given.until is null or given.until >= today)
          and role.withdrawn_on is null and role.reads_records
          and (delegation is null
               or not role.separated and (carried = '{}' or role.code = any (carried))));
end
$$;
revoke all on function identity_reaches(bigint, date, bigint, bigint) from public;
"""

OPENING = """
create or replace function scope_open_session(
    session_key text, today date default (now() at time zone 'Asia/Shanghai')::date)
returns boolean
language plpgsql security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    who record;
    seen_units text[];
    seen_areas text[];
begin
    select a.id, a.kind, a.document_type, a.document_number, p.appointment_id, p.delegation_id into who
    from identity_presence p join identity_account a on a.id = p.account_id
    where p.key = encode(sha256(convert_to(session_key, 'UTF8')), 'hex')
      and p.ended_at is null and p.owes = '' and a.is_active
      and statement_timestamp() < p.lasts_until and statement_timestamp() < p.seen_at + p.idle;
    if not found then
        perform scope_clear();
        return false;
    end if;

    if who.kind = 'staff' then
        with held as materialized (
            select * from identity_reaches(who.id, today, who.appointment_id, who.delegation_id))
        select array(
                select u.code from identity_unit u
                where exists (
                    select from held h
                    where case h.reach
                        when 'all' then true
                        when 'own_unit' then u.code = h.unit
                        when 'unit_subtree' then u.path ^@ h.unit_path
                        else u.path ^@ h.unit_path or (h.area <> '' and u.division ^@ h.area) end)
                order by u.code),
            array(
                select distinct case h.reach when 'all' then '' else h.area end from held h
                where h.reach = 'all' or (h.reach = 'area' and h.area <> ''))
        into seen_units, seen_areas;
    end if;

    perform scope_write(jsonb_build_object(
        'account', who.id,
        'kind', who.kind,
        'document', case when who.document_number <> '' then who.document_type || ':' || who.document_number end,
        'entities', (
            select coalesce(jsonb_agg(distinct m.uscc), '[]') from identity_mandate m
            where m.account_id = who.id and m.ended_at is null
              and m.since <= today and (m.until is null or m.until >= today)),
        'units', to_jsonb(coalesce(seen_units, '{}')),
        'areas', to_jsonb(coalesce(seen_areas, '{}')),
        'subjects', '[]'::jsonb,
        'everywhere', '' = any (coalesce(seen_areas, '{}')),
        'all', false));
    return true;
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0004_nothing_is_deleted")]

    operations = [RunAsOwner(sql, reverse_sql=migrations.RunSQL.noop) for sql in (REACHES, OPENING)]
