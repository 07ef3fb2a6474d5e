"""What of the demo district is loaded."""

from __future__ import annotations

from django.db import models


class Loaded(models.Model):
    """A part of the demo district that is wholly there."""

    part = models.CharField(max_length=60, primary_key=True)
    rows = models.PositiveIntegerField()
