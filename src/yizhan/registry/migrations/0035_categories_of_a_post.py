"""What a post sees of a person's file follows from the categories that its roles name; what it does not see is not opened."""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner, again

_looking = import_module("yizhan.registry.migrations.0020_acts_of_looking")

SHOWN = """
-- The categories of a person's file that the roles in scope show together; null for all. A role that names none shows
-- all, an administrator's none. Residents and the house are not limited here.
create function registry_shown() returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
    held text[];
begin
    if told is null or told ->> 'kind' is distinct from 'staff' or scope_all() then
        return null;
    end if;
    held := scope_roles();
    if exists (select from identity_role r where r.code = any (held) and r.reads_records and r.categories = '{}') then
        return null;
    end if;
    return array(
        select distinct one from identity_role r, unnest(r.categories) one
        where r.code = any (held) and r.reads_records order by one);
end
$$;
revoke all on function registry_shown() from public;
grant execute on function registry_shown() to {app};
"""
SIGHT = again(
    _looking.MARKS,
    "registry_sight",
    "        'marks', registry_marks(wanted));",
    """        'shows', case
            when wanted = any (registry_own_persons())
                or for_case and (scope_all() or coalesce(told -> 'subjects' ? ('person:' || wanted), false))
            then null
            else to_jsonb(registry_shown()) end,
        'marks', registry_marks(wanted));""",
)
UNMASK = again(
    _looking.ACTS,
    "registry_unmask",
    "or '*' = any (categories) then",
    "or '*' = any (categories)\n        or not categories <@ coalesce(registry_shown(), categories)\n    then",
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0034_laws"), ("identity", "0012_roles_see_categories")]

    operations = [RunAsOwner(SHOWN + SIGHT + UNMASK, reverse_sql=migrations.RunSQL.noop)]
