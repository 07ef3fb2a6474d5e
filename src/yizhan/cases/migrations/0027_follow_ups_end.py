"""After one that was opened another may wait for the same case: where its decision was set aside and made anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_papers_of_suspensions")]

    operations = [
        migrations.RemoveConstraint(model_name="followup", name="cases_followup_once"),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("given_up_at", None), ("opened_as", "")),
                fields=("case", "item"),
                name="cases_followup_once",
            ),
        ),
    ]
