"""Particulars of persons beside their row, what happened to them, and who is related to whom."""

import django.db.models.deletion
from django.db import migrations, models

import yizhan.clock


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_means_and_households"),
    ]

    operations = [
        migrations.CreateModel(
            name="Particulars",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="particulars",
                        serialize=False,
                        to="registry.person",
                    ),
                ),
                (
                    "native_place",
                    models.CharField(blank=True, default="", help_text="native place", max_length=60),
                ),
                (
                    "birthplace",
                    models.CharField(blank=True, default="", help_text="birthplace", max_length=60),
                ),
                ("photo", models.CharField(blank=True, default="", help_text="photo", max_length=64)),
                (
                    "police_station",
                    models.CharField(blank=True, default="", help_text="police station", max_length=60),
                ),
                (
                    "moved_in_because",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="reason of moving in, list moving_reason",
                        max_length=4,
                    ),
                ),
                (
                    "moved_in_from",
                    models.CharField(blank=True, default="", help_text="moved in from", max_length=120),
                ),
                (
                    "cancelled_on",
                    models.DateField(blank=True, help_text="registration cancelled on", null=True),
                ),
                (
                    "marital_status",
                    models.CharField(
                        blank=True, default="", help_text="marital status, GB/T 2261.2", max_length=4
                    ),
                ),
                (
                    "spouse_number",
                    models.CharField(blank=True, default="", help_text="spouse's number", max_length=40),
                ),
                (
                    "spouse_name",
                    models.CharField(blank=True, default="", help_text="spouse's name", max_length=100),
                ),
                ("married_on", models.DateField(blank=True, help_text="date of marriage", null=True)),
                (
                    "marriage_certificate",
                    models.CharField(blank=True, default="", help_text="marriage certificate", max_length=40),
                ),
                (
                    "marriage_authority",
                    models.CharField(
                        blank=True, default="", help_text="marriage registry office", max_length=60
                    ),
                ),
                (
                    "birth_certificate",
                    models.CharField(
                        blank=True, default="", help_text="medical certificate of birth", max_length=40
                    ),
                ),
                ("children", models.SmallIntegerField(blank=True, help_text="number of children", null=True)),
                ("last_birth_on", models.DateField(blank=True, help_text="last birth", null=True)),
                (
                    "birth_registration",
                    models.CharField(
                        blank=True, default="", help_text="registration of birth plans", max_length=40
                    ),
                ),
                (
                    "birth_registered_on",
                    models.DateField(blank=True, help_text="birth plans registered on", null=True),
                ),
                (
                    "only_child_certificate",
                    models.CharField(
                        blank=True, default="", help_text="only-child certificate", max_length=40
                    ),
                ),
                (
                    "only_child_certified_on",
                    models.DateField(blank=True, help_text="only-child certificate issued on", null=True),
                ),
                (
                    "education",
                    models.CharField(blank=True, default="", help_text="education, GB/T 4658", max_length=4),
                ),
                (
                    "degree",
                    models.CharField(blank=True, default="", help_text="degree, list degree", max_length=4),
                ),
                ("school", models.CharField(blank=True, default="", help_text="school", max_length=80)),
                ("major", models.CharField(blank=True, default="", help_text="major", max_length=60)),
                ("graduated_on", models.DateField(blank=True, help_text="graduated on", null=True)),
                (
                    "employment_status",
                    models.CharField(
                        blank=True, default="", help_text="employment status, GB/T 2261.4", max_length=4
                    ),
                ),
                (
                    "occupation",
                    models.CharField(blank=True, default="", help_text="occupation, GB/T 6565", max_length=4),
                ),
                ("employer", models.CharField(blank=True, default="", help_text="employer", max_length=120)),
                (
                    "employer_uscc",
                    models.CharField(
                        blank=True, default="", help_text="employer's credit code", max_length=18
                    ),
                ),
                ("position", models.CharField(blank=True, default="", help_text="position", max_length=60)),
                ("employed_since", models.DateField(blank=True, help_text="employed since", null=True)),
                (
                    "unemployment_certificate",
                    models.CharField(
                        blank=True, default="", help_text="employment and start-up certificate", max_length=40
                    ),
                ),
                (
                    "skill_grade",
                    models.CharField(
                        blank=True, default="", help_text="skill grade, list skill_grade", max_length=4
                    ),
                ),
                (
                    "insurance_number",
                    models.CharField(blank=True, default="", help_text="social security card", max_length=40),
                ),
                (
                    "pension_scheme",
                    models.CharField(
                        blank=True, default="", help_text="pension scheme, list pension_scheme", max_length=4
                    ),
                ),
                (
                    "pension_state",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="state of the pension insurance, list insurance_state",
                        max_length=4,
                    ),
                ),
                (
                    "pension_months",
                    models.SmallIntegerField(
                        blank=True, help_text="months of pension contributions", null=True
                    ),
                ),
                (
                    "medical_scheme",
                    models.CharField(
                        blank=True, default="", help_text="medical scheme, list medical_scheme", max_length=4
                    ),
                ),
                (
                    "medical_state",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="state of the medical insurance, list insurance_state",
                        max_length=4,
                    ),
                ),
                (
                    "unemployment_state",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="state of the unemployment insurance, list insurance_state",
                        max_length=4,
                    ),
                ),
                (
                    "injury_state",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="state of the injury insurance, list insurance_state",
                        max_length=4,
                    ),
                ),
                (
                    "assistance_kind",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="kind of assistance, list assistance_kind",
                        max_length=4,
                    ),
                ),
                (
                    "assistance_certificate",
                    models.CharField(
                        blank=True, default="", help_text="assistance certificate", max_length=40
                    ),
                ),
                ("assistance_since", models.DateField(blank=True, help_text="assisted since", null=True)),
                ("assistance_until", models.DateField(blank=True, help_text="assisted until", null=True)),
                (
                    "assistance_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, help_text="yuan a month", max_digits=10, null=True
                    ),
                ),
                (
                    "hardship_reason",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="cause of hardship, list hardship_reason",
                        max_length=4,
                    ),
                ),
                ("temporary_aid_on", models.DateField(blank=True, help_text="last temporary aid", null=True)),
                (
                    "health_status",
                    models.CharField(
                        blank=True, default="", help_text="state of health, GB/T 2261.3", max_length=4
                    ),
                ),
                (
                    "blood_group",
                    models.CharField(
                        blank=True, default="", help_text="blood group, list blood_group", max_length=4
                    ),
                ),
                (
                    "disability_certificate",
                    models.CharField(
                        blank=True, default="", help_text="disability certificate", max_length=40
                    ),
                ),
                (
                    "disability_kind",
                    models.CharField(
                        blank=True, default="", help_text="kind of disability, GB/T 26341", max_length=4
                    ),
                ),
                (
                    "disability_grade",
                    models.CharField(
                        blank=True, default="", help_text="grade of disability, GB/T 26341", max_length=4
                    ),
                ),
                (
                    "family_doctor",
                    models.CharField(
                        blank=True, default="", help_text="family doctor's institution", max_length=80
                    ),
                ),
                (
                    "political_status",
                    models.CharField(
                        blank=True, default="", help_text="political affiliation, GB/T 4762", max_length=4
                    ),
                ),
                ("joined_party_on", models.DateField(blank=True, help_text="joined the party on", null=True)),
                (
                    "military_service",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="military service, list military_service",
                        max_length=4,
                    ),
                ),
                (
                    "veteran_certificate",
                    models.CharField(
                        blank=True, default="", help_text="veteran's certificate", max_length=40
                    ),
                ),
                (
                    "inflow_reason",
                    models.CharField(
                        blank=True, default="", help_text="reason of inflow, list moving_reason", max_length=4
                    ),
                ),
                (
                    "residence_permit",
                    models.CharField(blank=True, default="", help_text="residence permit", max_length=40),
                ),
                (
                    "residence_permit_until",
                    models.DateField(blank=True, help_text="residence permit valid until", null=True),
                ),
                (
                    "floating_registered_on",
                    models.DateField(blank=True, help_text="registered as floating on", null=True),
                ),
                (
                    "effective_on",
                    models.DateField(
                        blank=True,
                        help_text="from which day the last change holds; none: it put right what never was",
                        null=True,
                    ),
                ),
                (
                    "known_since",
                    models.DateTimeField(
                        default=yizhan.clock.now, help_text="when the row was first written"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=yizhan.clock.now, help_text="when this state was written"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="membership",
            name="ended_at",
            field=models.DateTimeField(help_text="when its end was written", null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="recorded_at",
            field=models.DateTimeField(default=yizhan.clock.now),
        ),
        migrations.AddField(
            model_name="person",
            name="effective_on",
            field=models.DateField(
                blank=True,
                help_text="from which day the last change holds; none: it put right what never was",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="personhistory",
            name="valid_until",
            field=models.DateField(help_text="the day on which it ended; none: it was never so", null=True),
        ),
        migrations.AddField(
            model_name="residence",
            name="ended_at",
            field=models.DateTimeField(help_text="when its end was written", null=True),
        ),
        migrations.AddField(
            model_name="residence",
            name="recorded_at",
            field=models.DateTimeField(default=yizhan.clock.now),
        ),
        migrations.AddField(
            model_name="residence",
            name="tenure",
            field=models.CharField(blank=True, default="", help_text="list tenure", max_length=2),
        ),
        migrations.CreateModel(
            name="LifeEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("birth", "出生"),
                            ("death", "死亡"),
                            ("marriage", "结婚"),
                            ("divorce", "离婚"),
                            ("moved_in", "迁入"),
                            ("moved_out", "迁出"),
                            ("moved", "区内迁移"),
                            ("renamed", "更名"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("detail", models.JSONField(default=dict)),
                ("source_record", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField(default=yizhan.clock.now)),
                ("struck_at", models.DateTimeField(help_text="it had been recorded in error", null=True)),
                ("struck_because", models.CharField(blank=True, max_length=300)),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                        db_index=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="registry.person",
                        db_index=False,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "on"], name="registry_event_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "source_record", "person"), name="registry_event_record"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticularsHistory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("was", models.JSONField()),
                ("recorded_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField()),
                (
                    "valid_until",
                    models.DateField(help_text="the day on which it ended; none: it was never so", null=True),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="particulars_history",
                        to="registry.person",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "replaced_at"], name="registry_particulars_were")],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("spouse", "配偶"),
                            ("parent", "父母"),
                            ("child", "子女"),
                            ("guardian", "监护人"),
                            ("ward", "被监护人"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField(default=yizhan.clock.now)),
                ("ended_at", models.DateTimeField(help_text="when its end was written", null=True)),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations",
                        to="registry.person",
                        db_index=False,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.source"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="registry_relation_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("person", "other", "kind"),
                        name="registry_relation_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("other")), _negated=True),
                        name="registry_relation_two",
                    ),
                ],
            },
        ),
    ]
