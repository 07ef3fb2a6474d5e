"""A state that is replaced is kept, whoever replaces it and by whatever statement."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

NAME_KEY = r"""
-- The form in which names are compared: width, case, blanks, the dot of transcribed names and selectors of
-- a character's shape do not matter.
create function registry_name_key(name text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select upper(regexp_replace(normalize(name, nfkc), '[[:space:]·•・‧.\uFE00-\uFE0F\U000E0100-\U000E01EF]', '', 'g'))
$$;
"""

KEEP = """
-- Statement by statement: half the cost of a trigger for each row.
create function registry_keep_history() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into registry_personhistory (person_id, state, recorded_at, replaced_at)
    select was.id, to_jsonb(was) - 'name_tokens', was.recorded_at, greatest(now_is.recorded_at, was.recorded_at)
    from was join now_is on now_is.id = was.id
    where to_jsonb(was) - 'recorded_at' is distinct from to_jsonb(now_is) - 'recorded_at';

    update registry_identifier known set name_key = registry_name_key(now_is.name)
    from was join now_is on now_is.id = was.id
    where known.person_id = was.id and was.name is distinct from now_is.name;
    return null;
end
$$;
create trigger keep_history after update on registry_person
    referencing old table as was new table as now_is
    for each statement execute function registry_keep_history();
revoke all on function registry_keep_history() from public;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_row_security")]

    operations = [RunAsOwner(NAME_KEY + KEEP, reverse_sql=migrations.RunSQL.noop)]
