"""Companies are found by one function: everywhere by what is public of each, and those of one's areas with the rest."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

SEARCH = """
drop function registry_companies(text, integer);
drop function registry_search_entities(text, boolean, integer);

-- Companies by part of their name, code, old organisation code, or the whole name of their representative; with ``mine``
-- only those of one's areas, also without words. For whoever has a post that opens records, and for services. Name, code,
-- kind, state, division and the day of striking off, which registers publish of every company, are told of each; who
-- represents it and where it sits only of those of one's areas. Who came by mistake is told to the house alone.
create function registry_search_entities(words text, represented boolean, mine boolean, most integer)
returns table (
    uscc text, name text, kind text, state text, division text, until date, representative text, address text)
language plpgsql stable rows 20 security definer
set search_path = public, pg_temp set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    everywhere constant boolean := scope_all();
    areas constant text[] := scope_areas();
    first_area constant text := registry_first_area();
    end_of_areas constant text := registry_end_of_areas();
    asked constant text := trim(words);
    wanted constant text := registry_plain(words);
    code constant text := upper(replace(wanted, '-', ''));
    many constant integer := least(most, 100);
    found text[];
begin
    if cardinality(scope_units()) = 0 and not everywhere or length(wanted) < 2 and not mine then
        return;
    end if;
    if mine then
        perform set_config('enable_seqscan', 'on', true);  -- a whole district's list is read through
        found := array(
            select e.uscc from registry_entity e
            where e.left_on is null and e.division >= first_area and e.division < end_of_areas
              and (everywhere or e.division ^@ any (areas))
              and (asked = '' or e.uscc ^@ asked or e.organisation_code = asked or strpos(e.name, asked) > 0)
            order by e.until is not null, e.name, e.uscc limit many);
    elsif represented then
        found := array(
            select e.uscc from registry_entity e where e.left_on is null and e.representative = asked
            order by e.until is not null, e.name, e.uscc limit many);
    elsif code ~ '^[0-9A-Z]{8,18}$' then
        found := array(
            select e.uscc from registry_entity e
            where e.left_on is null and (e.uscc like code || '%' or e.organisation_code = code)
            order by e.until is not null, e.uscc limit many);
    else
        found := array(
            select one.uscc from (
                select e.uscc, e.name, e.until from registry_entity e
                where e.left_on is null and registry_pieces(e.name) @> registry_pieces(wanted)
                  and strpos(registry_plain(e.name), wanted) > 0
                limit 400) one
            order by one.until is not null, length(one.name), one.name, one.uscc limit many);
    end if;
    return query
        select e.uscc::text, e.name::text, e.kind::text, e.state::text, e.division::text, e.until,
            case when here then e.representative end::text, case when here then e.address end::text
        from unnest(found) with ordinality one(uscc, place)
        join registry_entity e on e.uscc = one.uscc
        cross join lateral (select everywhere or e.division ^@ any (areas) as here) reach
        order by one.place;
end
$$;
revoke all on function registry_search_entities(text, boolean, boolean, integer) from public;
grant execute on function registry_search_entities(text, boolean, boolean, integer) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0035_categories_of_a_post")]

    operations = [RunAsOwner(SEARCH, reverse_sql=migrations.RunSQL.noop)]
