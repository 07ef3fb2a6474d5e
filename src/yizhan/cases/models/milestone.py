"""States that matter, each a row: who, when, why."""

from __future__ import annotations

from django.db import models

from yizhan.cases.models.case import Case


class Milestone(models.Model):
    """What all milestones say: at which step, when, by whom."""

    rev = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=160)

    class Meta:
        abstract = True


class Acceptance(Milestone):
    """The matter is taken up 受理; from here the handling clock runs."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="acceptance")


class Supplement(Milestone):
    """The applicant is told once what is missing 一次性告知补正."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supplements")
    task = models.BigIntegerField(null=True, help_text="the task that asked")
    missing = models.JSONField(help_text="list of {field, words}")
    ended = models.JSONField(
        default=list,
        help_text="facts of licences that held no more when it was asked, and whose material it takes",
    )
    words = models.TextField(blank=True)
    back_to = models.CharField(max_length=120)
    due_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)


class Decision(Milestone):
    """What was decided, with its reasons 决定."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=40)
    reasons = models.JSONField(help_text="list of {zh, en} or {words}")
    automatic = models.BooleanField(default=False)
    terms = models.JSONField(default=dict, help_text="what was granted: amount, from when …")
    paper = models.UUIDField(null=True)


class Reopening(Milestone):
    """A case that had ended goes on 重新办理: why, at which task, and what no longer stands."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reopenings")
    node = models.CharField(max_length=120)
    reason = models.TextField()
    was = models.JSONField(help_text="the decision and the closure that no longer stand")
    paper = models.UUIDField(null=True)


class Closure(Milestone):
    """The case has ended 办结."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="closure")
    kind = models.CharField(max_length=20, help_text="completed, withdrawn, terminated, not_accepted")
    words = models.TextField(blank=True)


class Lapse(Milestone):
    """What was granted is no longer in force 失效: since which day, and why.

    A lapse that turns out to be wrong is undone, never deleted; then the decision is in force again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lapses")
    on = models.DateField(help_text="the day on which it happened")
    why = models.JSONField(help_text="{zh, en}")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(undone_at=None), name="cases_lapse_once"
            )
        ]
