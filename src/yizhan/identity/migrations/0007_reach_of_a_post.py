"""Which reaches a post has is looked up in an index: absent ones cost nothing, however many roles a post holds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0006_held_without_opens")]

    operations = [
        migrations.AddIndex(
            model_name="rolegrant",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["post", "reach"], name="identity_grant_reach"
            ),
        ),
    ]
