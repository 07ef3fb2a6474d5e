"""Many persons at once: tables of one's own session to copy into, and the function that enters them.

COPY cannot write into tables under row-level security, and a policy asked for each of nine rows a person costs more
than the rows. So the owner opens the tables of the session, the application copies into them and cannot change what
they are, and one reviewed function asks the scope once for all of them.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

_TEXT, _DAY, _COUNT = "text", "date", "smallint"
PARTICULARS = {
    "native_place": _TEXT, "birthplace": _TEXT, "photo": _TEXT, "police_station": _TEXT, "moved_in_because": _TEXT,
    "moved_in_from": _TEXT, "cancelled_on": _DAY, "marital_status": _TEXT, "spouse_number": _TEXT,
    "spouse_name": _TEXT, "married_on": _DAY, "marriage_certificate": _TEXT, "marriage_authority": _TEXT,
    "birth_certificate": _TEXT, "children": _COUNT, "last_birth_on": _DAY, "birth_registration": _TEXT,
    "birth_registered_on": _DAY, "only_child_certificate": _TEXT, "only_child_certified_on": _DAY, "education": _TEXT,
    "degree": _TEXT, "school": _TEXT, "major": _TEXT, "graduated_on": _DAY, "employment_status": _TEXT,
    "occupation": _TEXT, "employer": _TEXT, "employer_uscc": _TEXT, "position": _TEXT, "employed_since": _DAY,
    "unemployment_certificate": _TEXT, "skill_grade": _TEXT, "insurance_number": _TEXT, "pension_scheme": _TEXT,
    "pension_state": _TEXT, "pension_months": _COUNT, "medical_scheme": _TEXT, "medical_state": _TEXT,
    "unemployment_state": _TEXT, "injury_state": _TEXT, "assistance_kind": _TEXT, "assistance_certificate": _TEXT,
    "assistance_since": _DAY, "assistance_until": _DAY, "assistance_amount": "numeric(10, 2)",
    "hardship_reason": _TEXT, "temporary_aid_on": _DAY, "health_status": _TEXT, "blood_group": _TEXT,
    "disability_certificate": _TEXT, "disability_kind": _TEXT, "disability_grade": _TEXT, "family_doctor": _TEXT,
    "political_status": _TEXT, "joined_party_on": _DAY, "military_service": _TEXT, "veteran_certificate": _TEXT,
    "inflow_reason": _TEXT, "residence_permit": _TEXT, "residence_permit_until": _DAY,
    "floating_registered_on": _DAY,
}  # fmt: skip
"""The columns of ``registry_particulars`` numbered 12 to 73 in the catalogue."""

_READY = {
    "line": "bigint", "record": _TEXT, "as_of": _DAY, "columns": "smallint[]",
    "name": _TEXT, "former_name": _TEXT, "sex": _TEXT, "born_on": _DAY, "ethnic_group": _TEXT, "id_type": _TEXT,
    "phone": _TEXT, "died_on": _DAY, "book_number": _TEXT, "household_kind": _TEXT, "relation": _TEXT,
    "registered_division": _TEXT, "registered_text": _TEXT, "registered_since": _DAY,
    "living_division": _TEXT, "living_text": _TEXT, "living_since": _DAY, "tenure": _TEXT, "since": _DAY,
    **PARTICULARS,
}  # fmt: skip
_STAGING = {
    "registry_ready": _READY,
    "registry_derived": {
        "line": "bigint", "name_sort": _TEXT, "tokens": "text[]", "id_number": _TEXT, "id_ok": "boolean",
        "documents": "jsonb",
    },
    "registry_places": dict.fromkeys(
        ("division", "full_text", "road", "door_plate", "building", "unit", "floor", "room"), _TEXT
    ),
    "registry_ties": {"record": _TEXT, "other": _TEXT, "kind": _TEXT, "since": _DAY},
    "registry_happened": {"record": _TEXT, "kind": _TEXT, "on_day": _DAY, "other": _TEXT, "detail": "jsonb"},
    "registry_chosen": {"line": "bigint", "record": _TEXT, "person": "uuid", "fresh": "boolean"},
}  # fmt: skip


def _made(name: str, columns: dict[str, str]) -> str:
    listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    return f"""
    create temporary table {name} ({listed}) on commit delete rows;
    grant select, insert, delete on {name} to {{app}};"""


OPEN = f"""
-- The staging tables of this session, owned by the owner: the application may fill them and not make them anything else.
create function registry_open_staging() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if to_regclass('pg_temp.registry_ready') is not null then
        perform registry_staging_is_ours();
        delete from pg_temp.registry_ready; delete from pg_temp.registry_derived;
        delete from pg_temp.registry_places; delete from pg_temp.registry_chosen;
        delete from pg_temp.registry_ties; delete from pg_temp.registry_happened;
        return;
    end if;
    {"".join(_made(name, columns) for name, columns in _STAGING.items())}
end
$$;

-- A table or view of the same name that somebody else made in this session could run its code with our rights.
create function registry_staging_is_ours() returns void
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if (select count(*) from pg_class
        where relnamespace = pg_my_temp_schema() and relkind = 'r' and relowner = (select oid from pg_roles where rolname = current_user)
          and relname in ('registry_ready', 'registry_derived', 'registry_places', 'registry_ties', 'registry_happened',
              'registry_chosen')) <> 6 then
        raise exception 'the staging tables are not the register''s own' using errcode = 'insufficient_privilege';
    end if;
end
$$;
"""

_NAMES = ", ".join(PARTICULARS)


def _merged(name: str, kind: str) -> str:
    """What the file says; what it leaves out stays."""
    if kind == _TEXT:
        return f"case when excluded.{name} = '' then had.{name} else excluded.{name} end"
    return f"coalesce(excluded.{name}, had.{name})"


_SET = ",\n            ".join(f"{name} = {_merged(name, kind)}" for name, kind in PARTICULARS.items())
_CHANGES = "\n            or ".join(
    f"excluded.{name} not in ('', had.{name})" if kind == _TEXT
    else f"(excluded.{name} is not null and excluded.{name} is distinct from had.{name})"
    for name, kind in PARTICULARS.items()
)  # fmt: skip

IN_AREAS = """
-- May the present scope write of this person? Whom one only sees, as oneself or admitted, one does not change.
create function registry_in_areas(wanted uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from registry_person p where p.id = wanted and (scope_all()
        or p.register_division ^@ any (scope_areas()) or p.living_division ^@ any (scope_areas())));
$$;
revoke all on function registry_in_areas(uuid) from public;
"""

APPLY = f"""
-- Enters what was copied. A record is known by its source and key; with ``matching`` also by number and name, where
-- exactly one person bears both. What is known is left alone, or with ``updating`` brought up to date from its day on.
create function registry_apply(the_source smallint, moment timestamptz, updating boolean, matching boolean)
returns table (record text, person uuid, fresh boolean)
language plpgsql volatile rows 10000 security definer set search_path = public, pg_temp as $$
declare
    areas constant text[] := scope_areas();
begin
    perform registry_staging_is_ours();
    if not scope_all() and exists (
            select from pg_temp.registry_ready r
            where not (r.registered_division ^@ any (areas) or r.living_division ^@ any (areas))) then
        raise exception 'new row violates row-level security policy of the register'
            using errcode = 'insufficient_privilege';
    end if;
    -- Only what joins look at: to analyze eighty columns would take longer than to enter them.
    analyze pg_temp.registry_ready (line, record, book_number), pg_temp.registry_derived (line);

    execute $q$
        insert into pg_temp.registry_chosen (line, record, person, fresh)
        select distinct on (r.record) r.line, r.record, coalesce(v.person_id, m.person, uuidv7()),
            v.person_id is null and m.person is null
        from pg_temp.registry_ready r
        join pg_temp.registry_derived d using (line)
        left join registry_provenance v on v.source_id = $1 and v.source_record = r.record
        left join lateral (
            select min(i.person_id::text)::uuid as person from registry_identifier i
            where $2 and v.person_id is null and d.id_number <> '' and i.until is null
              and i.document = r.id_type || ':' || d.id_number and i.name_key = registry_name_key(r.name)
            having count(distinct i.person_id) = 1) m on true
        order by r.record, r.line $q$ using the_source, matching;
    analyze pg_temp.registry_chosen (line, record, person);
    if updating and not scope_all() and exists (
            select from pg_temp.registry_chosen c where not c.fresh and not registry_in_areas(c.person)) then
        raise exception 'a record speaks of somebody outside of row-level security' using errcode = 'insufficient_privilege';
    end if;

    execute $q$
        insert into registry_address (division, full_text, road, door_plate, building, unit, floor, room)
        select division, full_text, road, door_plate, building, unit, floor, room
        from pg_temp.registry_places on conflict (division, full_text) do nothing $q$;

    execute $q$
        insert into registry_person (id, name, name_sort, name_tokens, former_name, sex, born_on, ethnic_group, id_type,
            id_number, id_ok, phone, died_on, register_division, living_division, since, recorded_at)
        select c.person, r.name, d.name_sort, array_to_tsvector(d.tokens), r.former_name, r.sex, r.born_on,
            r.ethnic_group, r.id_type, d.id_number, d.id_ok, r.phone, r.died_on, r.registered_division,
            r.living_division, r.since, $1
        from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line)
        join pg_temp.registry_derived d using (line) where c.fresh $q$ using moment;

    if updating then
        execute $q$
            update registry_person p set
                name = r.name, name_sort = d.name_sort, name_tokens = array_to_tsvector(d.tokens),
                former_name = coalesce(nullif(r.former_name, ''), p.former_name),
                sex = coalesce(nullif(r.sex, '0'), p.sex), born_on = coalesce(r.born_on, p.born_on),
                ethnic_group = coalesce(nullif(r.ethnic_group, ''), p.ethnic_group),
                id_number = coalesce(nullif(d.id_number, ''), p.id_number),
                id_ok = case when d.id_number = '' then p.id_ok else d.id_ok end,
                phone = coalesce(nullif(r.phone, ''), p.phone), died_on = coalesce(r.died_on, p.died_on),
                register_division = coalesce(nullif(r.registered_division, ''), p.register_division),
                living_division = coalesce(nullif(r.living_division, ''), p.living_division),
                effective_on = r.as_of, recorded_at = $1
            from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line)
            join pg_temp.registry_derived d using (line)
            where p.id = c.person and not c.fresh and (r.name <> p.name
                or r.former_name not in ('', p.former_name) or r.sex not in ('0', p.sex)
                or r.born_on is distinct from coalesce(p.born_on, r.born_on) or r.born_on <> p.born_on
                or r.ethnic_group not in ('', p.ethnic_group) or d.id_number not in ('', p.id_number)
                or r.phone not in ('', p.phone) or (r.died_on is not null and r.died_on is distinct from p.died_on)
                or r.registered_division not in ('', p.register_division)
                or r.living_division not in ('', p.living_division)) $q$ using moment;
    end if;

    execute $q$
        insert into registry_particulars as had (person_id, known_since, recorded_at, effective_on, {_NAMES})
        select c.person, $1, $1, r.as_of, {", ".join(f"r.{name}" for name in PARTICULARS)}
        from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line)
        where (c.fresh or $2) and exists (select from unnest(r.columns) number where number >= 12)
        on conflict (person_id) do update set
            recorded_at = excluded.recorded_at, effective_on = excluded.effective_on,
            {_SET}
        where {_CHANGES} $q$ using moment, updating;

    execute $q$
        insert into registry_identifier (person_id, type, value, name_key, ok, alias)
        select c.person, one.type, one.value, registry_name_key(r.name), one.ok, one.alias
        from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line)
        join pg_temp.registry_derived d using (line),
            jsonb_to_recordset(d.documents) one(type text, value text, ok boolean, alias boolean)
        where c.fresh or $1
        on conflict (person_id, type, value) do nothing $q$ using updating;

    execute $q$
        insert into registry_household (book_number, kind, address_id, division)
        select distinct on (r.book_number) r.book_number, r.household_kind, place.id, r.registered_division
        from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line)
        left join registry_address place
            on place.division = r.registered_division and place.full_text = r.registered_text
        where r.book_number <> '' and (c.fresh or $1) order by r.book_number, r.relation <> '02'
        on conflict (book_number) do nothing $q$ using updating;

    if updating then
        execute $q$
            update registry_membership had set until = r.as_of, ended_at = $1
            from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line)
            join registry_household home using (book_number)
            where had.person_id = c.person and not c.fresh and had.until is null and had.since < r.as_of
              and (had.household_id, had.relation) is distinct from (home.id, r.relation::varchar) $q$ using moment;
        execute $q$
            update registry_residence had set until = r.as_of, ended_at = $1
            from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line), registry_address place
            where had.person_id = c.person and not c.fresh and had.until is null and had.since < r.as_of
              and place.division = case had.kind when 'living' then r.living_division else r.registered_division end
              and place.full_text = case had.kind when 'living' then r.living_text else r.registered_text end
              and had.address_id <> place.id $q$ using moment;
    end if;

    execute $q$
        insert into registry_membership (person_id, household_id, relation, since, recorded_at)
        select c.person, home.id, r.relation, case when c.fresh then r.registered_since else r.as_of end, $1
        from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line)
        join registry_household home using (book_number)
        where c.fresh or ($2 and not exists (
            select from registry_membership had where had.person_id = c.person and had.until is null)) $q$
        using moment, updating;
    execute $q$
        insert into registry_residence (person_id, address_id, kind, tenure, since, recorded_at)
        select c.person, place.id, one.kind, one.tenure, case when c.fresh then one.since else r.as_of end, $1
        from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line)
        cross join lateral (values
            ('registered', r.registered_division, r.registered_text, r.registered_since, ''),
            ('living', r.living_division, r.living_text, r.living_since, r.tenure)
        ) one(kind, division, full_text, since, tenure)
        join registry_address place on place.division = one.division and place.full_text = one.full_text
        where c.fresh or ($2 and not exists (
            select from registry_residence had
            where had.person_id = c.person and had.kind = one.kind and had.until is null)) $q$
        using moment, updating;

    if updating then
        execute $q$
            update registry_provenance v set columns = registry_without(v.columns, r.columns)
            from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line)
            where v.person_id = c.person and not c.fresh and v.columns && r.columns
              and (v.source_id, v.source_record) is distinct from ($1, r.record::varchar) $q$ using the_source;
    end if;
    execute $q$
        insert into registry_provenance as had (person_id, source_id, source_record, as_of, columns)
        select c.person, $1, r.record, r.as_of, r.columns
        from pg_temp.registry_chosen c join pg_temp.registry_ready r using (line) where c.fresh or $2
        on conflict (source_id, source_record) do update
            set as_of = greatest(had.as_of, excluded.as_of),
                columns = registry_without(had.columns, excluded.columns) || excluded.columns
            where (had.as_of, had.columns) is distinct from (excluded.as_of, excluded.columns) $q$
        using the_source, updating;

    execute $q$
        insert into registry_relation (person_id, other_id, kind, since, source_id, recorded_at)
        select one.person, two.person, tie.kind, tie.since, $1, $2
        from pg_temp.registry_ties tie
        join pg_temp.registry_chosen one on one.record = tie.record
        join pg_temp.registry_chosen two on two.record = tie.other
        where one.fresh
        on conflict (person_id, other_id, kind) where until is null do nothing $q$ using the_source, moment;
    execute $q$
        insert into registry_lifeevent (person_id, kind, "on", other_id, detail, source_id, source_record, recorded_at,
            struck_because)
        select one.person, happened.kind, happened.on_day, two.person, coalesce(happened.detail, '{{}}'), $1,
            happened.record || ':' || happened.kind || ':' || happened.on_day, $2, ''
        from pg_temp.registry_happened happened
        join pg_temp.registry_chosen one on one.record = happened.record
        left join pg_temp.registry_chosen two on two.record = happened.other
        where one.fresh or $3
        on conflict (source_id, source_record, person_id) do nothing $q$ using the_source, moment, updating;

    return query select c.record, c.person, c.fresh from pg_temp.registry_chosen c;
end
$$;
revoke all on function registry_open_staging(), registry_staging_is_ours(),
    registry_apply(smallint, timestamptz, boolean, boolean) from public;
grant execute on function registry_open_staging(), registry_apply(smallint, timestamptz, boolean, boolean) to {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_relatives")]

    operations = [RunAsOwner(OPEN + IN_AREAS + APPLY, reverse_sql=migrations.RunSQL.noop)]
