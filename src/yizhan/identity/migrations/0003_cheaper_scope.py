"""The scope in two parts, so that what nearly every policy asks is cheap.

The list of units is long (640 for a post that reaches everything), and few policies ask for it. It stood in the
scope, so each question about anything else read and verified it too: a case page asks two hundred times. Now it has a
setting and a seal of its own. Its seal names the account, so that no one's units go with another's scope.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# In plpgsql, so that it is planned once in a session.
SEAL = """
create or replace function scope_seal(told text) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return (
        select encode(sha256(
            secret || convert_to(
                pg_backend_pid() || ' ' || extract(epoch from transaction_timestamp()) || ' ' || told, 'UTF8'
            ) || secret), 'hex')
        from identity_secrets.scope);
end
$$;

create function scope_seal_of_units(told jsonb, units text) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return scope_seal('units of ' || coalesce(told ->> 'account', 'the house') || ': ' || units);
end
$$;
"""

WRITING = """
-- Everything but the units.
create function scope_put(told jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    text_told constant text := (told - 'units')::text;
begin
    perform set_config('yizhan.scope', text_told, true),
            set_config('yizhan.seal', scope_seal(text_told), true);
end
$$;

create or replace function scope_write(told jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    units constant text := array(select jsonb_array_elements_text(told -> 'units'))::text;
begin
    perform scope_put(told),
            set_config('yizhan.units', units, true),
            set_config('yizhan.seal_of_units', scope_seal_of_units(told, units), true);
end
$$;

create or replace function scope_clear() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('yizhan.scope', '', true), set_config('yizhan.seal', '', true),
            set_config('yizhan.units', '', true), set_config('yizhan.seal_of_units', '', true);
end
$$;

create or replace function scope_admit(subject text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := coalesce(scope_told(), '{}');
begin
    perform scope_put(jsonb_set(
        told, '{subjects}', coalesce(told -> 'subjects', '[]') || to_jsonb(subject)));
end
$$;
"""

READING = """
create or replace function scope_units() returns text[]
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
    units constant text := current_setting('yizhan.units', true);
begin
    if told is null or units is null or units = ''
        or scope_seal_of_units(told, units) is distinct from current_setting('yizhan.seal_of_units', true)
    then
        return '{}';
    end if;
    return units::text[];
end
$$;
"""

# Their parameters do not change which plan is best, and planning took half of their time.
PLANNED_ONCE = """
alter function identity_held(bigint, date) set plan_cache_mode = force_generic_plan;
alter function scope_open_session(text, date) set plan_cache_mode = force_generic_plan;
"""

RIGHTS = """
revoke all on function scope_put(jsonb), scope_seal_of_units(jsonb, text) from public;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_scope")]

    operations = [
        RunAsOwner(sql, reverse_sql=migrations.RunSQL.noop)
        for sql in (SEAL, WRITING, READING, PLANNED_ONCE, RIGHTS)
    ]
