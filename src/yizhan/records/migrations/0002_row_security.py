"""Who sees which files and papers. Read this file as a whole.

A row is seen by the account it belongs to, by the person or entity it is about, by staff of its units, by
whoever was admitted to its owner (``case:…``) in this transaction, and by services of the house
(``scope_all``); a file that nobody bound yet also by whoever sent it. Papers and withdrawals are added and
never changed; of files only what they belong to changes, never the content. Strangers learn of a paper through
``records_verification`` alone, which gives what stands on the verification page and nothing else.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner, append_only, row_security

SEEN = """
    (select scope_all())
    or account = (select scope_account())
    or units && (select scope_units())
    or owner = any ((select scope_subjects())::text[])
    or holder_key = any (array(select 'person:' || own from unnest(registry_own_persons()) own))
    or holder_key = any (array(select 'entity:' || uscc from unnest(scope_entities()) uscc))
"""
SENT = "kept_by = 'account:' || (select scope_account()) and bound_at is null"
WITH_PAPER = "exists (select from records_paper paper where paper.id = paper_id)"

OWNER = "\n".join(
    f"create policy house on records_{table} to current_user using (true) with check (true);"
    for table in ("storedfile", "paper", "withdrawal")
)

RIGHTS = """
revoke update, delete, truncate on records_storedfile from {app};
grant update (owner, account, holder_key, units, bound_at, released_at, removed_at) on records_storedfile to {app};
revoke delete, truncate on records_series, records_sweepturn from {app};
"""

FUNCTIONS = """
create function records_verification(wanted text) returns table (
    title text, number text, issuer text, issued_at timestamptz, holder text, sha256 text,
    withdrawn_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.title, p.number, p.issuer, p.issued_at, p.holder, p.sha256, w.at
    from records_paper p left join records_withdrawal w on w.paper_id = p.id
    where p.code = wanted
$$;

create function records_content_is_known(wanted text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from records_storedfile where sha256 = wanted and removed_at is null)
$$;

revoke all on function records_verification(text), records_content_is_known(text) from public;
grant execute on function records_verification(text), records_content_is_known(text) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
        ("identity", "0002_scope"),
        ("registry", "0002_row_security"),
    ]

    operations = [
        row_security("records_storedfile", f"{SEEN} or ({SENT})"),
        row_security("records_paper", SEEN),
        row_security("records_withdrawal", WITH_PAPER),
        RunAsOwner(OWNER + RIGHTS, reverse_sql=migrations.RunSQL.noop),
        append_only("records_paper", "records_withdrawal"),
        RunAsOwner(FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
    ]
