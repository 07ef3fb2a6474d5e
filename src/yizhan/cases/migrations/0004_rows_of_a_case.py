"""All rows of one case in one look, for its page.

Read through the policies of a dozen tables they are a dozen statements, and each row asks anew whether its case may be
seen. Here it is asked once, by the same condition (``CASE`` in 0002), and the rows follow from it.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

PARTS = ("filing", "token", "scope", "passage", "clock", "task", "event")
MILESTONES = ("acceptance", "supplement", "decision", "closure")

_ROWS = ",\n".join(
    f"'{part}', (select coalesce(jsonb_agg(to_jsonb(part)), '[]') from cases_{part} part where case_id = wanted)"
    for part in (*PARTS, *MILESTONES)
)

FUNCTION = f"""
create function case_rows(wanted bigint) returns jsonb
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
revoke all on function case_rows(bigint) from public;
grant execute on function case_rows(bigint) to {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_nothing_is_deleted"),
        ("identity", "0005_reaches"),
    ]

    operations = [RunAsOwner(FUNCTION, reverse_sql=migrations.RunSQL.noop)]
