"""Who may see what is paid to whom, who may write it, and that a closed list stays as it is.

Staff see what belongs to the benefits of their units, a resident what bears the own document. Only the house
writes entitlements and lines, by the rules of the pack; a person closes a list, and nothing else.
"""

from __future__ import annotations

from django.db import migrations

from yizhan.database.migration import RunAsOwner, append_only, policies

FUNCTIONS = """
-- The benefits of the units one sees, and their lists; neither tells anything of a person.
create function payments_benefits_in_scope() returns text[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return array(select key from payments_benefit where unit = any (scope_units()));
end
$$;
create function payments_lists_in_scope() returns bigint[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return array(select id from payments_monthlylist where benefit_id = any (payments_benefits_in_scope()));
end
$$;
revoke all on function payments_benefits_in_scope(), payments_lists_in_scope() from public;
grant execute on function payments_benefits_in_scope(), payments_lists_in_scope() to {app};
"""

HOUSE = "(select scope_all())"
ENTITLEMENT = f"""
    {HOUSE}
    or document = (select scope_document())
    or benefit_id = any ((select payments_benefits_in_scope())::text[])
"""
ITS_ENTITLEMENT = "exists (select from payments_entitlement e where e.id = entitlement_id)"
OWN_ENTITLEMENT = """(select scope_document()) is not null and exists (
    select from payments_entitlement e where e.id = entitlement_id and e.document = (select scope_document()))"""
CLOSURE = f"{HOUSE} or list_id = any ((select payments_lists_in_scope())::bigint[])"
LINE = f"{CLOSURE} or {OWN_ENTITLEMENT}"
STILL_OPEN = "not exists (select from payments_listclosure c where c.list_id = payments_line.list_id)"
WRITTEN = f"{HOUSE} and {STILL_OPEN}"


RIGHTS = """
revoke update on payments_entitlementend, payments_monthlylist, payments_line from {app};
grant update (undone_at) on payments_entitlementend to {app};
grant update (release_id, built_to, built_at) on payments_monthlylist to {app};
grant update (state, amount, because, release_id, at) on payments_line to {app};
revoke delete, truncate on
    payments_benefit, payments_entitlementend, payments_monthlylist, payments_line from {app};
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("identity", "0002_scope")]

    operations = [
        RunAsOwner(FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
        policies("payments_entitlement", seen=ENTITLEMENT, entered=HOUSE),
        policies(
            "payments_entitlementend", seen=f"{HOUSE} or {ITS_ENTITLEMENT}", entered=HOUSE, changed=HOUSE
        ),
        policies("payments_line", seen=LINE, entered=WRITTEN, changed=WRITTEN),
        policies("payments_listclosure", seen=CLOSURE, entered=CLOSURE),
        RunAsOwner(RIGHTS, reverse_sql=migrations.RunSQL.noop),
        append_only("payments_entitlement", "payments_listclosure"),
    ]
