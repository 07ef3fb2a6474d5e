"""What the house opens by itself when its time comes 到期自动立案."""

from __future__ import annotations

from django.db import models

from yizhan.cases.models.case import Case


class FollowUp(models.Model):
    """That an item is to be opened after a case has ended so, such as a yearly re-check.

    ``origin`` is the case that granted what is looked at again; once that has lapsed nothing is opened. Opened once:
    then ``opened_as`` is the number. Given up when the case is reopened, and when the origin grants no more; where
    it was open by then, the house has ended it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    origin = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=60)
    due = models.DateTimeField()
    opened_as = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "item"],
                condition=models.Q(given_up_at=None, opened_as=""),
                name="cases_followup_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["due"], condition=models.Q(opened_as="", given_up_at=None), name="cases_followup_due"
            ),
            models.Index(fields=["opened_as"], name="cases_followup_number"),
        ]
