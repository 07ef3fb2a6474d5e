"""Which reaches a post has is looked up in an index, which also answers for the post alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0006_held_without_opens")]

    operations = [
        migrations.AlterField(
            model_name="rolegrant",
            name="post",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to="identity.post",
            ),
        ),
        migrations.AddIndex(
            model_name="rolegrant",
            index=models.Index(fields=["post", "reach"], name="identity_grant_reach"),
        ),
    ]
