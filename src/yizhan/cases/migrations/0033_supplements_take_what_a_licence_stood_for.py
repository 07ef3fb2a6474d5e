"""A supplement keeps which licences held no more when it was asked: it takes the files of their materials."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0032_no_index_twice")]

    operations = [
        migrations.AddField(
            "supplement",
            "ended",
            models.JSONField(
                default=list,
                help_text="facts of licences that held no more when it was asked, and whose material it takes",
            ),
        )
    ]
