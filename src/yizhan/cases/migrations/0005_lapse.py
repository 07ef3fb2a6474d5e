"""What was granted and is no longer in force; and which earlier case stands in the way of a new one."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, policies

RIGHTS = """
revoke update, delete, truncate on cases_lapse from {app};
grant update (undone_at) on cases_lapse to {app};
"""

# Who hands in for somebody may not see every case of theirs: a clerk at another window does not. So the function
# tells that there is one, since when and how it stands; the number only to whoever sees the case (``CASE`` in 0002).
# It answers about those only about whom a case may be opened (``ABOUT`` in 0002): it is no way to ask about strangers.
IN_THE_WAY = """
create function case_in_the_way(wanted text, about text)
returns table (number text, state text, since timestamptz)
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    if not (
        scope_all()
        or about = any (scope_subjects())
        or about = any (array(select 'person:' || own from unnest(registry_own_persons()) own)))
    then
        return;
    end if;
    return query
    select
        case when scope_all()
            or c.applicant = scope_account()
            or (c.document <> '' and c.document = scope_document())
            or c.units && scope_units()
            or ('case:' || c.number) = any (scope_subjects()) then c.number::text end,
        case when d.id is null then 'under_way' else 'in_force' end,
        coalesce(d.at, c.opened_at)
    from cases_case c left join cases_decision d on d.case_id = c.id
    where c.subject = about and c.item_id = wanted
      and case when d.id is null
          then c.status in ('received', 'correcting', 'accepted')
          else d.outcome = 'granted'
               and not exists (select from cases_lapse l where l.case_id = c.id and l.undone_at is null)
          end
    order by d.id is null, c.opened_at desc
    limit 1;
end
$$;
revoke all on function case_in_the_way(text, text) from public;
grant execute on function case_in_the_way(text, text) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_rows_of_a_case"), ("registry", "0002_row_security")]

    operations = [
        migrations.CreateModel(
            name="Lapse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rev", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
                ("on", models.DateField(help_text="the day on which it happened")),
                ("why", models.JSONField(help_text="{zh, en}")),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lapses", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("case",), name="cases_lapse_once"
                    )
                ],
            },
        ),
        policies(
            "cases_lapse",
            seen="(select scope_all()) or case_visible(case_id)",
            entered="(select scope_all())",
            changed="(select scope_all())",
        ),
        RunAsOwner(RIGHTS, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(IN_THE_WAY, reverse_sql=migrations.RunSQL.noop),
    ]
