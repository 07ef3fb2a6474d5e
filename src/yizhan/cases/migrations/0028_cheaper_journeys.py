"""The two journeys of a step, each cheaper: what was asked several times is asked once, what found rows by a join does so by key.

``case_taken`` asked for the scope by six functions, each of which verified its seal; now it is told once. ``case_written``
read each change through a join, and asked in which cluster it is with every piece of news. It also says, rather than
failing, that a command is another's: a step needs no savepoint for that. The rules are those of
``0018`` and ``0022``: who may see a case, which rows and columns a step may write.
"""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner

EARLIER = import_module("yizhan.cases.migrations.0022_a_step_in_two_journeys")

# What of its own row a step may change, and how each is read; the row is long, and is not made anew as a whole.
OF_THE_CASE = {
    **dict.fromkeys(("status", "outcome"), "changes ->> '{0}'"),
    "rev": "(changes ->> '{0}')::integer",
    "units": "array(select jsonb_array_elements_text(changes -> '{0}'))",
    **dict.fromkeys(("data", "marks"), "changes -> '{0}'"),
    **dict.fromkeys(("accepted_at", "decided_at", "closed_at"), "(changes ->> '{0}')::timestamptz"),
}

# The rule of the policies (CASE in 0018), with the scope's parts at hand. Whoever may not see the case does not lock it.
TAKEN = """
create or replace function case_taken(wanted bigint, by_command uuid, mine bigint) returns json
language plpgsql security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    told constant jsonb := scope_told();
    of_house constant boolean := coalesce((told ->> 'all')::boolean, false);
    account constant bigint := (told ->> 'account')::bigint;
    own_document constant text := told ->> 'document';
    own_units text[] := '{}';
    own_companies text[] := '{}';
    taken cases_case;
    alive cases_task[];
    few boolean;
begin
    if told is null then
        return null;
    end if;
    if not of_house then
        own_units := scope_units_of(told);
        if own_document is not null or told -> 'entities' <> '[]' then
            own_companies := registry_own_entities();
        end if;
    end if;
    select * into taken from cases_case c
    where c.id = wanted and (
        of_house
        or (c.applicant = account and not c.subject ^@ 'entity:')
        or (c.document <> '' and c.document = own_document)
        or c.units && own_units
        or told -> 'subjects' ? ('case:' || c.number)
        or (c.subject ^@ 'entity:' and substr(c.subject, 8) = any (own_companies)))
    for update;
    if not found then
        return null;
    end if;
    if not of_house and not told -> 'subjects' ? ('#' || wanted) then
        perform scope_put(jsonb_set(
            told, '{subjects}', coalesce(told -> 'subjects', '[]') || to_jsonb('#' || wanted)));
    end if;
    -- Of many open tasks, as in an approval by forty departments, most steps read none: those stay behind.
    alive := array(
        select t from cases_task t where t.case_id = wanted and t.state in ('open', 'held') limit 4);
    few := cardinality(alive) <= 3;
    if not few then
        alive := '{}';
    end if;
    if mine is not null and not coalesce(alive[1].id = mine or alive[2].id = mine or alive[3].id = mine, false)
    then
        alive := alive || array(select t from cases_task t where t.case_id = wanted and t.id = mine);
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
        'all_tasks', few,
        'tasks', array_to_json(alive),
        'queues', (select json_agg(q) from cases_queue q
            where q.id = any (array(select t.queue_id from unnest(alive) t))),
        'calendar', (select max(r.id) from calendar_release r where r.calendar = 'national'),
        'supervision', (select c.release_id from releases_current c where c.pack = 'supervision'),
        'rights', (select r.mark from identity_rightsversion r)));
end
$$;
"""


ADDED: dict[str, str] = EARLIER.ADDED


def _columns(names: str, of: str = "") -> str:
    return ", ".join(f'{of}"{name}"' for name in names.split())


def _changed(how: dict[str, str]) -> str:
    told = (
        f"{name} = case when changes ? '{name}' then {read.format(name)} else {name} end"
        for name, read in how.items()
    )
    return ", ".join(told)


def _add(table: str, names: str, otherwise: str = "") -> str:
    return f"""
    if added ? '{table}' then
        insert into {table} (case_id, {_columns(names)})
        select wanted, {_columns(names, "one.")} from jsonb_populate_recordset(null::{table}, added -> '{table}') one
        {otherwise};
    end if;"""


def _change(table: str, key: str, names: str) -> str:
    """Rows by the numbers by which they are found; each is looked up by its key, however many there are."""
    return f"""
    if changed ? '{table}' then
        changes := changed -> '{table}';
        update {table} present set ({_columns(names)}) = (
            select {_columns(names, "one.")} from jsonb_populate_record(present, changes -> present.{key}::text) one)
        where present.case_id = wanted
          and present.{key} = any (array(select number::bigint from jsonb_object_keys(changes) number));
    end if;"""


WRITTEN = f"""
drop function case_written(bigint, jsonb);

create function case_written(wanted bigint, letter jsonb) returns boolean
language plpgsql security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    told constant jsonb := scope_told();
    moment constant timestamptz := letter ->> 'at';
    added constant jsonb := letter -> 'added';
    changed constant jsonb := letter -> 'changed';
    changes jsonb;
    epoch integer;
    nothing text;
begin
    if not coalesce((told ->> 'all')::boolean or told -> 'subjects' ? ('#' || wanted), false) then
        raise insufficient_privilege using message = 'case ' || wanted || ' is not in hand';
    end if;
    -- First of all: a command's number that is taken leaves everything as it was.
    {_add("cases_command", ADDED["cases_command"], "on conflict (id) do nothing")}
    if added ? 'cases_command' and not found then
        return false;
    end if;
    if letter ? 'case' then
        changes := letter -> 'case';
        update cases_case set {_changed(OF_THE_CASE)} where id = wanted;
    end if;
    if letter ? 'all_timers_gone' then
        delete from cases_timer where case_id = wanted;
    elsif letter ? 'timers_gone' then
        delete from cases_timer where case_id = wanted
        and kind || ' ' || ref = any (array(
            select (gone ->> 'kind') || ' ' || (gone ->> 'ref')
            from jsonb_array_elements(letter -> 'timers_gone') gone));
    end if;
    if letter ? 'tokens_gone' then
        delete from cases_token where case_id = wanted
        and number = any (array(select gone::int from jsonb_array_elements_text(letter -> 'tokens_gone') gone));
    end if;
    if letter ? 'spans_ended' then
        update cases_span set until = moment where case_id = wanted and until is null
        and clock = any (array(select ended::bigint from jsonb_array_elements_text(letter -> 'spans_ended') ended));
    end if;
    if letter ? 'suspensions_ended_by' then
        update cases_span set until = moment where case_id = wanted and until is null;
        update cases_suspension set until = moment, ended_by = letter ->> 'suspensions_ended_by'
        where case_id = wanted and until is null;
    end if;
    if letter ? 'scopes_closed' then
        update cases_scope set closed_at = moment where case_id = wanted
        and number = any (array(select closed::int from jsonb_array_elements_text(letter -> 'scopes_closed') closed));
    end if;
    {"".join(_change(table, key, names) for table, (key, names) in EARLIER.CHANGED.items())}
    {"".join(_add(table, names) for table, names in ADDED.items() if table != "cases_command")}
    if letter ? 'timers' then
        insert into cases_timer (case_id, kind, ref, due)
        select wanted, one.kind, one.ref, one.due
        from jsonb_to_recordset(letter -> 'timers') one (kind text, ref text, due timestamptz)
        on conflict (case_id, kind, ref) do update set due = excluded.due;
    end if;
    if letter ? 'errands' then
        insert into journal_effect (topic, key, body, tries, fault)
        select one.topic, one.key, one.body, 0, ''
        from jsonb_to_recordset(letter -> 'errands') one (topic text, key text, body jsonb)
        on conflict do nothing;
    end if;
    if letter ? 'news' then
        epoch := journal_current_epoch();
        insert into journal_news (epoch, kind, subject, actor, data, at)
        select epoch, one.kind, one.subject, one.actor, one.data, one.at
        from jsonb_to_recordset(letter -> 'news') one (kind text, subject text, actor text, data jsonb, at timestamptz);
    end if;
    if letter ? 'news' or letter ? 'errands' then
        nothing := pg_notify('yizhan_work', '');
    end if;
    return true;
end
$$;
revoke all on function case_written(bigint, jsonb) from public;
grant execute on function case_written(bigint, jsonb) to {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0027_follow_ups_end"),
        ("identity", "0010_scope_in_fewer_looks"),
        ("registry", "0007_companies_as_subjects"),
    ]

    operations = [
        RunAsOwner(TAKEN, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(WRITTEN, reverse_sql=migrations.RunSQL.noop),
    ]
