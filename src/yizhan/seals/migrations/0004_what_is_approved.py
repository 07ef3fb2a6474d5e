"""Title and number of what is approved stand with the approval."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, of earlier approvals empty; and one word."""

    dependencies = [("seals", "0003_uses_of_every_family")]

    operations = [
        migrations.AlterField(
            "spell",
            "state",
            models.CharField(
                choices=[
                    ("active", "在用"),
                    ("suspended", "停用中"),
                    ("lost", "挂失"),
                    ("replaced", "已更换"),
                    ("destroyed", "已销毁"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField("approval", "called", models.CharField(default="", max_length=330)),
    ]
