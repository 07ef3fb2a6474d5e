"""An end that a re-check decided."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_fixed_and_held")]

    operations = [
        migrations.AlterField(
            model_name="entitlementend",
            name="kind",
            field=models.CharField(
                choices=[
                    ("died", "去世"),
                    ("moved_away", "户籍迁出本区"),
                    ("duplicate", "同类待遇已在发放"),
                    ("revoked", "原决定已不再有效"),
                    ("rechecked", "复核后不再符合条件"),
                ],
                max_length=12,
            ),
        ),
    ]
