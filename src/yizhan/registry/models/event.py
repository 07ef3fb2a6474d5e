"""What happened to persons, by day 人生大事, and who is related to whom 亲属关系."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan import clock
from yizhan.registry.models.person import Person
from yizhan.registry.models.source import Source


class LifeEvent(models.Model):
    """One thing that happened to one person on one day 人口变动. Never changed; what was wrong is struck.

    ``detail`` holds what belongs to the kind: the places of a move, the number of a certificate.
    """

    class Kind(models.TextChoices):
        """What a population register records as happening."""

        BIRTH = "birth", _("出生")
        DEATH = "death", _("死亡")
        MARRIAGE = "marriage", _("结婚")
        DIVORCE = "divorce", _("离婚")
        MOVED_IN = "moved_in", _("迁入")
        MOVED_OUT = "moved_out", _("迁出")
        MOVED = "moved", _("区内迁移")
        RENAMED = "renamed", _("更名")
        JOINED = "joined", _("入户")
        LEFT = "left", _("出户")
        HEADED = "headed", _("登记为户主")

    person = models.ForeignKey(Person, models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    other = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    detail = models.JSONField(default=dict)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    source_record = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(default=clock.now)
    struck_at = models.DateTimeField(null=True, help_text="it had been recorded in error")
    struck_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "on"], name="registry_event_of_person"),
            models.Index(
                fields=["other"], condition=models.Q(other__isnull=False), name="registry_event_of_other"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_record", "person"], name="registry_event_record"
            )
        ]


class Relation(models.Model):
    """``other`` is the ``kind`` of ``person`` 亲属关系 (GB/T 4761): each tie stands in two rows, one from either side."""

    class Kind(models.TextChoices):
        """The ties that law and assistance ask for; others follow from these."""

        SPOUSE = "spouse", _("配偶")
        PARENT = "parent", _("父母")
        CHILD = "child", _("子女")
        GUARDIAN = "guardian", _("监护人")
        WARD = "ward", _("被监护人")

    person = models.ForeignKey(Person, models.PROTECT, related_name="relations", db_index=False)
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, help_text="when its end was written")

    class Meta:
        indexes = [models.Index(fields=["person"], name="registry_relation_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other", "kind"],
                condition=models.Q(until=None),
                name="registry_relation_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("other")), name="registry_relation_two"
            ),
        ]
