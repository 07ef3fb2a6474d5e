"""A step in two journeys: ``case_taken`` locks a case and tells where it stands, ``case_written`` writes what changed.

Sent one by one, the rows of a step are some twenty statements, each with its plan, its policies and its answer: most
of what a step took. Both functions run as the owner, so both ask first, and by the same rule as the policies, whether
the case may be seen; both touch only rows of that one case, and only the columns that the application may change.
"""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner

CASE = import_module("yizhan.cases.migrations.0018_about_companies").CASE

TAKEN = f"""
create function case_taken(wanted bigint, by_command uuid, mine bigint) returns json
language plpgsql security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    taken cases_case;
begin
    select * into taken from cases_case where id = wanted and ({CASE}) for update;
    if not found then
        return null;
    end if;
    if not scope_all() then
        perform scope_admit('#' || wanted);
    end if;
    return (select json_build_object(
        'case', row_to_json(taken),
        'command', (select row_to_json(c) from cases_command c where c.id = by_command),
        'hash', (select e.hash from cases_event e where e.case_id = wanted order by e.rev desc limit 1),
        'tokens', (select json_agg(t) from cases_token t where t.case_id = wanted),
        'scopes', (select json_agg(s) from cases_scope s where s.case_id = wanted and s.closed_at is null),
        'suspensions', (select json_agg(s) from cases_suspension s
            where s.case_id = wanted and s.until is null and s.task is null),
        'clocks', (select json_agg(c) from cases_clock c where c.case_id = wanted and c.state <> 'stopped'),
        'task', (select row_to_json(t) from cases_task t where t.case_id = wanted and t.id = mine),
        'queue', (select row_to_json(q) from cases_task t join cases_queue q on q.id = t.queue_id
            where t.case_id = wanted and t.id = mine),
        'calendar', (select max(r.id) from calendar_release r where r.calendar = 'national'),
        'supervision', (select c.release_id from releases_current c where c.pack = 'supervision')));
end
$$;
"""

# Tables that a step adds to, with their columns besides the case; keys that count up are left to the database.
ADDED = {
    "cases_filing": "rev form data facts by at",
    "cases_task": (
        "id token node audience kind parent one urged queue_id unit state number item release subject_mask origin"
        " assignee claimed_at opened_at due_at warn_at done_at done_by done_for action outcome"
    ),
    "cases_clock": (
        "id kind task node unit budget extended hours used started_at state due_at warn_at provisional stopped_at basis"
    ),
    "cases_token": "number scope node index came",
    "cases_scope": "number parent node token kind index expected gone outcome data closed_at",
    "cases_passage": "rev node at",
    "cases_acceptance": "rev at by",
    "cases_decision": "rev at by outcome reasons automatic terms paper",
    "cases_closure": "rev at by kind words",
    "cases_event": "rev command kind node actor actor_name post on_behalf_of delta at previous hash",
    "cases_command": "id actor kind answer at",
}
# What a step may change, and by what a row is found.
CHANGED = {
    "cases_task": (
        "id",
        "urged state assignee claimed_at due_at warn_at done_at done_by done_for action outcome",
    ),
    "cases_clock": ("id", "budget extended used state due_at warn_at provisional stopped_at"),
    "cases_scope": ("number", "expected gone outcome data"),
}
OF_THE_CASE = "status outcome rev units data marks accepted_at decided_at closed_at"


def _columns(names: str, of: str = "") -> str:
    return ", ".join(f'{of}"{name}"' for name in names.split())


def _add(table: str, names: str) -> str:
    return f"""
    if letter -> 'added' ? '{table}' then
        insert into {table} (case_id, {_columns(names)})
        select wanted, {_columns(names, "one.")}
        from jsonb_populate_recordset(null::{table}, letter #> '{{added,{table}}}') one;
    end if;"""


def _change(table: str, key: str, names: str) -> str:
    return f"""
    if letter -> 'changed' ? '{table}' then
        update {table} present set ({_columns(names)}) = (
            select {_columns(names, "one.")} from jsonb_populate_record(present, change) one)
        from jsonb_array_elements(letter #> '{{changed,{table}}}') change
        where present.case_id = wanted and present.{key} = (change ->> '{key}')::bigint;
    end if;"""


WRITTEN = f"""
create function case_written(wanted bigint, letter jsonb) returns void
language plpgsql security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    if not (scope_all() or ('#' || wanted) = any (scope_subjects())) then
        raise insufficient_privilege using message = 'case ' || wanted || ' is not in hand';
    end if;
    if letter ? 'case' then
        update cases_case present set ({_columns(OF_THE_CASE)}) = (
            select {_columns(OF_THE_CASE, "one.")} from jsonb_populate_record(present, letter -> 'case') one)
        where present.id = wanted;
    end if;
    if letter ? 'all_timers_gone' then
        delete from cases_timer where case_id = wanted;
    elsif letter ? 'timers_gone' then
        delete from cases_timer present
        using jsonb_to_recordset(letter -> 'timers_gone') gone (kind text, ref text)
        where present.case_id = wanted and present.kind = gone.kind and present.ref = gone.ref;
    end if;
    if letter ? 'tokens_gone' then
        delete from cases_token where case_id = wanted
        and number in (select gone::int from jsonb_array_elements_text(letter -> 'tokens_gone') gone);
    end if;
    if letter ? 'spans_ended' then
        update cases_span set until = (letter ->> 'at')::timestamptz where case_id = wanted and until is null
        and clock in (select ended::bigint from jsonb_array_elements_text(letter -> 'spans_ended') ended);
    end if;
    if letter ? 'suspensions_ended_by' then
        update cases_span set until = (letter ->> 'at')::timestamptz where case_id = wanted and until is null;
        update cases_suspension set until = (letter ->> 'at')::timestamptz, ended_by = letter ->> 'suspensions_ended_by'
        where case_id = wanted and until is null;
    end if;
    if letter ? 'scopes_closed' then
        update cases_scope set closed_at = (letter ->> 'at')::timestamptz where case_id = wanted
        and number in (select closed::int from jsonb_array_elements_text(letter -> 'scopes_closed') closed);
    end if;
    {"".join(_change(table, key, names) for table, (key, names) in CHANGED.items())}
    {"".join(_add(table, names) for table, names in ADDED.items())}
    if letter ? 'timers' then
        insert into cases_timer (case_id, kind, ref, due)
        select wanted, one.kind, one.ref, one.due
        from jsonb_to_recordset(letter -> 'timers') one (kind text, ref text, due timestamptz)
        on conflict (case_id, kind, ref) do update set due = excluded.due;
    end if;
    if letter ? 'news' then
        insert into journal_news (kind, subject, actor, data, at)
        select one.kind, one.subject, one.actor, one.data, one.at
        from jsonb_to_recordset(letter -> 'news') one (kind text, subject text, actor text, data jsonb, at timestamptz);
        perform pg_notify('yizhan_work', '');
    end if;
end
$$;
"""

RIGHTS = """
revoke all on function case_taken(bigint, uuid, bigint), case_written(bigint, jsonb) from public;
grant execute on function case_taken(bigint, uuid, bigint), case_written(bigint, jsonb) to {app};
drop function case_in_hand(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("calendar", "0001_initial"),
        ("cases", "0021_means_checks"),
        ("journal", "0001_initial"),
        ("releases", "0001_initial"),
    ]

    operations = [
        RunAsOwner(TAKEN, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(WRITTEN + RIGHTS, reverse_sql=migrations.RunSQL.noop),
    ]
