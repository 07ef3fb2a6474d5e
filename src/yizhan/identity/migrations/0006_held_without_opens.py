"""What one may act as no longer tells which reaches open records: ``identity_reaches`` does, for one post at a time."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# What a function returns cannot be changed while it is there.
HELD = """
drop function identity_held(bigint, date);

create function identity_held(who bigint, today date)
returns table (
    appointment_id bigint, delegation_id bigint, giver_id bigint, giver_name text, is_main boolean,
    post_id bigint, post_title text, post_title_en text,
    unit text, unit_name text, unit_path text, area text,
    roles text[], reaches text[])
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    return query
    with acting as (
        select a.id as appointment_id, null::bigint as delegation_id, null::bigint as giver_id,
               '' as giver_name, a.kind = 'main' as is_main, a.post_id, '{}'::text[] as only_roles
        from identity_appointment a
        where a.account_id = who
          and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today)
        union all
        select a.id, d.id, a.account_id, giver.name, false, a.post_id, d.roles::text[]
        from identity_delegation d
        join identity_appointment a on a.id = d.giver_id
        join identity_account giver on giver.id = a.account_id and giver.is_active
        where d.receiver_id = who and d.ended_at is null and today between d.since and d.until
          and a.ended_at is null and a.since <= today and (a.until is null or a.until >= today)
    )
    select acting.appointment_id, acting.delegation_id, acting.giver_id, acting.giver_name::text, acting.is_main,
           post.id, post.title::text, post.title_en::text,
           unit.code::text, unit.name::text, unit.path::text, identity_area(unit.division),
           held.roles, held.reaches
    from acting
    join identity_post post on post.id = acting.post_id
    join identity_unit unit on unit.code = post.unit_id
    cross join lateral (
        select coalesce(array_agg(role.code::text order by role.code), '{}') as roles,
               coalesce(array_agg(given.reach::text order by role.code), '{}') as reaches
        from identity_rolegrant given
        join identity_role role on role.code = given.role_id
        where given.post_id = acting.post_id and given.ended_at is null
          and given.since <= today and (given.until is null or given.until >= today)
          and role.withdrawn_on is null
          and (acting.delegation_id is null
               or not role.separated and (acting.only_roles = '{}' or role.code = any (acting.only_roles)))
    ) held;
end
$$;
revoke all on function identity_held(bigint, date) from public;
grant execute on function identity_held(bigint, date) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_reaches")]

    operations = [RunAsOwner(HELD, reverse_sql=migrations.RunSQL.noop)]
