"""Finding persons by all that is known of them: number, name, former name, sound, slip of the pen, telephone, address."""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner

_undoing = import_module("yizhan.registry.migrations.0014_what_a_file_did")

PLAIN = """
-- A text without blanks, in one form; and its pairs of neighbours, by which a part of it is found.
create function registry_plain(words text) returns text
language sql immutable parallel safe as $$
    select pg_catalog.regexp_replace(
        pg_catalog.lower(pg_catalog.normalize(words, 'NFKC')), '[[:space:]]+', '', 'g')
$$;
create function registry_pieces(words text) returns text[]
language sql immutable parallel safe set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct substr(whole, place, 2)), '{}')
    from registry_plain(words) whole, generate_series(1, length(whole) - 1) place
$$;

-- The areas in which a person lies, as short as areas are: sub-district and committee.
create function registry_areas_of(registered text, living text) returns text[]
language sql immutable parallel safe as $$
    select array[pg_catalog.left(registered, 9), registered, pg_catalog.left(living, 9), living]
$$;
grant execute on function registry_plain(text), registry_pieces(text), registry_areas_of(text, text) to {app};
"""

INDEXES = """
-- One index answers "this name in this area": the time it takes does not grow with who bears the name elsewhere.
drop index registry_person_tokens;
create index registry_person_found on registry_person
    using gin (name_tokens, registry_areas_of(register_division, living_division));
create index registry_person_sorted on registry_person (name_sort, id) where until is null;
create index registry_person_tail on registry_person (right(id_number, 6)) where id_number <> '';
create index registry_person_phone on registry_person (phone) where phone <> '';
create index registry_address_pieces on registry_address using gin (registry_pieces(full_text));
"""

SEARCH = """
drop function registry_search(text[], integer);

-- Persons inside one's areas, for staff. ``wanted`` holds attempts, the surest first, and what is true for all of them;
-- a later attempt is made only while the earlier ones found too few, so that what others know changes nothing.
-- Every search counts with the exact look-ups, 200 a day; one null row says that they are used up. Services do not count.
--
-- Policies would disable the indexes (@@ is not leakproof): hence a function that applies the areas itself. Each attempt
-- is planned with its own words, reads no table from end to end, and looks at no more than 400 persons, which are then sorted.
create function registry_search(wanted jsonb, most integer) returns table (person uuid, how text)
language plpgsql volatile rows 20 security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_indexscan = on as $$
declare
    areas constant text[] := scope_areas();
    everywhere constant boolean := scope_all() or '' = any (areas);
    -- areas that the index knows by name; a person lies in one of them or is not looked at
    known constant text[] := case when not everywhere
        and not exists (select from unnest(areas) area where length(area) not in (9, 12)) then areas end;
    small constant boolean := (known is not null and not exists (select from unnest(areas) area where length(area) = 9))
        or wanted ->> 'address' <> '' or jsonb_array_length(wanted -> 'divisions') > 0;
    divisions constant text[] := array(select jsonb_array_elements_text(wanted -> 'divisions'));
    within constant text := 'p.until is null'
        || case when everywhere then '' else
            ' and (p.register_division ^@ any ($2) or p.living_division ^@ any ($2))' end
        || case when known is null then '' else
            ' and registry_areas_of(p.register_division, p.living_division) && $2' end
        || case when cardinality(divisions) = 0 then '' else
            ' and registry_areas_of(p.register_division, p.living_division) && $3' end
        || case when wanted ->> 'born_from' is null then '' else
            ' and p.born_on >= ($4 ->> ''born_from'')::date and p.born_on < ($4 ->> ''born_before'')::date' end;
    -- the address stands with an attempt, or holds for all of them
    living_there constant text := 'p.id = any (array(select r.person_id from registry_address a'
        || ' join registry_residence r on r.address_id = a.id and r.until is null'
        || ' where registry_pieces(a.full_text) @> registry_pieces($6)'
        || ' and strpos(registry_plain(a.full_text), registry_plain($6)) > 0'
        || case when everywhere then '' else ' and a.division ^@ any ($2)' end || '))';
    most_persons constant integer := least(most, 100);
    attempt jsonb;
    condition text;
    in_order boolean;
    place text;
    came uuid[];
    found uuid[] := '{}';
    made integer;
begin
    if jsonb_array_length(wanted -> 'attempts') = 0 or (cardinality(scope_units()) = 0 and not scope_all()) then
        return;
    end if;
    if not scope_all() then
        insert into registry_lookuptally as tally (account, day, lookups)
        values (scope_account(), (clock_timestamp() at time zone 'Asia/Shanghai')::date, 1)
        on conflict (account, day) do update set lookups = tally.lookups + 1
        returning lookups into made;
        if made > 200 then
            return query select null::uuid, null::text;
            return;
        end if;
    end if;
    if not everywhere and cardinality(areas) = 0 then
        return;
    end if;

    for attempt in select value from jsonb_array_elements(wanted -> 'attempts') loop
        in_order := attempt ? 'low' and not small;
        place := coalesce(nullif(attempt ->> 'address', ''), wanted ->> 'address');
        perform set_config('enable_indexscan', case when attempt ? 'tokens' and not in_order then 'off' else 'on' end, true);
        condition := case
            when in_order then 'p.name_sort >= $1 ->> ''low'' and p.name_sort < $1 ->> ''high'''
            when attempt ? 'tokens' then 'p.name_tokens @@ ' || quote_literal(attempt ->> 'tokens') || '::tsquery'
            when attempt ? 'documents' then 'p.id = any (array(select i.person_id from registry_identifier i'
                || ' where i.document = any (array(select jsonb_array_elements_text($1 -> ''documents''))::text[])'
                || ' and i.until is null))'
            when attempt ? 'tail' then 'right(p.id_number, 6) = right($1 ->> ''tail'', 6)'
                || ' and right(p.id_number, length($1 ->> ''tail'')) = $1 ->> ''tail'' and p.id_number <> '''''
            when attempt ? 'phone' then 'p.phone = $1 ->> ''phone'' and p.phone <> '''''
            else 'true' end;
        execute format(
            'select array(select one.id from (select p.id, p.name_sort from registry_person p where %s and %s and p.id <> all ($5)'
            || ' %s limit %s) one order by one.name_sort, one.id limit %s)',
            condition, within || case when place = '' then '' else ' and ' || living_there end,
            case when in_order then 'order by p.name_sort, p.id' else '' end,
            case when in_order then most_persons else 400 end,
            most_persons - cardinality(found))
        into came using attempt, areas, divisions, wanted, found, place;
        return query select one, attempt ->> 'how' from unnest(came) one;
        found := found || came;
        exit when cardinality(found) >= most_persons;
    end loop;
end
$$;
revoke all on function registry_search(jsonb, integer) from public;
grant execute on function registry_search(jsonb, integer) to {app};
"""

_FROM, _UNTIL = "create function registry_undo_import", "revoke all on function registry_changed_since"
_RENAMED = "h.state ? 'name' as renamed"
_BEFORE = _undoing.UNDO[_undoing.UNDO.index(_FROM) : _undoing.UNDO.index(_UNTIL)]
assert _BEFORE.count(_RENAMED) == 1
# As in 0014; a former name is found too, so that it is worked out again where it is put back.
UNDO = _BEFORE.replace(_FROM, "create or replace function registry_undo_import").replace(
    _RENAMED, "h.state ?| array['name', 'former_name'] as renamed"
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0014_what_a_file_did")]

    operations = [
        RunAsOwner(PLAIN + INDEXES + SEARCH + UNDO, reverse_sql=migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveIndex("person", "registry_person_tokens")]
        ),
    ]
