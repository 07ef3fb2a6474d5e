"""The proof of a case: what was commanded, what happened."""

from __future__ import annotations

from django.db import models

from yizhan.cases.models.case import Case


class Command(models.Model):
    """A command that was carried out 命令, with its answer: the same command again gets it again."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    actor = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    answer = models.JSONField()
    at = models.DateTimeField()


class Event(models.Model):
    """One step of a case 留痕: gapless, chained, never changed. Partitioned by case."""

    pk = models.CompositePrimaryKey("case_id", "rev")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    rev = models.PositiveIntegerField()
    command = models.UUIDField()
    kind = models.CharField(max_length=60)
    node = models.CharField(max_length=120, blank=True)
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=100, blank=True)
    post = models.CharField(max_length=160, blank=True)
    on_behalf_of = models.CharField(max_length=100, blank=True)
    delta = models.JSONField()
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)


class Counter(models.Model):
    """A number that only grows 流水号; the next one is taken in the step that uses it."""

    key = models.CharField(max_length=80, primary_key=True)
    value = models.PositiveBigIntegerField()
