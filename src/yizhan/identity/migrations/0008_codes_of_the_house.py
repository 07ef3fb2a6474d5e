"""How many codes the whole house sent within an hour is asked with each of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0007_reach_of_a_post")]

    operations = [
        migrations.AddIndex(
            model_name="phonecode",
            index=models.Index(fields=["-issued_at"], name="identity_phonecode_sent"),
        ),
    ]
