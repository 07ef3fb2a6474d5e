"""Whoever stands in a list sees whether it is closed: that is what makes a month a paid one."""

from __future__ import annotations

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# In plpgsql, so that the policy of a closure does not ask a line's policy, which asks for the closure.
OWN_LISTS = """
create function payments_own_lists() returns bigint[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
    if scope_document() is null then
        return array[]::bigint[];
    end if;
    return array(
        select distinct l.list_id
        from payments_line l join payments_entitlement e on e.id = l.entitlement_id
        where e.document = scope_document());
end
$$;
revoke all on function payments_own_lists() from public;
grant execute on function payments_own_lists() to {app};
alter policy seen on payments_listclosure using (
    (select scope_all())
    or list_id = any ((select payments_lists_in_scope())::bigint[])
    or list_id = any ((select payments_own_lists())::bigint[]));
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_who_sees_what")]

    operations = [RunAsOwner(OWN_LISTS, reverse_sql=migrations.RunSQL.noop)]
