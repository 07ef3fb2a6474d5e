"""Files that were entered into the register, and whom each of them touched."""

import django.db.models.deletion
from django.db import migrations, models

import yizhan.clock


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0012_many_at_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("fresh", models.PositiveIntegerField(default=0, help_text="persons entered")),
                (
                    "changed",
                    models.PositiveIntegerField(default=0, help_text="persons who were known and changed"),
                ),
                ("at", models.DateTimeField(default=yizhan.clock.now)),
                ("by", models.CharField(max_length=120)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=120)),
                ("undone_because", models.CharField(blank=True, max_length=300)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="registry.source",
                        db_index=False,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Imported",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("record", models.CharField(max_length=80)),
                ("fresh", models.BooleanField()),
                (
                    "provenance",
                    models.JSONField(
                        help_text="[row, columns, day] of each record that vouched before", null=True
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="registry.import",
                        db_index=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                        db_index=False,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["source", "-at"], name="registry_import_of_source"),
        ),
        migrations.AddIndex(
            model_name="imported",
            index=models.Index(fields=["person"], name="registry_imported_person"),
        ),
        migrations.AddConstraint(
            model_name="imported",
            constraint=models.UniqueConstraint(fields=("file", "record"), name="registry_imported_once"),
        ),
    ]
