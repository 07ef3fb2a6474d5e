"""Particulars, events and relations under the rule of persons; and what was so on a day, or known at a moment."""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner, row_security

_rules = import_module("yizhan.registry.migrations.0002_row_security")

TABLES = ("particulars", "particularshistory", "lifeevent", "relation")

RIGHTS = (
    "\n".join(
        f"""
    create policy house on registry_{table} to current_user using (true) with check (true);
    revoke delete, truncate on registry_{table} from {{app}};
    """
        for table in TABLES
    )
    + """
revoke insert, update on registry_particularshistory from {app};
revoke update on registry_lifeevent, registry_relation, registry_membership, registry_residence from {app};
grant update (struck_at, struck_because) on registry_lifeevent to {app};
grant update (until, ended_at) on registry_relation, registry_membership, registry_residence to {app};
update registry_residence set recorded_at = since::timestamptz, ended_at = until::timestamptz;
update registry_membership set recorded_at = since::timestamptz, ended_at = until::timestamptz;
"""
)

WITHOUT = """
create function registry_without(had smallint[], gone smallint[]) returns smallint[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select array(select one from unnest(had) with ordinality as of(one, place) where one <> all (gone) order by place);
$$;
"""

KEEP = """
-- Only what changed is kept, with the day on which it ended; none where it was put right.
create or replace function registry_keep_history() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into registry_personhistory (person_id, state, recorded_at, replaced_at, valid_until)
    select was.id, old_one.values, was.recorded_at, greatest(now_is.recorded_at, was.recorded_at),
        now_is.effective_on
    from was join now_is on now_is.id = was.id
    cross join lateral (
        select jsonb_object_agg(before.key, before.value) as values
        from jsonb_each(to_jsonb(was) - array['id', 'name_tokens', 'recorded_at', 'effective_on']) before
        join jsonb_each(to_jsonb(now_is)) after using (key)
        where before.value is distinct from after.value) old_one
    where old_one.values is not null;

    update registry_identifier known set name_key = registry_name_key(now_is.name)
    from was join now_is on now_is.id = was.id
    where known.person_id = was.id and was.name is distinct from now_is.name;
    return null;
end
$$;

create function registry_keep_particulars() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into registry_particularshistory (person_id, was, recorded_at, replaced_at, valid_until)
    select was.person_id, old_one.values, was.recorded_at, greatest(now_is.recorded_at, was.recorded_at),
        now_is.effective_on
    from was join now_is on now_is.person_id = was.person_id
    cross join lateral (
        select jsonb_object_agg(before.key, before.value) as values
        from jsonb_each(to_jsonb(was) - array['person_id', 'known_since', 'recorded_at', 'effective_on']) before
        join jsonb_each(to_jsonb(now_is)) after using (key)
        where before.value is distinct from after.value) old_one
    where old_one.values is not null;
    return null;
end
$$;
create trigger keep_particulars after update on registry_particulars
    referencing old table as was new table as now_is
    for each statement execute function registry_keep_particulars();
revoke all on function registry_keep_particulars() from public;
"""

FACTS = """
-- As in 0004, with the particulars, and with time: what is replaced and still held on the day, or was still known at
-- the moment, is undone, the newest first. ``undone`` names the columns whose origin is no longer told.
create or replace function registry_facts(wanted uuid, on_day date, known_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    moment constant timestamptz := coalesce(known_at, 'infinity');
    undone jsonb;
    said jsonb;
begin
    if not registry_sees(wanted) then
        return null;
    end if;
    select coalesce(jsonb_object_agg(one.key, one.value order by one.replaced_at desc, one.id desc), '{}')
    into undone
    from (
        select h.id, h.replaced_at, v.key, v.value
        from registry_personhistory h, jsonb_each(h.state) v
        where h.person_id = wanted and (h.replaced_at > moment or h.valid_until > on_day)
        union all
        select h.id, h.replaced_at, v.key, v.value
        from registry_particularshistory h, jsonb_each(h.was) v
        where h.person_id = wanted and (h.replaced_at > moment or h.valid_until > on_day)) one;
    select coalesce((
            select to_jsonb(x) - array['person_id', 'recorded_at', 'effective_on', 'known_since']
            from registry_particulars x where x.person_id = wanted and x.known_since <= moment), '{}')
        || to_jsonb(p) - 'name_tokens' || undone || jsonb_build_object(
            'undone', array(select jsonb_object_keys(undone)),
            'known_from', (select min(h.recorded_at) from registry_personhistory h
                where h.person_id = wanted and known_at is not null),
            'own', p.id = any (registry_own_persons()),
            'admitted', 'person:' || p.id = any (scope_subjects()),
            'service', scope_all(),
            'book_number', home.book_number, 'household_kind', home.kind, 'relation', member.relation,
            'registered_address', registered.full_text, 'registered_division', registered.division,
            'registered_address_id', registered.id, 'registered_since', registered_at.since,
            'living_address', living.full_text, 'lived_in_division', living.division,
            'living_address_id', living.id, 'living_grid', living.grid, 'tenure', living_at.tenure,
            'living_since', living_at.since,
            'home_division', (select division from identity_unit
                where kind = 'government' and parent_id is null order by code limit 1),
            'provenance', (select jsonb_agg(jsonb_build_array(v.columns, v.as_of, s.title_zh, s.title_en))
                from registry_provenance v join registry_source s on s.id = v.source_id where v.person_id = p.id))
    into said
    from registry_person p
    left join registry_membership member on member.person_id = p.id
        and member.since <= on_day and member.recorded_at <= moment
        and (member.until is null or member.until > on_day or member.ended_at > moment)
    left join registry_household home on home.id = member.household_id
    left join registry_residence registered_at on registered_at.person_id = p.id
        and registered_at.kind = 'registered'
        and registered_at.since <= on_day and registered_at.recorded_at <= moment
        and (registered_at.until is null or registered_at.until > on_day or registered_at.ended_at > moment)
    left join registry_address registered on registered.id = registered_at.address_id
    left join registry_residence living_at on living_at.person_id = p.id and living_at.kind = 'living'
        and living_at.since <= on_day and living_at.recorded_at <= moment
        and (living_at.until is null or living_at.until > on_day or living_at.ended_at > moment)
    left join registry_address living on living.id = living_at.address_id
    where p.id = wanted
    order by member.since desc, registered_at.since desc, living_at.since desc
    limit 1;
    return said;
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_particulars")]

    operations = [
        *(
            row_security(f"registry_{table}", _rules.WITH_PERSON, _rules.WITH_PERSON_IN_AREAS)
            for table in TABLES
        ),
        RunAsOwner(RIGHTS + WITHOUT + KEEP + FACTS, reverse_sql=migrations.RunSQL.noop),
    ]
