"""In which cluster we write is asked once in a session: the control file was read for every piece of news.

A connection never outlives its cluster, so what it was told once stays true. It is no secret and opens nothing:
whoever may write news may also name their epoch.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

CURRENT_EPOCH = """
create or replace function journal_current_epoch() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    known constant text := current_setting('yizhan.epoch', true);
    here text;
    found_number integer;
begin
    if known <> '' then
        return known::integer;
    end if;
    here := (select system_identifier::text from pg_control_system());
    select number into found_number from journal_epoch where cluster = here;
    if found_number is null then
        insert into journal_epoch (cluster) values (here)
        on conflict (cluster) do nothing;
        select number into found_number from journal_epoch where cluster = here;
    end if;
    perform set_config('yizhan.epoch', found_number::text, false);  -- taken back with a transaction that is
    return found_number;
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_what_waits_for_a_case")]

    operations = [RunAsOwner(CURRENT_EPOCH, reverse_sql=migrations.RunSQL.noop)]
