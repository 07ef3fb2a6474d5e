"""Cases are found by whom they are about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0029_clocks_that_stand_still_are_found")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["subject_name", "-opened_at"], name="cases_case_named"),
        ),
    ]
