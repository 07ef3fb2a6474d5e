"""The rows of a case in one look (0004), with what lapsed."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

PARTS = ("filing", "token", "scope", "passage", "clock", "task", "event", "lapse")
MILESTONES = ("acceptance", "supplement", "decision", "closure")

_ROWS = ",\n".join(
    f"'{part}', (select coalesce(jsonb_agg(to_jsonb(part)), '[]') from cases_{part} part where case_id = wanted)"
    for part in (*PARTS, *MILESTONES)
)

FUNCTION = f"""
create or replace function case_rows(wanted bigint) returns jsonb
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    if not exists (
        select from cases_case c where c.id = wanted and (
            scope_all()
            or c.applicant = scope_account()
            or (c.document <> '' and c.document = scope_document())
            or c.units && scope_units()
            or ('case:' || c.number) = any (scope_subjects())))
    then
        return null;
    end if;
    return jsonb_build_object(
        {_ROWS},
        'queue', (select coalesce(jsonb_agg(to_jsonb(q)), '[]') from cases_queue q
            where q.id in (select queue_id from cases_task where case_id = wanted)));
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_lapse")]

    operations = [RunAsOwner(FUNCTION, reverse_sql=migrations.RunSQL.noop)]
