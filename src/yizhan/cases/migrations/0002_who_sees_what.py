"""Who may see which case, and who may open one: decided in the database, under every query."""

from __future__ import annotations

from django.db import migrations

from yizhan.database.migration import RunAsOwner, row_security

# A case is seen by its applicant, by the person it is about, by the units that take or took part, and by
# whoever was admitted to it in this transaction (the query by number and last four).
CASE = """
    (select scope_all())
    or applicant = (select scope_account())
    or (document <> '' and document = (select scope_document()))
    or units && (select scope_units())
    or ('case:' || number) = any ((select scope_subjects())::text[])
"""

# Cases and drafts are about somebody whom the transaction may see anyway: oneself, or a person looked up by
# the reviewed function. So nobody can reach a stranger's data by opening a case about them.
ABOUT = """
    (select scope_all())
    or subject = any ((select scope_subjects())::text[])
    or subject = any (array(select 'person:' || own from unnest(registry_own_persons()) own))
"""

CASE_POLICIES = f"""
alter table cases_case enable row level security;
alter table cases_case force row level security;
create policy owner on cases_case to current_user using (true) with check (true);
create policy seen on cases_case for select to {{app}} using ({CASE});
create policy opened on cases_case for insert to {{app}} with check ({ABOUT});
create policy stepped on cases_case for update to {{app}} using ({CASE}) with check (true);
revoke update, delete, truncate on cases_case from {{app}};
grant update (status, outcome, rev, units, data, marks, accepted_at, decided_at, closed_at) on cases_case to {{app}};
"""

DRAFT_POLICIES = f"""
alter table cases_draft enable row level security;
alter table cases_draft force row level security;
create policy owner on cases_draft to current_user using (true) with check (true);
create policy mine on cases_draft to {{app}}
    using ((select scope_all()) or account = (select scope_account()))
    with check (((select scope_all()) or account = (select scope_account())) and ({ABOUT}));
revoke update on cases_draft from {{app}};
grant update (release_id, data, facts, rev, saved_at, expires_at, submitted_as) on cases_draft to {{app}};
"""

# In plpgsql, so that it is asked row by row and never turned into a scan of all cases.
VISIBLE = """
create function case_visible(wanted bigint) returns boolean
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return exists (select from cases_case where id = wanted);
end
$$;
"""

TASK = """
    (select scope_all())
    or unit = any ((select scope_units())::text[])
    or assignee = (select scope_account())
    or case_visible(case_id)
"""

# The public query: the number and the last four of phone or document. One answer for "no such case" and for
# "other digits", so that numbers cannot be tried out.
BY_NUMBER = """
create function case_open_by_number(wanted text, tail text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from cases_case where number = wanted and tail = any (tails)) then
        perform scope_admit('case:' || wanted);
        return true;
    end if;
    return false;
end
$$;
"""

# Whoever handles a case, or drafts one at a window, may see the person it is about while the transaction lasts.
ADMIT = """
create function case_admit(wanted bigint) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    about text;
begin
    select subject into about from cases_case
    where id = wanted and ((select scope_all()) or units && (select scope_units()));
    if about is null then
        return false;
    end if;
    perform scope_admit(about);
    return true;
end
$$;
create function case_admit_draft(wanted uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    about text;
begin
    select subject into about from cases_draft
    where id = wanted and account = scope_account() and submitted_as = '';
    if about is null then
        return false;
    end if;
    perform scope_admit(about);
    return true;
end
$$;
"""

FUNCTIONS = (
    "case_visible(bigint), case_open_by_number(text, text), case_admit(bigint), case_admit_draft(uuid)"
)

PARTS = (
    "filing", "decision", "supplement", "closure", "acceptance", "passage", "scope", "token", "span",
    "timer", "event", "clock", "command",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("identity", "0002_scope"),
        ("registry", "0002_row_security"),
    ]

    operations = [
        RunAsOwner(VISIBLE + BY_NUMBER + ADMIT, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(
            f"revoke all on function {FUNCTIONS} from public; grant execute on function {FUNCTIONS} to {{app}};",
            reverse_sql=migrations.RunSQL.noop,
        ),
        RunAsOwner(CASE_POLICIES, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(DRAFT_POLICIES, reverse_sql=migrations.RunSQL.noop),
        row_security("cases_task", TASK, check="(select scope_all()) or case_visible(case_id)"),
        *(row_security(f"cases_{part}", "(select scope_all()) or case_visible(case_id)") for part in PARTS),
    ]
