"""Whether a scope sees somebody is found with the same work for whom it does not see and for nobody.

The scope was read for each row that was there, so that an answer for somebody outside of one's areas took a quarter
longer than one for a key that nothing has. It is read before the row is looked for.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

SEES = """
-- As in 0004.
create or replace function registry_sees(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
    everything constant boolean := coalesce((told ->> 'all')::boolean, false);
    areas constant text[] := array(select jsonb_array_elements_text(told -> 'areas'));
begin
    return wanted = any (registry_persons_in_scope()) or exists (
        select from registry_person p where p.id = wanted and (
            everything or p.register_division ^@ any (areas) or p.living_division ^@ any (areas)));
end
$$;

-- As in 0026.
create or replace function registry_sees_entity(wanted text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
    areas constant text[] := array(select jsonb_array_elements_text(told -> 'areas'));
begin
    return coalesce((told ->> 'all')::boolean, false) or wanted = any (registry_own_entities())
        or coalesce(told -> 'subjects' ? ('entity:' || wanted), false)
        or exists (
            select from registry_entity e where e.uscc = wanted and e.left_on is null and e.division ^@ any (areas));
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0030_walls_look_once")]

    operations = [RunAsOwner(SEES, reverse_sql=migrations.RunSQL.noop)]
