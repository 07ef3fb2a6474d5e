"""Cases that stand in several places at once; tasks beside tasks; cases that go on after their end."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, row_security

SEEN = "(select scope_all()) or case_visible(case_id)"

# The process itself is no row any more: what its nodes left behind stood in the case's own row already.
PROCESS = """
update cases_case c set marks = c.marks
    || jsonb_build_object('process', s.number, 'outcome', '', 'inner', 0)
from cases_scope s where s.case_id = c.id and s.kind = 'process' and c.marks <> '{}';
delete from cases_scope where kind = 'process';
"""


PARTS = (
    "filing", "token", "scope", "passage", "clock", "task", "event", "lapse", "suspension", "span",
    "extension", "extensionanswer", "card", "cardannulment", "supplement", "reopening",
)  # fmt: skip
MILESTONES = ("acceptance", "decision", "closure")

_ROWS = ",\n".join(
    f"'{part}', (select coalesce(jsonb_agg(to_jsonb(part)), '[]') from cases_{part} part where case_id = wanted)"
    for part in (*PARTS, *MILESTONES)
)

# The rows of a case in one look (0007), with what was reopened.
IN_ONE_LOOK = f"""
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
    dependencies = [("cases", "0007_clocks_that_stand_still")]

    operations = [
        RunAsOwner(PROCESS, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveField("scope", "policy"),
        migrations.RemoveField("scope", "done"),
        migrations.AlterField("scope", "parent", models.PositiveIntegerField()),
        migrations.AlterField("scope", "node", models.CharField(max_length=120)),
        migrations.AlterField(
            "scope", "kind", models.CharField(max_length=20, help_text="body, each or one")
        ),
        migrations.AlterField(
            "scope",
            "expected",
            models.JSONField(default=list, help_text="for whom or what each is done, frozen when it opened"),
        ),
        migrations.AddField(
            "scope",
            "token",
            models.PositiveIntegerField(null=True, help_text="the token that waits for it"),
        ),
        migrations.AddField(
            "scope", "index", models.PositiveIntegerField(null=True, help_text="of one of several, which")
        ),
        migrations.AddField(
            "scope", "gone", models.JSONField(default=list, help_text="the indexes of those withdrawn")
        ),
        migrations.AddField("scope", "outcome", models.CharField(max_length=60, blank=True)),
        migrations.AddField(
            "scope", "data", models.JSONField(default=dict, help_text="what nodes left behind within")
        ),
        migrations.RemoveField("token", "state"),
        migrations.RemoveField("token", "count"),
        migrations.RemoveField("token", "needed"),
        migrations.AlterField("token", "node", models.CharField(max_length=120)),
        migrations.AddField(
            "token", "index", models.PositiveIntegerField(null=True, help_text="for which of several it is")
        ),
        migrations.AddField(
            "token",
            "came",
            models.CharField(
                max_length=300, blank=True, help_text="on which arrow, while it waits for others"
            ),
        ),
        migrations.AlterField("passage", "node", models.CharField(max_length=120)),
        migrations.AlterField("event", "node", models.CharField(max_length=120, blank=True)),
        migrations.AlterField("clock", "node", models.CharField(max_length=120, blank=True)),
        migrations.AlterField("card", "node", models.CharField(max_length=120, blank=True)),
        migrations.AlterField("task", "node", models.CharField(max_length=120)),
        migrations.AddField(
            "task",
            "kind",
            models.CharField(
                max_length=10,
                choices=[("step", "本环节"), ("delegated", "委派"), ("cosign", "加签"), ("read", "传阅")],
                default="step",
            ),
        ),
        migrations.AddField(
            "task",
            "parent",
            models.BigIntegerField(null=True, help_text="the task beside which it is done"),
        ),
        migrations.AddField(
            "task",
            "one",
            models.JSONField(null=True, help_text="for which of several departments it is"),
        ),
        migrations.AddField(
            "task", "urged", models.PositiveIntegerField(default=0, help_text="how often it was urged")
        ),
        migrations.AlterField("supplement", "back_to", models.CharField(max_length=120)),
        migrations.AlterField(
            "supplement",
            "case",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="supplements", to="cases.case"
            ),
        ),
        migrations.AddField(
            "supplement", "task", models.BigIntegerField(null=True, help_text="the task that asked")
        ),
        migrations.CreateModel(
            name="Reopening",
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
                ("node", models.CharField(max_length=120)),
                ("reason", models.TextField()),
                ("was", models.JSONField(help_text="the decision and the closure that no longer stand")),
                ("paper", models.UUIDField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="cases.case",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        row_security("cases_reopening", SEEN),
        append_only("cases_reopening"),
        RunAsOwner(IN_ONE_LOOK, reverse_sql=migrations.RunSQL.noop),
    ]
