"""What of the demo district is loaded."""

from __future__ import annotations

from django.db import models


class Loaded(models.Model):
    """A part of the demo district that is wholly there."""

    part = models.CharField(max_length=60, primary_key=True)
    rows = models.PositiveIntegerField()


class Begun(models.Model):
    """The moment at which the district's first loading began: births, moves and cases are reckoned from it.

    A later loading, of what is missing or of a larger scale, stands at this moment too. Reckoned from another
    day, people would have other birthdays, and two of them one identity number.
    """

    at = models.DateTimeField()
