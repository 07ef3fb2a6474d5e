"""Who sees what of a company, what was replaced, and what was so on a day.

The row itself, its history, corrections and provenance hold the representative's document and the contact: they are
seen as before by the company's own, its agents, by whom was admitted to it, and by the house. What the law on the
publicity of companies makes public anyway (name, code, kind, state, representative's name, address, shareholders,
decisions in their publicity term) is besides seen by staff whose areas hold the company's division, through
functions that leave the rest out; the tables of names, numbers, shareholders and decisions hold nothing else.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner, policies

STRICT = ("entityhistory", "entityprovenance", "entitycorrection")
OPEN = ("entityname", "entityidentifier", "shareholder", "entityrecord")

PROTECTED = "array['phone', 'representative_document', 'representative_person_id']"

SEES = """
-- May the present scope see what is public of this company?
create function registry_sees_entity(wanted text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return scope_all() or wanted = any (registry_own_entities())
        or 'entity:' || wanted = any (scope_subjects())
        or exists (select from registry_entity e where e.uscc = wanted and e.division ^@ any (scope_areas()));
end
$$;
revoke all on function registry_sees_entity(text) from public;
grant execute on function registry_sees_entity(text) to {app};
"""

# The row itself is seen as before; the inner look at it asks its policy.
WITH_ENTITY = "exists (select from registry_entity e where e.uscc = entity_id)"
SEEN = "(select scope_all()) or registry_sees_entity(entity_id)"
RECORD_SEEN = f"(select scope_all()) or {WITH_ENTITY} or (public and registry_sees_entity(entity_id))"

RIGHTS = (
    "\n".join(f"revoke delete, truncate on registry_{table} from {{app}};" for table in (*STRICT, *OPEN))
    + """
revoke insert, update on registry_entityhistory from {app};
revoke update on registry_entitycorrection, registry_shareholder, registry_entityrecord from {app};
grant update (until, ended_at) on registry_shareholder to {app};
grant update (struck_at, struck_because) on registry_entityrecord to {app};
"""
)

KNOWN = """
update registry_entity set organisation_code = substr(uscc, 9, 9) where length(uscc) = 18;
"""

KEEP = """
-- Only what changed is kept, with the day on which it ended; none where it was put right.
create function registry_keep_entity() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into registry_entityhistory (entity_id, was, recorded_at, replaced_at, valid_until)
    select was.uscc, old_one.values, was.recorded_at, greatest(now_is.recorded_at, was.recorded_at),
        now_is.effective_on
    from was join now_is on now_is.uscc = was.uscc
    cross join lateral (
        select jsonb_object_agg(before.key, before.value) as values
        from jsonb_each(
            to_jsonb(was) - array['uscc', 'source_id', 'as_of', 'recorded_at', 'effective_on']) before
        join jsonb_each(to_jsonb(now_is)) after using (key)
        where before.value is distinct from after.value) old_one
    where old_one.values is not null;

    insert into registry_entityname (entity_id, name, until)
    select was.uscc, was.name, now_is.effective_on
    from was join now_is on now_is.uscc = was.uscc
    where was.name <> now_is.name and now_is.effective_on is not null
    on conflict (entity_id, name) do update set until = excluded.until;
    return null;
end
$$;
create trigger keep_entity after update on registry_entity
    referencing old table as was new table as now_is
    for each statement execute function registry_keep_entity();
revoke all on function registry_keep_entity() from public;
"""

FACTS = f"""
-- As in 0007, with time, provenance and counts; whoever sees the company by its division only is told no contact.
drop function registry_entity_facts(text, date);
create function registry_entity_facts(wanted text, on_day date, known_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    own constant boolean := wanted = any (registry_own_entities());
    admitted constant boolean := 'entity:' || wanted = any (scope_subjects());
    closely constant boolean := own or admitted or scope_all();
    moment constant timestamptz := coalesce(known_at, 'infinity');
    undone jsonb;
begin
    if not (closely or registry_sees_entity(wanted)) then
        return null;
    end if;
    select coalesce(jsonb_object_agg(v.key, v.value order by h.replaced_at desc, h.id desc), '{{}}')
    into undone
    from registry_entityhistory h, jsonb_each(h.was) v
    where h.entity_id = wanted and (h.replaced_at > moment or h.valid_until > on_day);
    return (
        select (to_jsonb(e) || undone) - case when closely then '{{}}' else {PROTECTED} end || jsonb_build_object(
            'own', own, 'admitted', admitted, 'service', scope_all(),
            'undone', array(select jsonb_object_keys(undone)),
            'known_from', coalesce((select min(h.recorded_at) from registry_entityhistory h
                where h.entity_id = wanted), e.recorded_at),
            'standard_address', a.full_text,
            'source_zh', s.title_zh, 'source_en', s.title_en,
            'former_name', (select n.name from registry_entityname n where n.entity_id = wanted
                and n.name <> e.name order by n.until desc nulls last limit 1),
            'provenance', (select jsonb_agg(jsonb_build_array(v.columns, v.as_of, vs.title_zh, vs.title_en))
                from registry_entityprovenance v join registry_source vs on vs.id = v.source_id
                where v.entity_id = wanted),
            'shareholders', (select count(*) from registry_shareholder h where h.entity_id = wanted
                and coalesce(h.since, '-infinity') <= on_day and (h.until is null or h.until > on_day)),
            'branches', (select count(*) from registry_entity b where b.parent = wanted
                and (b.until is null or b.until > on_day)),
            'records', (select coalesce(jsonb_agg(to_jsonb(r) order by r.decided_on, r.id), '[]')
                from registry_entityrecord r where r.entity_id = wanted and r.public and r.decided_on <= on_day
                and r.recorded_at <= moment and (r.struck_at is null or r.struck_at > moment)
                and (r.public_until is null or r.public_until >= on_day)),
            'licences', (select coalesce(jsonb_object_agg(l.kind, to_jsonb(l)), '{{}}') from registry_licence l
                where l.subject = 'entity:' || wanted and l.state = 'in_force'
                  and l.valid_from <= on_day and (l.valid_to is null or l.valid_to >= on_day)))
        from registry_entity e join registry_source s on s.id = e.source_id
        left join registry_premises at on at.entity_id = e.uscc
        left join registry_address a on a.id = at.address_id and at.told = coalesce(undone ->> 'address', e.address)
        where e.uscc = wanted);
end
$$;
revoke all on function registry_entity_facts(text, date, timestamptz) from public;
grant execute on function registry_entity_facts(text, date, timestamptz) to {{app}};
"""

PAST = f"""
-- What was replaced, the latest first, without the contact for whoever sees the company by its division only.
create function registry_entity_past(wanted text)
returns table (was jsonb, valid_until date, replaced_at timestamptz)
language plpgsql stable rows 10 security definer set search_path = public, pg_temp as $$
declare
    closely constant boolean := scope_all() or wanted = any (registry_own_entities())
        or 'entity:' || wanted = any (scope_subjects());
begin
    if not (closely or registry_sees_entity(wanted)) then
        return;
    end if;
    return query
        select told.was, h.valid_until, h.replaced_at
        from registry_entityhistory h
        cross join lateral (
            select h.was - case when closely then '{{}}' else {PROTECTED} end as was) told
        where h.entity_id = wanted and told.was <> '{{}}'
        order by h.replaced_at desc, h.id desc limit 100;
end
$$;
revoke all on function registry_entity_past(text) from public;
grant execute on function registry_entity_past(text) to {{app}};
"""

LIST = """
-- Companies of one's areas by the beginning of a code or a part of a name; the bounds are for the index of divisions.
create function registry_companies(wanted text, most integer)
returns table (uscc text, name text, representative text, address text, kind text, state text, until date)
language plpgsql stable rows 20 security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    everywhere constant boolean := scope_all();
    areas constant text[] := scope_areas();
    first_area constant text := registry_first_area();
    end_of_areas constant text := registry_end_of_areas();
begin
    if cardinality(scope_units()) = 0 and not everywhere then
        return;
    end if;
    return query
        select e.uscc::text, e.name::text, e.representative::text, e.address::text, e.kind::text, e.state::text, e.until
        from registry_entity e
        where e.division >= first_area and e.division < end_of_areas
          and (everywhere or e.division ^@ any (areas))
          and (wanted = '' or e.uscc ^@ wanted or e.organisation_code = wanted or strpos(e.name, wanted) > 0)
        order by e.until is not null, e.name, e.uscc
        limit least(most, 100);
end
$$;
revoke all on function registry_companies(text, integer) from public;
grant execute on function registry_companies(text, integer) to {app};

-- The branches of a company that the scope sees, those in operation first.
create function registry_branches_of(wanted text)
returns table (uscc text, name text, address text, until date)
language plpgsql stable rows 10 security definer set search_path = public, pg_temp as $$
begin
    if not registry_sees_entity(wanted) then
        return;
    end if;
    return query
        select e.uscc::text, e.name::text, e.address::text, e.until from registry_entity e
        where e.parent = wanted and wanted <> '' order by e.until is not null, e.name, e.uscc limit 200;
end
$$;
revoke all on function registry_branches_of(text) from public;
grant execute on function registry_branches_of(text) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0018_companies_to_scale")]

    operations = [
        RunAsOwner(SEES, reverse_sql=migrations.RunSQL.noop),
        *(
            policies(
                f"registry_{table}",
                seen=WITH_ENTITY,
                entered="(select scope_all())",
                changed="(select scope_all())",
            )
            for table in STRICT
        ),
        *(
            policies(
                f"registry_{table}",
                seen=RECORD_SEEN if table == "entityrecord" else SEEN,
                entered="(select scope_all())",
                changed="(select scope_all())",
            )
            for table in OPEN
        ),
        RunAsOwner(RIGHTS + KNOWN + KEEP + FACTS + PAST + LIST, reverse_sql=migrations.RunSQL.noop),
    ]
