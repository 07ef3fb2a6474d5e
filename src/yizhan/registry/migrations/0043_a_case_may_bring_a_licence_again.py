"""A case that was reopened and decided anew may bring a version more; that it brings none twice its command sees to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0042_found_by_what_is_shown")]

    operations = [
        migrations.RemoveConstraint("licence", "registry_licence_of_case"),
        migrations.AddIndex(
            "licence",
            models.Index(fields=["case"], condition=~models.Q(case=""), name="registry_licence_of_case"),
        ),
    ]
