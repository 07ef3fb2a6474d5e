"""Clocks of a case, what made them stand still and when, and timers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.calendar.models import CalendarRelease
from yizhan.cases.models.case import Case
from yizhan.cases.models.task import NextNumber


class ClockState(models.TextChoices):
    """The state of a clock."""

    RUNNING = "running", _("计时中")
    SUSPENDED = "suspended", _("暂停计时")
    STOPPED = "stopped", _("停止计时")


class Clock(models.Model):
    """A time limit that runs 时限. Partitioned by case.

    ``due_at`` is always computed from start, budget and spans, never edited.
    """

    pk = models.CompositePrimaryKey("case_id", "id")
    id = models.BigIntegerField(db_default=NextNumber("cases_clock_id_seq"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=20, help_text="acceptance, promised, statutory, internal, supplement")
    task = models.BigIntegerField(null=True, help_text="the task it belongs to; none: the whole case")
    node = models.CharField(max_length=120, blank=True)
    unit = models.CharField(
        max_length=16, help_text="working_days, natural_days, duty_hours or natural_hours"
    )
    budget = models.PositiveIntegerField()
    extended = models.PositiveIntegerField(default=0, help_text="added to the budget by an extension")
    hours = models.JSONField(null=True, help_text="{working, resting}: the duty roster; none: office hours")
    used = models.PositiveIntegerField(
        null=True, help_text="while it stands still: days used, or seconds of a limit in hours"
    )
    started_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ClockState, default=ClockState.RUNNING)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False, help_text="reaches into a year not yet published")
    stopped_at = models.DateTimeField(null=True)
    basis = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="cases_clock_standing", condition=models.Q(state="suspended"))
        ]


class Suspension(models.Model):
    """Why clocks stand still 中止计时: what is waited for, on which basis, by which paper, until when.

    One row for the case, or for the task of one department; each clock that it stops gets a span of it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="suspensions")
    task = models.BigIntegerField(null=True, help_text="the department's own task; none: the whole case")
    kind = models.CharField(max_length=20, help_text="supplement, hearing, inspection, expert_review …")
    restart = models.BooleanField(default=False, help_text="afterwards the budget begins anew")
    words = models.TextField(blank=True)
    basis = models.JSONField(null=True)
    document = models.CharField(max_length=120, blank=True, help_text="the paper that tells of it")
    since = models.DateTimeField()
    expected_on = models.DateField(null=True, help_text="the last day of the time that was told")
    by = models.CharField(max_length=160)
    until = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=160, blank=True)
    ended_words = models.TextField(blank=True)


class Span(models.Model):
    """A time in which a clock stood still 不计入时限的期间: from when, until when, why, on which basis."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="spans")
    clock = models.BigIntegerField()
    suspension = models.ForeignKey(Suspension, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    restart = models.BooleanField(default=False)
    reason = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    basis = models.JSONField(null=True)
    document = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=160)


class Timer(models.Model):
    """Something the house itself must do at a time 定时器. It fires and steps in one transaction."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timers", db_index=False)
    kind = models.CharField(max_length=30)
    ref = models.CharField(max_length=60)
    due = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "ref"], name="cases_timer_once")]
        indexes = [models.Index(fields=["due", "id"], name="cases_timer_due")]


class Recount(models.Model):
    """That a clock was reckoned anew because the working days changed 时限重算: its end before and after."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recounts", db_index=False)
    number = models.CharField(max_length=40)
    clock = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    release = models.ForeignKey(CalendarRelease, on_delete=models.PROTECT, related_name="+", db_index=False)
    was = models.DateTimeField(null=True)
    was_provisional = models.BooleanField()
    due = models.DateTimeField(null=True)
    provisional = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "clock", "release"], name="cases_recount_once")
        ]
        indexes = [models.Index(fields=["release", "id"], name="cases_recount_release")]
