"""Each reach is looked up by itself: the first role that gives it answers, and a reach that no role gives costs nothing.

Written as ``exists`` it was read as a join, which gathers all roles of the post: 580 of them with every request.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

REACHES = """
create or replace function identity_reaches(who bigint, today date, appointment bigint, delegation bigint)
returns table (reach text, unit text, unit_path text, area text)
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
    post constant bigint := case
        when delegation is null then (
            select a.post_id from identity_appointment a
            where a.id = appointment and a.account_id = who
              and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today))
        else (
            select a.post_id
            from identity_delegation d
            join identity_appointment a on a.id = d.giver_id
            join identity_account giver on giver.id = a.account_id and giver.is_active
            where d.id = delegation and d.receiver_id = who
              and d.ended_at is null and today between d.since and d.until
              and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today))
        end;
    carried constant text[] := coalesce(
        (select d.roles::text[] from identity_delegation d where d.id = delegation), '{}');
begin
    return query
    select kind.reach, unit.code::text, unit.path::text, identity_area(unit.division)
    from unnest(array['own_unit', 'unit_subtree', 'area', 'all']) kind (reach)
    join identity_post held on held.id = post
    join identity_unit unit on unit.code = held.unit_id
    where (
        select true from identity_rolegrant given
        join identity_role role on role.code = given.role_id
        where given.post_id = post and given.reach = kind.reach and given.ended_at is null
          and given.since <= today and (given.until is null or given.until >= today)
          and role.withdrawn_on is null and role.reads_records
          and (delegation is null
               or not role.separated and (carried = '{}' or role.code = any (carried)))
        limit 1);
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0008_codes_of_the_house")]

    operations = [RunAsOwner(REACHES, reverse_sql=migrations.RunSQL.noop)]
