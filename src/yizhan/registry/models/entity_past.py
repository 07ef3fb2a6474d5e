"""What was said of a company before, and who says what: history, provenance, corrections, names and numbers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yizhan import clock
from yizhan.registry.models.entity import Entity
from yizhan.registry.models.source import Source


class EntityHistory(models.Model):
    """Values of a company that were replaced 历史记录, as :class:`PersonHistory` keeps those of persons."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="history", db_index=False)
    was = models.JSONField()
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    valid_until = models.DateField(null=True, help_text="the day on which it ended; none: it was never so")

    class Meta:
        indexes = [models.Index(fields=["entity", "replaced_at"], name="registry_entity_was")]


class EntityProvenance(models.Model):
    """Which columns of a company a record of a source vouches for, by the numbers of ``ENTITY_COLUMNS``."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="provenance", db_index=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    source_record = models.CharField(max_length=80)
    as_of = models.DateField(help_text="the day for which the source says so")
    columns = ArrayField(models.SmallIntegerField())

    class Meta:
        indexes = [models.Index(fields=["entity"], name="registry_entity_vouched")]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_record"], name="registry_entity_record")
        ]


class EntityCorrection(models.Model):
    """A value of a company that was put right 更正: which, from what to what, on whose word and why."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="corrections")
    column = models.CharField(max_length=40)
    was = models.TextField()
    became = models.TextField()
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    because = models.CharField(max_length=500)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)


class EntityName(models.Model):
    """A name that a company bore 曾用名; entered by the trigger when it is renamed, or told by a source."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="former_names", db_index=False)
    name = models.CharField(max_length=120)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "name"], name="registry_entityname_once")]


class EntityIdentifier(models.Model):
    """Another number of a company: organisation code, business registration 注册号, tax, customs."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="identifiers", db_index=False)
    type = models.CharField(max_length=20, help_text="organisation, registration, tax, customs")
    value = models.CharField(max_length=40)
    ok = models.BooleanField(null=True, help_text="null: a type of number that cannot be checked")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["value"], name="registry_entity_known_by")]
        constraints = [
            models.UniqueConstraint(fields=["entity", "type", "value"], name="registry_entity_number_once")
        ]
