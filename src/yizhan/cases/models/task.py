"""Tasks: what somebody has to do."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.cases.models.case import Case


class NextNumber(models.Func):
    """The next value of the sequence all partitions share."""

    def __init__(self, sequence: str = "", **extra: Any) -> None:
        super().__init__(template=f"nextval('{sequence}')", **extra)
        self.sequence = sequence

    output_field = models.BigIntegerField()


class Queue(models.Model):
    """Who could take a task 任务队列: the holders of a role at a unit."""

    role = models.CharField(max_length=120)
    unit = models.CharField(max_length=60)
    unit_path = models.CharField(max_length=300)
    area = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "unit"], name="cases_queue_role_unit")]


class TaskState(models.TextChoices):
    """The state of a task."""

    OPEN = "open", _("待办")
    HELD = "held", _("暂停")
    DONE = "done", _("已办")
    CANCELLED = "cancelled", _("已取消")


class TaskKind(models.TextChoices):
    """What a task is for: the step itself, or something beside it."""

    STEP = "step", _("本环节")
    DELEGATED = "delegated", _("委派")
    COSIGN = "cosign", _("加签")
    READ = "read", _("传阅")


class Task(models.Model):
    """One thing to do in a case 任务. Partitioned by case.

    What a list shows stands in the row itself, so that a desk of fifty lines is one statement.
    """

    pk = models.CompositePrimaryKey("case_id", "id")
    id = models.BigIntegerField(db_default=NextNumber("cases_task_id_seq"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    token = models.PositiveIntegerField(help_text="the place of the case that it belongs to")
    node = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, default="staff", help_text="staff or applicant")
    kind = models.CharField(max_length=10, choices=TaskKind, default=TaskKind.STEP)
    parent = models.BigIntegerField(null=True, help_text="the task beside which it is done")
    one = models.JSONField(null=True, help_text="for which of several departments it is")
    urged = models.PositiveIntegerField(default=0, help_text="how often it was urged")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False)
    unit = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)

    number = models.CharField(max_length=40)
    item = models.CharField(max_length=60)
    release = models.BigIntegerField()
    subject_mask = models.CharField(max_length=100)
    origin = models.CharField(max_length=60, help_text="unit or channel the case came from")

    assignee = models.BigIntegerField(null=True)
    claimed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)

    done_at = models.DateTimeField(null=True)
    done_by = models.BigIntegerField(null=True)
    done_for = models.BigIntegerField(null=True, help_text="account on whose behalf it was done")
    action = models.CharField(max_length=60, blank=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        managed = True
        indexes = [
            models.Index(
                fields=["assignee", "due_at", "id"],
                name="cases_task_mine",
                condition=models.Q(state="open", audience="staff"),
            ),
            models.Index(
                fields=["queue", "due_at", "id"],
                name="cases_task_queue",
                condition=models.Q(state="open", audience="staff", assignee=None),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="cases_task_due",
                condition=models.Q(state="open", audience="staff"),
            ),
            models.Index(fields=["done_by", "-done_at"], name="cases_task_done"),
        ]
