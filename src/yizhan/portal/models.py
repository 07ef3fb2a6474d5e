"""How often something public was tried from one address in one hour; rows go after a day."""

from __future__ import annotations

from django.db import models


class Tries(models.Model):
    """A count of tries 访问频次: the purpose, the address, the hour."""

    key = models.CharField(max_length=120, primary_key=True)
    count = models.PositiveIntegerField()
    hour = models.DateTimeField(db_index=True)
