"""Extending a limit once 延长期限: asked by one person, answered by another, each a row."""

from __future__ import annotations

from django.db import models

from yizhan.cases.models.case import Case


class Extension(models.Model):
    """That more time was asked for 延期申请: how much, why, and whose answer it needs."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    rev = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    account = models.BigIntegerField(null=True)
    kinds = models.JSONField(help_text="kinds of clocks, such as promised")
    amount = models.PositiveIntegerField(help_text="in the unit of each clock")
    reason = models.TextField()
    basis = models.JSONField(null=True)
    role = models.CharField(max_length=120, help_text="who may answer")
    unit = models.CharField(max_length=60, help_text="at which unit")

    number = models.CharField(max_length=40)
    item = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["unit", "role", "id"], name="cases_extension_unit")]


class ExtensionAnswer(models.Model):
    """What the head answered 延期审批: granted or not, and from when to when each limit moved."""

    extension = models.OneToOneField(Extension, on_delete=models.PROTECT, related_name="answer")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensionanswers")
    rev = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    account = models.BigIntegerField(null=True)
    granted = models.BooleanField()
    words = models.TextField(blank=True)
    moved = models.JSONField(default=list, help_text="list of {clock, kind, was, due}")
