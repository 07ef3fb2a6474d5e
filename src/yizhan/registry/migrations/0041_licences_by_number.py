"""A licence is asked for by its number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0040_the_life_of_licences")]

    operations = [
        migrations.AddIndex("licence", models.Index(fields=["number"], name="registry_licence_number")),
    ]
