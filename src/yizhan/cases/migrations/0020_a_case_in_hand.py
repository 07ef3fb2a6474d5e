"""A case in hand: whoever works on a case is asked once in a transaction whether it may be seen, not for each of its rows.

A step writes two dozen rows. Each asked anew, by the same condition as before: a tenth of a millisecond a row.
"""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner

CASE = import_module("yizhan.cases.migrations.0018_about_companies").CASE

# What is admitted lasts as long as the transaction, and is sealed with the scope.
IN_HAND = f"""
create function case_in_hand(wanted bigint) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if scope_all() then
        return true;
    end if;
    if not exists (select from cases_case where id = wanted and ({CASE})) then
        return false;
    end if;
    perform scope_admit('#' || wanted);
    return true;
end
$$;
revoke all on function case_in_hand(bigint) from public;
grant execute on function case_in_hand(bigint) to {{app}};
"""

HELD = "('#' || case_id) = any ((select scope_subjects())::text[])"
SEEN = f"(select scope_all()) or {HELD} or case_visible(case_id)"
PARTS = (
    "filing", "decision", "supplement", "closure", "acceptance", "passage", "scope", "token", "span",
    "timer", "event", "clock", "command", "suspension", "reopening",
)  # fmt: skip
POLICIES = "\n".join(
    f"alter policy scope on cases_{part} using ({SEEN}) with check ({SEEN});" for part in PARTS
)
TASKS = f"""
alter policy scope on cases_task using (
    (select scope_all())
    or {HELD}
    or unit = any ((select scope_units())::text[])
    or assignee = (select scope_account())
    or case_visible(case_id)
) with check ({SEEN});
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_files_of_a_case")]

    operations = [
        RunAsOwner(IN_HAND, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(POLICIES + TASKS, reverse_sql=migrations.RunSQL.noop),
    ]
