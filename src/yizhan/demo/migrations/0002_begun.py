from django.db import migrations, models

from yizhan.database.migration import RunAsOwner


class Migration(migrations.Migration):
    dependencies = [("demo", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Begun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        RunAsOwner(
            "revoke update, delete, truncate on demo_begun from {app};",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
