"""What a file did is kept with it, and can be undone as long as nobody has changed the same persons since."""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner, changed, policies

_rules = import_module("yizhan.registry.migrations.0002_row_security")
_many = import_module("yizhan.registry.migrations.0012_many_at_once")


# As in 0012, and it remembers whom a file speaks of and who vouched for them before. Who comes with a file that names
# no home to live in lives where she is registered; who was known stays where she is.
_PLACES = """
    execute $q$
        insert into registry_address (division"""
APPLY = "drop function registry_apply(smallint, timestamptz, boolean, boolean);" + changed(
    _many.APPLY[: _many.APPLY.index("revoke all on function")],
    (
        "updating boolean, matching boolean)",
        "updating boolean, matching boolean, the_import bigint)",
    ),
    (
        _PLACES,
        """
    if the_import is not null then
        execute $q$
            insert into registry_imported (file_id, person_id, record, fresh, provenance)
            select $1, c.person, c.record, c.fresh, case when not c.fresh then (
                select jsonb_agg(jsonb_build_array(v.id, v.columns, v.as_of))
                from registry_provenance v where v.person_id = c.person) end
            from pg_temp.registry_chosen c $q$ using the_import;
    end if;
"""
        + _PLACES,
    ),
    (
        "r.ethnic_group, r.id_type, d.id_number, d.id_ok, r.phone, r.died_on, r.registered_division,\n"
        "            r.living_division, r.since, $1",
        "r.ethnic_group, r.id_type, d.id_number, d.id_ok, r.phone, r.died_on, r.registered_division,\n"
        "            case when $2 and r.living_text is null then r.registered_division else r.living_division end,\n"
        "            r.since, $1",
    ),
    ("where c.fresh $q$ using moment;", "where c.fresh $q$ using moment, the_import is not null;"),
    (
        "('living', r.living_division, r.living_text, r.living_since, r.tenure)",
        "('living',\n"
        "                case when $3 and c.fresh and r.living_text is null then r.registered_division\n"
        "                    else r.living_division end,\n"
        "                case when $3 and c.fresh then coalesce(r.living_text, r.registered_text) else r.living_text end,\n"
        "                r.living_since, r.tenure)",
    ),
    (
        "where had.person_id = c.person and had.kind = one.kind and had.until is null)) $q$\n        using moment, updating;",
        "where had.person_id = c.person and had.kind = one.kind and had.until is null)) $q$\n"
        "        using moment, updating, the_import is not null;",
    ),
) + """
revoke all on function registry_apply(smallint, timestamptz, boolean, boolean, bigint) from public;
grant execute on function registry_apply(smallint, timestamptz, boolean, boolean, bigint) to {app};
"""  # fmt: skip

_PERSON = (
    "name", "name_sort", "former_name", "sex", "born_on", "ethnic_group", "id_type", "id_number", "id_ok", "phone",
    "died_on", "register_division", "living_division",
)  # fmt: skip


def _restored(columns: object) -> str:
    return ", ".join(f"{name} = earlier.{name}" for name in columns)  # type: ignore[attr-defined]


def _emptied() -> str:
    """Who had no row of particulars before has one that says nothing."""
    return ", ".join(
        f"{name} = {chr(39) * 2 if kind == 'text' else 'null'}" for name, kind in _many.PARTICULARS.items()
    )


def checked(whom: str, since: str, outside: str) -> str:
    """What undoing a file asks first, alike for all registers: that it is there, in one's areas, and nothing changed.

    Args:
        whom: of whom the file speaks.
        since: the function that counts what changed.
        outside: what of the file lies outside of one's areas, as a FROM.
    """
    return f"""    if written is null then
        raise exception 'no such file, or undone already' using errcode = 'no_data_found';
    end if;
    if not scope_all() and exists (
            select from {outside}) then
        raise exception 'the file speaks of {whom} outside of row-level security' using errcode = 'insufficient_privilege';
    end if;
    if {since}(the_import) > 0 then
        raise exception 'changed since' using errcode = 'object_not_in_prerequisite_state';
    end if;
"""


_OUTSIDE = "registry_imported one where one.file_id = the_import and not registry_in_areas(one.person_id)"
UNDO = f"""
-- How many of the persons of a file have changed since, by whatever way.
create function registry_changed_since(the_import bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select count(*) from registry_import file
    join registry_imported one on one.file_id = file.id
    join registry_person p on p.id = one.person_id
    where file.id = the_import and (
        p.recorded_at > file.at
        or exists (select from registry_particulars x where x.person_id = p.id and x.recorded_at > file.at)
        or exists (select from registry_residence r where r.person_id = p.id
            and greatest(r.recorded_at, r.ended_at) > file.at)
        or exists (select from registry_membership m where m.person_id = p.id
            and greatest(m.recorded_at, m.ended_at) > file.at));
$$;

-- Undoes a file: who came with it leaves the register from today, and what it changed is put right as if it had never
-- been so. The persons whose names have to be sorted and found anew are returned.
create function registry_undo_import(the_import bigint, moment timestamptz, today date) returns setof uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    written constant timestamptz := (select at from registry_import where id = the_import and undone_at is null);
begin
{checked("persons", "registry_changed_since", _OUTSIDE)}
    return query
        with restored as (
            update registry_person p set {_restored(_PERSON)}, effective_on = null, recorded_at = moment
            from registry_imported one
            join registry_personhistory h on h.person_id = one.person_id and h.replaced_at = written
            join registry_person now_is on now_is.id = one.person_id
            cross join lateral jsonb_populate_record(
                null::registry_person, to_jsonb(now_is) - 'name_tokens' || h.state) earlier
            where one.file_id = the_import and not one.fresh and p.id = one.person_id
            returning p.id, h.state ? 'name' as renamed)
        select id from restored where renamed;
    update registry_particulars x set {_restored(_many.PARTICULARS)}, effective_on = null, recorded_at = moment
    from registry_imported one
    join registry_particularshistory h on h.person_id = one.person_id and h.replaced_at = written
    join registry_particulars now_is on now_is.person_id = one.person_id
    cross join lateral jsonb_populate_record(null::registry_particulars, to_jsonb(now_is) || h.was) earlier
    where one.file_id = the_import and not one.fresh and x.person_id = one.person_id;

    update registry_particulars x set {_emptied()}, effective_on = null, recorded_at = moment
    from registry_imported one
    where one.file_id = the_import and not one.fresh and x.person_id = one.person_id and x.known_since = written;

    update registry_residence r set until = since, ended_at = moment from registry_imported one
    where one.file_id = the_import and r.person_id = one.person_id and r.recorded_at = written and r.until is null;
    update registry_residence r set until = null, ended_at = null from registry_imported one
    where one.file_id = the_import and not one.fresh and r.person_id = one.person_id and r.ended_at = written;
    update registry_membership m set until = since, ended_at = moment from registry_imported one
    where one.file_id = the_import and m.person_id = one.person_id and m.recorded_at = written and m.until is null;
    update registry_membership m set until = null, ended_at = null from registry_imported one
    where one.file_id = the_import and not one.fresh and m.person_id = one.person_id and m.ended_at = written;

    update registry_person p set until = today, effective_on = null, recorded_at = moment
    from registry_imported one where one.file_id = the_import and one.fresh and p.id = one.person_id;
    update registry_identifier i set until = today
    from registry_imported one where one.file_id = the_import and one.fresh and i.person_id = one.person_id;

    update registry_provenance v set columns = '{{}}', source_record = left(v.source_record, 60) || '~' || the_import
    from registry_imported one
    where one.file_id = the_import and v.person_id = one.person_id
      and v.source_id = (select source_id from registry_import where id = the_import) and v.source_record = one.record
      and (one.fresh or not exists (
        select from jsonb_array_elements(one.provenance) had where (had ->> 0)::bigint = v.id));
    update registry_provenance v
    set columns = array(select jsonb_array_elements_text(had -> 1)::smallint), as_of = (had ->> 2)::date
    from registry_imported one cross join lateral jsonb_array_elements(one.provenance) had
    where one.file_id = the_import and not one.fresh and v.id = (had ->> 0)::bigint;
end
$$;
revoke all on function registry_changed_since(bigint), registry_undo_import(bigint, timestamptz, date) from public;
grant execute on function registry_changed_since(bigint), registry_undo_import(bigint, timestamptz, date) to {{app}};
"""

RIGHTS = """
revoke update, delete, truncate on registry_import, registry_imported from {app};
revoke insert on registry_imported from {app};
grant update (fresh, changed, undone_at, undone_by, undone_because) on registry_import to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0013_imports")]

    operations = [
        RunAsOwner(APPLY + UNDO + RIGHTS, reverse_sql=migrations.RunSQL.noop),
        policies("registry_imported", seen=_rules.WITH_PERSON, entered="false"),
    ]
