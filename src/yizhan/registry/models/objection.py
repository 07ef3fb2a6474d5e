"""That somebody says of a registered value that it is wrong 信息异议."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan import clock
from yizhan.registry.models.person import Person
from yizhan.registry.models.source import Source


class Objection(models.Model):
    """A value of the register that its person says is wrong, from the day on which the case began.

    ``said`` is what the register said then, as it is, with its source and day; the present value stands where it always
    stands, marked while the objection is open. There is one open objection to a value at a time.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        OPEN = "", _("有异议，处理中")
        CORRECTED = "corrected", _("已更正")
        AT_SOURCE = "at_source", _("已由登记单位在源头更正")
        KEPT = "kept", _("经核实维持原登记")
        ENDED = "ended", _("未作处理，已结束")

    person = models.ForeignKey(Person, models.PROTECT, related_name="objections")
    key = models.CharField(max_length=60, help_text="of the catalogue, person.born")
    said = models.JSONField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    as_of = models.DateField(null=True)
    wanted = models.CharField(max_length=500, help_text="what it should be, in the person's words")
    case = models.CharField(max_length=40, unique=True, help_text="the number of the case that handles it")
    opened_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=models.Q(ended_at=None), name="registry_objection_one"
            )
        ]
