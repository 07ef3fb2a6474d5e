"""Clocks that stand still and go on: why, by which paper; extensions; cards; what a new calendar moved."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, policies, row_security

SEEN = "(select scope_all()) or case_visible(case_id)"
OF_A_UNIT = f"{SEEN} or unit = any ((select scope_units())::text[])"

# Of a suspension only its end is written later; a suspension, an extension, a card are never taken away.
RIGHTS = """
revoke update, delete, truncate on cases_suspension from {app};
grant update (until, ended_by, ended_words) on cases_suspension to {app};
revoke update on cases_span from {app};
grant update (until) on cases_span to {app};
"""

PARTS = (
    "filing", "token", "scope", "passage", "clock", "task", "event", "lapse", "suspension", "span",
    "extension", "extensionanswer", "card", "cardannulment",
)  # fmt: skip
MILESTONES = ("acceptance", "supplement", "decision", "closure")

_ROWS = ",\n".join(
    f"'{part}', (select coalesce(jsonb_agg(to_jsonb(part)), '[]') from cases_{part} part where case_id = wanted)"
    for part in (*PARTS, *MILESTONES)
)

# The rows of a case in one look (0006), with what its clocks went through.
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
    dependencies = [
        ("calendar", "0001_initial"),
        ("cases", "0006_lapses_in_one_look"),
    ]

    operations = [
        migrations.AddField(
            model_name="clock",
            name="extended",
            field=models.PositiveIntegerField(default=0, help_text="added to the budget by an extension"),
        ),
        migrations.AddField(
            model_name="clock",
            name="hours",
            field=models.JSONField(
                help_text="{working, resting}: the duty roster; none: office hours", null=True
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="used",
            field=models.PositiveIntegerField(
                help_text="while it stands still: days used, or seconds of a limit in hours", null=True
            ),
        ),
        migrations.AddField(
            model_name="span",
            name="document",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="span",
            name="restart",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="clock",
            name="unit",
            field=models.CharField(
                help_text="working_days, natural_days, duty_hours or natural_hours", max_length=16
            ),
        ),
        migrations.AlterField(
            model_name="span",
            name="by",
            field=models.CharField(max_length=160),
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clock", models.BigIntegerField()),
                ("kind", models.CharField(help_text="of the clock", max_length=20)),
                ("moment", models.CharField(help_text="warn, due or uncorrected", max_length=20)),
                (
                    "colour",
                    models.CharField(
                        choices=[("blue", "蓝牌"), ("yellow", "黄牌"), ("red", "红牌")], max_length=10
                    ),
                ),
                ("rule", models.CharField(help_text="pack and version / table / rule", max_length=160)),
                ("because", models.JSONField(help_text="{zh, en}")),
                ("unit", models.CharField(max_length=60)),
                ("task", models.BigIntegerField(null=True)),
                ("node", models.CharField(blank=True, max_length=60)),
                ("due", models.DateTimeField(help_text="the end of the limit as it stood then")),
                ("at", models.DateTimeField()),
                ("noticed_at", models.DateTimeField()),
                ("number", models.CharField(max_length=40)),
                ("item", models.CharField(max_length=60)),
                ("release", models.BigIntegerField()),
                ("subject_mask", models.CharField(max_length=100)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="cases.case",
                        db_index=False,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CardAnnulment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
                ("account", models.BigIntegerField(null=True)),
                ("reason", models.TextField()),
                (
                    "card",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="annulment", to="cases.card"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cardannulments",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Extension",
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
                ("account", models.BigIntegerField(null=True)),
                ("kinds", models.JSONField(help_text="kinds of clocks, such as promised")),
                ("amount", models.PositiveIntegerField(help_text="in the unit of each clock")),
                ("reason", models.TextField()),
                ("basis", models.JSONField(null=True)),
                ("role", models.CharField(help_text="who may answer", max_length=120)),
                ("unit", models.CharField(help_text="at which unit", max_length=60)),
                ("number", models.CharField(max_length=40)),
                ("item", models.CharField(max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExtensionAnswer",
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
                ("account", models.BigIntegerField(null=True)),
                ("granted", models.BooleanField()),
                ("words", models.TextField(blank=True)),
                ("moved", models.JSONField(default=list, help_text="list of {clock, kind, was, due}")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensionanswers",
                        to="cases.case",
                    ),
                ),
                (
                    "extension",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="cases.extension",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("clock", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("was", models.DateTimeField(null=True)),
                ("was_provisional", models.BooleanField()),
                ("due", models.DateTimeField(null=True)),
                ("provisional", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recounts",
                        to="cases.case",
                        db_index=False,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calendar.calendarrelease",
                        db_index=False,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "task",
                    models.BigIntegerField(
                        help_text="the department's own task; none: the whole case", null=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        help_text="supplement, hearing, inspection, expert_review …", max_length=20
                    ),
                ),
                (
                    "restart",
                    models.BooleanField(default=False, help_text="afterwards the budget begins anew"),
                ),
                ("words", models.TextField(blank=True)),
                ("basis", models.JSONField(null=True)),
                (
                    "document",
                    models.CharField(blank=True, help_text="the paper that tells of it", max_length=120),
                ),
                ("since", models.DateTimeField()),
                (
                    "expected_on",
                    models.DateField(help_text="the last day of the time that was told", null=True),
                ),
                ("by", models.CharField(max_length=160)),
                ("until", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=160)),
                ("ended_words", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="span",
            name="suspension",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.suspension",
            ),
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(fields=["unit", "-at", "-id"], name="cases_card_unit"),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(fields=("case", "clock", "colour"), name="cases_card_once"),
        ),
        migrations.AddIndex(
            model_name="extension",
            index=models.Index(fields=["unit", "role", "id"], name="cases_extension_unit"),
        ),
        migrations.AddIndex(
            model_name="recount",
            index=models.Index(fields=["release", "id"], name="cases_recount_release"),
        ),
        migrations.AddConstraint(
            model_name="recount",
            constraint=models.UniqueConstraint(
                fields=("case", "clock", "release"), name="cases_recount_once"
            ),
        ),
        row_security("cases_suspension", SEEN),
        row_security("cases_extension", OF_A_UNIT, check=SEEN),
        row_security("cases_extensionanswer", SEEN),
        policies("cases_card", seen=OF_A_UNIT, entered="(select scope_all())"),
        row_security(
            "cases_cardannulment", f"{SEEN} or exists (select from cases_card c where c.id = card_id)"
        ),
        policies("cases_recount", seen=SEEN, entered="(select scope_all())"),
        append_only(
            "cases_extension", "cases_extensionanswer", "cases_card", "cases_cardannulment", "cases_recount"
        ),
        RunAsOwner(RIGHTS, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(IN_ONE_LOOK, reverse_sql=migrations.RunSQL.noop),
    ]
