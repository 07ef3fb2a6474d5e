"""The relatives of somebody one may see; of those one may not see, the surname."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

RELATIVES = """
create function registry_relatives_of(wanted uuid)
returns table (kind text, person uuid, name text, since date)
language plpgsql stable rows 5 security definer set search_path = public, pg_temp as $$
begin
    if not registry_sees(wanted) then
        return;
    end if;
    return query
        select tie.kind::text, case when seen then p.id end,
            case when seen then p.name else left(p.name, 1) || repeat('＊', greatest(length(p.name) - 1, 1)) end::text,
            tie.since
        from registry_relation tie
        join registry_person p on p.id = tie.other_id
        cross join lateral (select registry_sees(p.id) as seen) sight
        where tie.person_id = wanted and tie.until is null
        order by array_position(array['spouse', 'child', 'parent', 'guardian', 'ward'], tie.kind), p.born_on, p.id;
end
$$;
revoke all on function registry_relatives_of(uuid) from public;
grant execute on function registry_relatives_of(uuid) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_states_through_time")]

    operations = [RunAsOwner(RELATIVES, reverse_sql=migrations.RunSQL.noop)]
