"""What a check of a household's means found 经济状况核对."""

from __future__ import annotations

from django.db import models

from yizhan.cases.models.case import Case


class MeansCheck(models.Model):
    """One check 核对报告: what the household declared, what the repository records, and where they differ.

    A later check adds a row; none is ever changed. It is for those who handle the case. ``members`` is a list, one for
    each person of the household: name, relation, ``declared`` and ``recorded`` yuan a month, the records with source
    and day, and doubts in both languages.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="means_checks", db_index=False)
    rev = models.PositiveIntegerField(help_text="the case's revision for which it was made")
    persons = models.PositiveIntegerField(help_text="who lives together and is counted")
    declared = models.DecimalField(max_digits=14, decimal_places=2, help_text="yuan a month")
    recorded = models.DecimalField(max_digits=14, decimal_places=2, help_text="yuan a month")
    income = models.DecimalField(
        max_digits=14, decimal_places=2, help_text="yuan a month, of each person the larger of the two"
    )
    members = models.JSONField()
    doubts = models.JSONField(help_text="of the household as a whole, in both languages")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "rev"], name="cases_meanscheck_rev")]
