"""A token admits only once its case is decided, and says so before; where to call back stands in the case alone."""

from __future__ import annotations

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# One answer for a token that is forged, too old or spent. One that comes too early is told apart: whoever holds a
# good receipt learns nothing but that the case goes on, and is admitted to nothing. Times are real.
ADMIT = """
drop function voice_admit(text);
create function voice_admit(token text, out number text, out early boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    known record;
begin
    select c.number, c.status in ('decided', 'closed') as ended into known
    from voice_invitation i join cases_case c on c.id = i.case_id
    where i.hash = encode(sha256(convert_to(token, 'UTF8')), 'hex')
      and i.expires_at > now()
      and not exists (select from voice_rating r where r.case_id = i.case_id);
    early := found and not known.ended;
    if found and known.ended then
        number := known.number;
        perform scope_admit('case:' || number);
        perform scope_admit('rating:' || number);
    end if;
end
$$;
revoke all on function voice_admit(text) from public;
grant execute on function voice_admit(text) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("voice", "0002_who_sees_what")]

    operations = [
        RunAsOwner(ADMIT, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveField("redress", "phone"),
    ]
