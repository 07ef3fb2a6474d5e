"""Signature stamps belong to a person in a post."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


def _whose() -> models.ForeignKey:  # type: ignore[type-arg]  # a column of two tables
    return models.ForeignKey(
        "identity.appointment",
        django.db.models.deletion.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )


class Migration(migrations.Migration):
    """Two columns, empty for seals of units."""

    dependencies = [("identity", "0013_no_index_twice"), ("seals", "0004_what_is_approved")]

    operations = [
        migrations.AddField("seal", "appointment", _whose()),
        migrations.AddField("approval", "appointment", _whose()),
    ]
