"""A search by name is a look-up like any other: it counts, and so many a day are enough."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

SEARCH = """
-- As in 0004, and every search of a person counts with the exact look-ups: 200 a day. One null row says that they
-- are used up. Services of the house do not count.
create or replace function registry_search(words text[], wanted integer) returns setof uuid
language plpgsql volatile rows 20 security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    everywhere constant boolean := scope_all();
    areas constant text[] := scope_areas();
    first_area constant text := registry_first_area();
    end_of_areas constant text := registry_end_of_areas();
    query tsquery;
    made integer;
begin
    select string_agg('''' || word || '''' || case when word ~ '^[a-z]+$' then ':*' else '' end, ' & ')::tsquery
    into query from unnest(words) word where word <> '' and word = translate(word, '''\\', '');
    if query is null or (cardinality(scope_units()) = 0 and not everywhere) then
        return;
    end if;
    if not everywhere then
        insert into registry_lookuptally as tally (account, day, lookups)
        values (scope_account(), (clock_timestamp() at time zone 'Asia/Shanghai')::date, 1)
        on conflict (account, day) do update set lookups = tally.lookups + 1
        returning lookups into made;
        if made > 200 then
            return next null;
            return;
        end if;
    end if;
    return query
        select p.id from registry_person p
        where p.name_tokens @@ query and p.until is null
          and ((p.register_division >= first_area and p.register_division < end_of_areas
                and (everywhere or p.register_division ^@ any (areas)))
            or (p.living_division >= first_area and p.living_division < end_of_areas
                and (everywhere or p.living_division ^@ any (areas))))
        order by p.name_sort, p.id
        limit least(wanted, 100);
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_reviewed_functions")]

    operations = [RunAsOwner(SEARCH, reverse_sql=migrations.RunSQL.noop)]
