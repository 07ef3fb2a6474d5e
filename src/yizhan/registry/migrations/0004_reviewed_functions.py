"""The reviewed functions: they run as the owner, see every row, and so apply the rules themselves."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

FIND = """
-- Exact look-up by document and name: the window's, and the real-name match of citizens.
--
-- Both must match. "No such number" and "the name differs" are one probe of one index that ends at the same leaf,
-- so that neither the answer nor its time tells which it was. Every call counts, also one that finds nothing:
-- 200 a day for staff, 5 for a citizen (real days, not the clock of a demo). Staff whose post opens records are
-- admitted to the subject for this transaction; a citizen's account is linked to the person, once.
create function registry_find(wanted_type text, wanted_number text, wanted_name text)
returns table (state text, person uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me constant bigint := scope_account();
    staff boolean;
    made integer;
    found_persons uuid[];
    linked uuid;
begin
    select account.kind = 'staff' into staff from identity_account account where account.id = me;
    if staff is null or (staff and cardinality(scope_units()) = 0) then
        return query select 'not_allowed', null::uuid;
        return;
    end if;

    insert into registry_lookuptally as tally (account, day, lookups)
    values (me, (clock_timestamp() at time zone 'Asia/Shanghai')::date, 1)
    on conflict (account, day) do update set lookups = tally.lookups + 1
    returning lookups into made;
    if made > (case when staff then 200 else 5 end) then
        return query select 'too_many', null::uuid;
        return;
    end if;

    found_persons := array(
        select distinct known.person_id
        from registry_identifier known join registry_person p on p.id = known.person_id
        where known.document = wanted_type || ':' || wanted_number
          and known.name_key = registry_name_key(wanted_name)
          and known.until is null and p.until is null and (staff or p.died_on is null));
    if cardinality(found_persons) <> 1 then
        return query select case cardinality(found_persons) when 0 then 'none' else 'several' end, null::uuid;
        return;
    end if;

    if staff then
        perform scope_admit('person:' || found_persons[1]);
    else
        insert into registry_accountlink (account, person_id, level, by, since)
        values (me, found_persons[1], 1, 'account:' || me, now())
        on conflict do nothing;  -- linked already: then to whom?
        select person_id into linked from registry_accountlink where account = me and until is null;
        if linked is distinct from found_persons[1] then
            return query select 'taken', null::uuid;
            return;
        end if;
    end if;
    return query select 'found', found_persons[1];
end
$$;
"""

SEARCH = """
-- Search by the beginning of names, in characters or pinyin, inside one's areas; for staff only.
-- Policies would disable the index (@@ is not leakproof): hence a function that applies the areas itself. Planned
-- anew at each call, since the best index depends on the name and on how large the areas are.
create function registry_search(words text[], wanted integer) returns setof uuid
language plpgsql stable rows 20 security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    everywhere constant boolean := scope_all();
    areas constant text[] := scope_areas();
    first_area constant text := registry_first_area();
    end_of_areas constant text := registry_end_of_areas();
    query tsquery;
begin
    select string_agg('''' || word || '''' || case when word ~ '^[a-z]+$' then ':*' else '' end, ' & ')::tsquery
    into query from unnest(words) word where word <> '' and word = translate(word, '''\\', '');
    if query is null or (cardinality(scope_units()) = 0 and not everywhere) then
        return;
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

SEES = """
-- May the present scope see this person? The policy of 0002, for the functions below.
create function registry_sees(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return wanted = any (registry_persons_in_scope()) or exists (
        select from registry_person p where p.id = wanted and (
            scope_all() or p.register_division ^@ any (scope_areas()) or p.living_division ^@ any (scope_areas())));
end
$$;
"""

FACTS = """
-- All that is known about one person whom the scope may see, for a day, in one look; null otherwise.
-- The same read through the policies of seven tables takes five times as long, most of it planning.
-- own, admitted and service tell what the scope is to this person; masking is decided by them.
create function registry_facts(wanted uuid, on_day date, known_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not registry_sees(wanted) then
        return null;
    end if;
    return (
        select to_jsonb(p) - 'name_tokens' || jsonb_build_object(
            'own', p.id = any (registry_own_persons()),
            'admitted', 'person:' || p.id = any (scope_subjects()),
            'service', scope_all(),
            'book_number', home.book_number, 'relation', member.relation,
            'registered_address', registered.full_text, 'registered_division', registered.division,
            'registered_since', registered_at.since,
            'living_address', living.full_text, 'lived_in_division', living.division,
            'living_since', living_at.since,
            'home_division', (select division from identity_unit
                where kind = 'government' and parent_id is null order by code limit 1),
            'provenance', (select jsonb_agg(jsonb_build_array(v.columns, v.as_of, s.title_zh, s.title_en))
                from registry_provenance v join registry_source s on s.id = v.source_id where v.person_id = p.id),
            'earlier', case when known_at is not null then (
                select h.state from registry_personhistory h
                where h.person_id = p.id and h.replaced_at > known_at order by h.replaced_at, h.id limit 1) end)
        from registry_person p
        left join registry_membership member on member.person_id = p.id
            and member.since <= on_day and (member.until is null or member.until > on_day)
        left join registry_household home on home.id = member.household_id
        left join registry_residence registered_at on registered_at.person_id = p.id
            and registered_at.kind = 'registered'
            and registered_at.since <= on_day and (registered_at.until is null or registered_at.until > on_day)
        left join registry_address registered on registered.id = registered_at.address_id
        left join registry_residence living_at on living_at.person_id = p.id and living_at.kind = 'living'
            and living_at.since <= on_day and (living_at.until is null or living_at.until > on_day)
        left join registry_address living on living.id = living_at.address_id
        where p.id = wanted);
end
$$;
"""

HOUSEHOLD = """
-- The present household of a person one may see. Of members one may not see, the surname and the relation.
create function registry_household_of(wanted uuid)
returns table (book_number text, relation text, name text, person uuid, since date)
language plpgsql stable rows 5 security definer set search_path = public, pg_temp as $$
begin
    if not registry_sees(wanted) then
        return;
    end if;
    return query
        select home.book_number::text, member.relation::text,
            case when seen then p.name else left(p.name, 1) || repeat('＊', greatest(length(p.name) - 1, 1)) end::text,
            case when seen then p.id end,
            member.since
        from registry_membership mine
        join registry_household home on home.id = mine.household_id
        join registry_membership member on member.household_id = home.id and member.until is null
        join registry_person p on p.id = member.person_id
        cross join lateral (select registry_sees(p.id) as seen) sight
        where mine.person_id = wanted and mine.until is null
        order by member.relation <> '02', member.relation, p.born_on, p.id;
end
$$;
"""

LINK = """
-- At the window, face to face: an account becomes a person one may see. Earlier links of both end.
create function registry_link_at_window(citizen bigint, wanted uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if cardinality(scope_units()) = 0 or citizen = scope_account() or not registry_sees(wanted) then
        return false;
    end if;
    update registry_accountlink set until = now()
    where until is null and (account = citizen or person_id = wanted);
    insert into registry_accountlink (account, person_id, level, by, since)
    values (citizen, wanted, 2, 'account:' || scope_account(), now());
    return true;
end
$$;
"""

RIGHTS = """
revoke all on function registry_find(text, text, text), registry_search(text[], integer), registry_sees(uuid),
    registry_facts(uuid, date, timestamptz),
    registry_household_of(uuid), registry_link_at_window(bigint, uuid) from public;
grant execute on function registry_find(text, text, text), registry_search(text[], integer), registry_sees(uuid),
    registry_facts(uuid, date, timestamptz),
    registry_household_of(uuid), registry_link_at_window(bigint, uuid) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_history")]

    operations = [
        RunAsOwner(
            FIND + SEARCH + SEES + FACTS + HOUSEHOLD + LINK + RIGHTS, reverse_sql=migrations.RunSQL.noop
        )
    ]
