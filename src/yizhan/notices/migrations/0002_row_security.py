"""Who sees which messages. Read this file as a whole.

A message and its deliveries are seen by the account it was written to, by staff of its units, by whoever was
admitted to its subject in this transaction, and by services of the house. Anybody who takes a step may write
one; only the account it was written to, or a service, changes it, and nothing but whether it was read. Letters
in the sink are open in a demo, and to services elsewhere.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

SEEN = """
    (select scope_all())
    or account = (select scope_account())
    or units && (select scope_units())
    or subject = any ((select scope_subjects())::text[])
"""
OWN = "(select scope_all()) or account = (select scope_account())"
WITH_MESSAGE = "exists (select from notices_message message where message.id = message_id)"


# Everybody writes, some see, fewer change.
POLICIES = """
alter table {table} enable row level security;
alter table {table} force row level security;
create policy house on {table} to current_user using (true) with check (true);
create policy written on {table} for insert to {app} with check (true);
create policy seen on {table} for select to {app} using ({seen});
create policy changed on {table} for update to {app} using ({changed});
revoke update, delete, truncate on {table} from {app};
"""


def policies(table: str, *, seen: str, changed: str) -> str:
    """The policies of one table."""
    return POLICIES.replace("{table}", table).replace("{seen}", seen).replace("{changed}", changed)


RIGHTS = """
grant update (read_at) on notices_message to {app};
grant update (state, held_until, nights, tries, answer, ended_at) on notices_delivery to {app};
create policy forgotten on notices_sunk for delete to {app} using ((select scope_all()));
grant delete on notices_sunk to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("identity", "0002_scope")]

    operations = [
        RunAsOwner(
            policies("notices_message", seen=SEEN, changed=OWN)
            + policies("notices_delivery", seen=WITH_MESSAGE, changed="(select scope_all())")
            + policies("notices_sunk", seen="open_to_all or (select scope_all())", changed="false")
            + RIGHTS,
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
