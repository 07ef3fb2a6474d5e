"""A use may sign with several families; what each certificate signed stands beside its serial."""

from __future__ import annotations

from django.db import migrations

from yizhan.database.migration import RunAsOwner

WITH_WHAT = """
update seals_use set serials = jsonb_build_object(serials ->> 0, before) where jsonb_typeof(serials) = 'array';
"""


class Migration(migrations.Migration):
    """One column less."""

    dependencies = [("seals", "0002_keeping_turn")]

    operations = [
        RunAsOwner(WITH_WHAT, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveField(model_name="use", name="before"),
    ]
