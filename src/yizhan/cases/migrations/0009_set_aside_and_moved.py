"""What a step may not do by itself: set a decision aside when a case goes on, move a case to another release."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# A decision and a closure stay; they give way only where a reopening of this very step keeps what they said.
SET_ASIDE = """
create function case_set_aside(wanted bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select from cases_case c
        join cases_reopening r on r.case_id = c.id and r.rev = c.rev + 1 and r.was ? 'closure'
        where c.id = wanted and c.closed_at is not null and (scope_all() or c.units && scope_units()))
    then
        raise exception 'nothing is reopened in this step';
    end if;
    delete from cases_decision where case_id = wanted;
    delete from cases_closure where case_id = wanted;
end
$$;
"""

# A case keeps its release for life; a command that says from where to where moves it, the house alone carries it out.
MOVED = """
create function case_moved(wanted bigint, to_release bigint, to_process text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not scope_all() then
        raise exception 'only the house moves cases to another release';
    end if;
    update cases_case set release_id = to_release, process = to_process where id = wanted;
    update cases_task set release = to_release where case_id = wanted and state in ('open', 'held');
end
$$;
"""

FUNCTIONS = "case_set_aside(bigint), case_moved(bigint, bigint, text)"


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_several_at_once")]

    operations = [
        RunAsOwner(SET_ASIDE + MOVED, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(
            f"revoke all on function {FUNCTIONS} from public; grant execute on function {FUNCTIONS} to {{app}};",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
