"""What offices entered by hand 手工登记: one row for each command that was carried out."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan import clock
from yizhan.registry.models.source import Source


class HandEntry(models.Model):
    """An entry by hand: of whom, which columns, on whose word and why. Never changed.

    The same command again finds its row and does nothing more. Values are not here: they stand in the register and its
    history.
    """

    class Act(models.TextChoices):
        """What was done."""

        NEW = "new", _("新登记")
        CHANGE = "change", _("变更登记")
        CORRECTION = "correction", _("更正登记")
        MOVE = "move", _("迁移登记")
        STRIKE = "strike", _("注销登记")
        DEATH = "death", _("死亡登记")
        HOUSEHOLD = "household", _("户内变动登记")

    command = models.UUIDField(primary_key=True)
    act = models.CharField(max_length=10, choices=Act)
    subject = models.CharField(max_length=80, help_text="person:<id>, entity:<code>")
    columns = ArrayField(models.CharField(max_length=40))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    because = models.CharField(max_length=500)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="registry_handentry_of")]
