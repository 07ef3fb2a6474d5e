"""Cases are moved to another release: the act, and what became of each case."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, policies

HOUSE = "(select scope_all())"
# Of a case that waits, what became of it is written later; nothing else changes, nothing is taken away.
RIGHTS = """
revoke update, delete, truncate on cases_movedcase from {app};
grant update (state, why, at) on cases_movedcase to {app};
"""

# What only a move changes of a case's rows goes with it, for a step writes no names of places and no queues.
MOVED = """
drop function case_moved(bigint, bigint, text);
create function case_moved(wanted bigint, to_release bigint, to_process text, letter jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not scope_all() then
        raise exception 'only the house moves cases to another release';
    end if;
    update cases_case set release_id = to_release, process = to_process where id = wanted;
    update cases_token present set node = one.node, came = one.came
    from jsonb_to_recordset(letter -> 'tokens') one (number int, node text, came text)
    where present.case_id = wanted and present.number = one.number;
    update cases_scope present set node = one.node
    from jsonb_to_recordset(letter -> 'scopes') one (number int, node text)
    where present.case_id = wanted and present.number = one.number;
    update cases_task present set release = to_release, node = one.node, queue_id = one.queue
    from jsonb_to_recordset(letter -> 'tasks') one (id bigint, node text, queue bigint)
    where present.case_id = wanted and present.id = one.id;
    update cases_clock present set node = one.node, unit = one.unit, hours = one.hours, basis = one.basis
    from jsonb_to_recordset(letter -> 'clocks') one (id bigint, node text, unit text, hours jsonb, basis jsonb)
    where present.case_id = wanted and present.id = one.id;
end
$$;
revoke all on function case_moved(bigint, bigint, text, jsonb) from public;
grant execute on function case_moved(bigint, bigint, text, jsonb) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_a_step_in_two_journeys"),
        ("releases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pack", models.CharField(max_length=60)),
                ("reason", models.TextField()),
                ("limits", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("account", models.BigIntegerField(help_text="none: the command line", null=True)),
                ("name", models.CharField(max_length=100)),
                ("post", models.CharField(blank=True, max_length=160)),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="releases.release"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MovedCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "等待处理"), ("moved", "已改用新版"), ("stays", "仍用原版")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("why", models.JSONField(default=dict, help_text="{zh, en}, where it stays")),
                ("at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.move",
                        db_index=False,
                    ),
                ),
                (
                    "was",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="releases.release"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["id"], name="cases_movedcase_turn"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("move", "case"), name="cases_movedcase_once")
                ],
            },
        ),
        policies("cases_move", seen=HOUSE, entered=HOUSE),
        policies("cases_movedcase", seen=HOUSE, entered=HOUSE, changed=HOUSE),
        append_only("cases_move"),
        RunAsOwner(MOVED + RIGHTS, reverse_sql=migrations.RunSQL.noop),
    ]
