"""Whoever handles a case sees its files and papers, whichever unit joined it after they came.

A file keeps the units that took part when it came in; departments that get their task later are admitted to what
belongs to the case when they open it, as they are to whom it is about.
"""

from __future__ import annotations

from django.db import migrations

from yizhan.database.migration import RunAsOwner

ADMIT = """
create or replace function case_admit(wanted bigint) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    about text;
    called text;
begin
    select subject, number into about, called from cases_case
    where id = wanted and ((select scope_all()) or units && (select scope_units()));
    if about is null then
        return false;
    end if;
    perform scope_admit(about);
    perform scope_admit('case:' || called);
    return true;
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_about_companies")]

    operations = [RunAsOwner(ADMIT, reverse_sql=migrations.RunSQL.noop)]
