"""Companies are found by part of their name, by code and old organisation code, and by their legal representative."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

INDEXES = """
create index registry_entity_pieces on registry_entity using gin (registry_pieces(name));
create index registry_entity_named_by on registry_entity (representative);
"""

SEARCH = """
-- What registers of companies publish: name, code, kind, division, whether struck off. For whoever has a post, and for
-- services; not the number of the representative's document, and nothing that only cases tell.
create function registry_search_entities(words text, represented boolean, most integer)
returns table (uscc text, name text, kind text, division text, until date)
language plpgsql stable rows 20 security definer
set search_path = public, pg_temp set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
declare
    wanted constant text := registry_plain(words);
    code constant text := upper(replace(wanted, '-', ''));
begin
    if length(wanted) < 2 or (cardinality(scope_units()) = 0 and not scope_all()) then
        return;
    end if;
    if represented then
        return query select e.uscc::text, e.name::text, e.kind::text, e.division::text, e.until
            from registry_entity e where e.representative = trim(words)
            order by e.until is not null, e.name, e.uscc limit least(most, 100);
    elsif code ~ '^[0-9A-Z]{8,18}$' then
        return query select e.uscc::text, e.name::text, e.kind::text, e.division::text, e.until
            from registry_entity e where e.uscc like code || '%' or e.organisation_code = code
            order by e.until is not null, e.uscc limit least(most, 100);
    else
        return query select one.uscc, one.name, one.kind, one.division, one.until from (
            select e.uscc::text, e.name::text, e.kind::text, e.division::text, e.until
            from registry_entity e
            where registry_pieces(e.name) @> registry_pieces(wanted) and strpos(registry_plain(e.name), wanted) > 0
            limit 400) one
            order by one.until is not null, length(one.name), one.name, one.uscc limit least(most, 100);
    end if;
end
$$;
revoke all on function registry_search_entities(text, boolean, integer) from public;
grant execute on function registry_search_entities(text, boolean, integer) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0020_acts_of_looking")]

    operations = [RunAsOwner(INDEXES + SEARCH, reverse_sql=migrations.RunSQL.noop)]
