"""Of a revoked certificate it is kept who revoked it; of earlier ones nobody knows."""

from __future__ import annotations

from django.db import migrations, models

from yizhan.database.migration import RunAsOwner


class Migration(migrations.Migration):
    """One column, which the application fills together with the others of a revocation."""

    dependencies = [("keys", "0001_initial")]

    operations = [
        migrations.AddField(
            "certificate",
            "revoked_by",
            models.CharField(blank=True, default="", help_text="as the journal names them", max_length=120),
        ),
        RunAsOwner(
            "grant update (revoked_by) on keys_certificate to {app}", reverse_sql=migrations.RunSQL.noop
        ),
    ]
