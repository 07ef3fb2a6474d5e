"""The word for what was kept because its way is not set up yet; the rows stay as they are."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_row_security")]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "待发送"),
                    ("sent", "已发送"),
                    ("failed", "无法送达"),
                    ("refused", "本人已关闭"),
                    ("sunk", "渠道未开通，已留存"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
    ]
