"""Who owns a company, and what offices decided about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan import clock
from yizhan.registry.models.entity import Entity
from yizhan.registry.models.source import Source


class Shareholder(models.Model):
    """Who holds a share of a company 股东, from when to when; ``holder`` is the subject where it is known.

    Companies may hold each other: the tie is kept as the source tells it, and ``circular`` marks one that closes a
    circle, so that nobody adds shares up around it.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="shareholders", db_index=False)
    name = models.CharField(max_length=120)
    holder = models.CharField(max_length=80, blank=True, help_text="person:<id>, entity:<code>")
    share = models.DecimalField(max_digits=7, decimal_places=4, null=True, help_text="per cent")
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, help_text="yuan")
    circular = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    as_of = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["entity"], name="registry_shareholder_of"),
            models.Index(fields=["holder"], condition=~models.Q(holder=""), name="registry_shareholder_is"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "name"], condition=models.Q(until=None), name="registry_shareholder_once"
            )
        ]


class EntityRecord(models.Model):
    """What an office decided about a company: a penalty 行政处罚, an approval 行政许可, a credit record 信用记录.

    A row is never changed, but for being struck with a reason. ``public`` says that the office made it public, and
    ``public_until`` the last day of that.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PENALTY = "penalty", _("行政处罚")
        APPROVAL = "approval", _("行政许可")
        HONOUR = "honour", _("守信记录")
        BREACH = "breach", _("失信记录")

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="records", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.CharField(max_length=80, help_text="of the decision")
    title = models.CharField(max_length=200)
    authority = models.CharField(max_length=120)
    basis = models.CharField(max_length=300, blank=True)
    grade = models.CharField(max_length=1, blank=True, help_text="1 light, 2 ordinary, 3 serious")
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, help_text="yuan")
    decided_on = models.DateField()
    valid_to = models.DateField(null=True)
    public = models.BooleanField(default=True)
    public_until = models.DateField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    as_of = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    struck_at = models.DateTimeField(null=True)
    struck_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["entity", "-decided_on"], name="registry_entity_decided")]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "number"], name="registry_entityrecord_once")
        ]
