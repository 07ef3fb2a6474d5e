"""Tasks whose clock stands still are a list of their own: the few such clocks are found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0028_cheaper_journeys")]

    operations = [
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["case"], name="cases_clock_standing", condition=models.Q(state="suspended")
            ),
        ),
    ]
