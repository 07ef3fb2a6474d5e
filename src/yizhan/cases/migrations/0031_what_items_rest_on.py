"""On which laws items rest: filled whenever an item is published."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0030_found_by_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(help_text="such as limits.extension.basis", max_length=200)),
                ("law", models.CharField(blank=True, default="", max_length=60)),
                ("title_zh", models.CharField(max_length=4000)),
                ("article_zh", models.CharField(blank=True, default="", max_length=4000)),
                ("article_en", models.CharField(blank=True, default="", max_length=4000)),
                ("by_analogy", models.BooleanField(default=False)),
                ("verified", models.BooleanField(default=False)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bases",
                        to="cases.item",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["law"], name="cases_itembasis_law")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "place"), name="cases_itembasis_once")
                ],
            },
        ),
    ]
