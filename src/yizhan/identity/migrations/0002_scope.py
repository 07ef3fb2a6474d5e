"""The functions of the owner by which the database itself knows who may see what.

Read this file as a whole: it is what every policy of every room trusts. The application can call the functions
that open a scope and those that read it; it can neither read the secret nor make the seal.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# Any change of rights gives a new mark, whoever makes it; what is remembered under an older mark is void. The mark
# is random, so that one taken back by a rollback never comes again.
RIGHTS_CHANGED = """
create function identity_rights_changed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    insert into identity_rightsversion (id, mark) values (1, gen_random_uuid())
    on conflict (id) do update set mark = excluded.mark;
    return null;
end
$$;
"""
RIGHTS_TRIGGERS = "\n".join(
    f"""
    create trigger rights_changed after insert or update or delete or truncate on identity_{table}
    for each statement execute function identity_rights_changed();
    """
    for table in ("unit", "post", "appointment", "role", "rolegrant", "delegation")
)

HELD = """
-- The levels of a 12-digit division code that say something: 440104000000 → 440104.
create function identity_area(division text) returns text
language sql immutable parallel safe set search_path = public, pg_temp as $$
    select case
        when division !~ '^[0-9]{12}$' then division
        when right(division, 10) = '0000000000' then left(division, 2)
        when right(division, 8) = '00000000' then left(division, 4)
        when right(division, 6) = '000000' then left(division, 6)
        when right(division, 3) = '000' then left(division, 9)
        else division end
$$;

-- Every way in which an account may act on a day, one row each, with all roles: its own posts, and what was
-- delegated to it. A delegation ends with the giver's appointment, and never carries an administrator's role.
-- `opens` are the reaches that open rows of personal data.
create function identity_held(who bigint, today date)
returns table (
    appointment_id bigint, delegation_id bigint, giver_id bigint, giver_name text, is_main boolean,
    post_id bigint, post_title text, post_title_en text,
    unit text, unit_name text, unit_path text, area text,
    roles text[], reaches text[], opens text[])
language plpgsql stable set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    return query
    with acting as (
        select a.id as appointment_id, null::bigint as delegation_id, null::bigint as giver_id,
               '' as giver_name, a.kind = 'main' as is_main, a.post_id, '{}'::text[] as only_roles
        from identity_appointment a
        where a.account_id = who
          and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today)
        union all
        select a.id, d.id, a.account_id, giver.name, false, a.post_id, d.roles::text[]
        from identity_delegation d
        join identity_appointment a on a.id = d.giver_id
        join identity_account giver on giver.id = a.account_id and giver.is_active
        where d.receiver_id = who and d.ended_at is null and today between d.since and d.until
          and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today)
    )
    select acting.appointment_id, acting.delegation_id, acting.giver_id, acting.giver_name::text, acting.is_main,
           post.id, post.title::text, post.title_en::text,
           unit.code::text, unit.name::text, unit.path::text, identity_area(unit.division),
           held.roles, held.reaches, held.opens
    from acting
    join identity_post post on post.id = acting.post_id
    join identity_unit unit on unit.code = post.unit_id
    cross join lateral (
        select coalesce(array_agg(role.code::text order by role.code), '{}') as roles,
               coalesce(array_agg(given.reach::text order by role.code), '{}') as reaches,
               coalesce(array_agg(distinct given.reach::text) filter (where role.reads_records), '{}') as opens
        from identity_rolegrant given
        join identity_role role on role.code = given.role_id
        where given.post_id = acting.post_id and given.ended_at is null
          and given.since <= today and (given.until is null or given.until >= today)
          and role.withdrawn_on is null
          and (acting.delegation_id is null
               or not role.separated and (acting.only_roles = '{}' or role.code = any (acting.only_roles)))
    ) held;
end
$$;
revoke all on function identity_held(bigint, date), identity_area(text) from public;
grant execute on function identity_held(bigint, date), identity_area(text) to {app};
"""

# In a schema of their own: the application may use every table of "public" that no migration takes from it again,
# and here it may not even enter.
SECRETS = """
create schema identity_secrets;
revoke all on schema identity_secrets from public;

create table identity_secrets.scope (
    alone boolean primary key default true check (alone),
    secret bytea not null
);
insert into identity_secrets.scope (secret)
select sha256(convert_to(string_agg(gen_random_uuid()::text, ''), 'UTF8')) from generate_series(1, 4);

create table identity_secrets.service_token (
    hash text primary key,
    made_at timestamptz not null default now()
);
"""

# The seal binds a scope to this backend and this transaction by its start; that a transaction number would do
# the same is true, but asking for one makes a writing transaction of every page that only reads.
SEAL = """
create function scope_seal(told text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select encode(sha256(
        secret || convert_to(
            pg_backend_pid() || ' ' || extract(epoch from transaction_timestamp()) || ' ' || told, 'UTF8'
        ) || secret), 'hex')
    from identity_secrets.scope
$$;

create function scope_write(told jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('yizhan.scope', told::text, true),
            set_config('yizhan.seal', scope_seal(told::text), true);
end
$$;

create function scope_clear() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('yizhan.scope', '', true), set_config('yizhan.seal', '', true);
end
$$;

-- The scope, if there is one and its seal is right; null otherwise.
create function scope_told() returns jsonb
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
declare
    told constant text := current_setting('yizhan.scope', true);
begin
    if told is null or told = '' or scope_seal(told) is distinct from current_setting('yizhan.seal', true) then
        return null;
    end if;
    return told::jsonb;
end
$$;
"""

OPENING = """
-- Open the scope of the account whose session this is; false when there is no such session, it has ended or
-- rested too long, owes something, or its account is closed. Times are real; the day of rights is the house's.
-- A person never gets scope_all(): who reaches everything gets all units, the whole area, and scope_everywhere().
create function scope_open_session(
    session_key text, today date default (now() at time zone 'Asia/Shanghai')::date)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
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
        with held as (
            select h.unit, h.unit_path, h.area, reach
            from identity_held(who.id, today) h, unnest(h.opens) reach
            where case when who.delegation_id is null
                       then h.delegation_id is null and h.appointment_id = who.appointment_id
                       else h.delegation_id = who.delegation_id end
        )
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

-- Open the house's own scope, for worker and command line; false when the token is not known.
create function scope_open_service(token text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select from identity_secrets.service_token where hash = encode(sha256(convert_to(token, 'UTF8')), 'hex')
    ) then
        perform scope_clear();
        return false;
    end if;
    perform scope_write('{"all": true, "everywhere": true, "units": [], "areas": [], "entities": [], "subjects": []}');
    return true;
end
$$;

-- Admit one subject for the rest of the transaction. Not for the application: reviewed functions of the owner call
-- it after checks of their own, also for visitors who are not signed in.
create function scope_admit(subject text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := coalesce(scope_told(), '{}');
begin
    perform scope_write(jsonb_set(
        told, '{subjects}', coalesce(told -> 'subjects', '[]') || to_jsonb(subject)));
end
$$;
"""

_READERS = {
    "scope_account() returns bigint": "(scope_told() ->> 'account')::bigint",
    "scope_document() returns text": "scope_told() ->> 'document'",
    "scope_all() returns boolean": "coalesce((scope_told() ->> 'all')::boolean, false)",
    "scope_everywhere() returns boolean": "coalesce((scope_told() ->> 'everywhere')::boolean, false)",
    **{
        f"scope_{name}() returns text[]": f"array(select jsonb_array_elements_text(scope_told() -> '{name}'))"
        for name in ("units", "areas", "entities", "subjects")
    },
}

# What policies ask. scope_all() is the house itself (worker, command line); scope_everywhere() also a person whose role
# reaches all units: a short cut for tables that hang on units, where comparing with 600 of them costs 4 µs a row.
# In plpgsql so that they are planned once; restricted to the leader of a parallel query, whose
# process made the seal.
READING = "\n".join(
    f"""
    create function {signature}
    language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
    begin
        return {expression};
    end
    $$;
    """
    for signature, expression in _READERS.items()
)

_FOR_THE_APPLICATION = ", ".join(
    ["scope_open_session(text, date)", "scope_open_service(text)", *(s.split(" ")[0] for s in _READERS)]
)
RIGHTS = f"""
revoke all on function
    scope_seal(text), scope_write(jsonb), scope_clear(), scope_told(), scope_admit(text),
    {_FOR_THE_APPLICATION} from public;
grant execute on function {_FOR_THE_APPLICATION} to {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [
        RunAsOwner(sql, reverse_sql=migrations.RunSQL.noop)
        for sql in (RIGHTS_CHANGED, RIGHTS_TRIGGERS, HELD, SECRETS, SEAL, OPENING, READING, RIGHTS)
    ]
