"""What must still happen for a case is found by the case, however much waits."""

from django.db import migrations, models
from django.db.models.fields.json import KeyTransform


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_looks_for_a_case")]

    operations = [
        migrations.AddIndex(
            model_name="effect",
            index=models.Index(
                KeyTransform("case", "body"),
                name="journal_effect_of_case",
                condition=models.Q(done_at=None, refused_at=None),
            ),
        ),
    ]
