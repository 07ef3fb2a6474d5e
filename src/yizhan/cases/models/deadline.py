"""Clocks of a case, the spans in which they stood still, and timers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

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
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=20, help_text="acceptance, promised, statutory, internal, supplement")
    task = models.BigIntegerField(null=True, help_text="the task it belongs to; none: the whole case")
    node = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=16, help_text="working_days, natural_days or duty_hours")
    budget = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ClockState, default=ClockState.RUNNING)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False, help_text="reaches into a year not yet published")
    stopped_at = models.DateTimeField(null=True)
    basis = models.JSONField(null=True)


class Span(models.Model):
    """A time in which a clock stood still 不计入时限的期间: from when, until when, why, on which basis."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="spans")
    clock = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    basis = models.JSONField(null=True)
    by = models.CharField(max_length=120)


class Timer(models.Model):
    """Something the house itself must do at a time 定时器. It fires and steps in one transaction."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timers")
    kind = models.CharField(max_length=30)
    ref = models.CharField(max_length=60)
    due = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "ref"], name="cases_timer_once")]
        indexes = [models.Index(fields=["due", "id"], name="cases_timer_due")]
