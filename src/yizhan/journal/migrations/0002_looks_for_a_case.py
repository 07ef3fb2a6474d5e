"""Who looked for a case is found by its number, however long the log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="access",
            index=models.Index(fields=["purpose", "id"], name="journal_access_purpose"),
        ),
    ]
