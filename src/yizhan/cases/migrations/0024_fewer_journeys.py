"""Still fewer journeys in a step: a case is taken with its open tasks if they are few, and written with its errands.

A step asked for the open tasks in a journey of its own to say when each is due, and left a paper to be made in two
more. Of many tasks, as in an approval by forty departments, most steps read none: those stay behind.
"""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner

EARLIER = import_module("yizhan.cases.migrations.0022_a_step_in_two_journeys")

ONE_TASK = """
        'task', (select row_to_json(t) from cases_task t where t.case_id = wanted and t.id = mine),
        'queue', (select row_to_json(q) from cases_task t join cases_queue q on q.id = t.queue_id
            where t.case_id = wanted and t.id = mine),"""
FEW_TASKS = """
        'all_tasks', few,
        'tasks', (select json_agg(t) from cases_task t
            where t.case_id = wanted and (t.id = mine or (few and t.state in ('open', 'held')))),
        'queues', (select json_agg(q) from cases_queue q where q.id in (select t.queue_id from cases_task t
            where t.case_id = wanted and (t.id = mine or (few and t.state in ('open', 'held'))))),"""
NEWS = """
    if letter ? 'news' then"""
ERRANDS = """
    if letter ? 'errands' then
        insert into journal_effect (topic, key, body, tries, fault)
        select one.topic, one.key, one.body, 0, ''
        from jsonb_to_recordset(letter -> 'errands') one (topic text, key text, body jsonb)
        on conflict do nothing;
        perform pg_notify('yizhan_work', '');
    end if;"""


def _once(text: str, old: str, new: str) -> str:
    before, after = text.split(old)  # one that is not there, or twice, is an error
    return f"{before}{new}{after}"


TAKEN = _once(EARLIER.TAKEN, ONE_TASK, FEW_TASKS)
TAKEN = _once(TAKEN, "create function", "create or replace function")
TAKEN = _once(TAKEN, "    taken cases_case;\n", "    taken cases_case;\n    few boolean;\n")
TAKEN = _once(
    TAKEN,
    "    return (select json_build_object(",
    """    few := (select count(*) <= 3 from (
        select from cases_task t where t.case_id = wanted and t.state in ('open', 'held') limit 4) alive);
    return (select json_build_object(""",
)
WRITTEN = _once(EARLIER.WRITTEN, "create function", "create or replace function")
WRITTEN = _once(WRITTEN, NEWS, ERRANDS + NEWS)


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_moves"), ("journal", "0001_initial")]

    operations = [
        RunAsOwner(TAKEN, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(WRITTEN, reverse_sql=migrations.RunSQL.noop),
    ]
