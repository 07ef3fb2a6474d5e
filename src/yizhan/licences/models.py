"""What becomes of a licence in its holder's hands 用证: codes by which it is shown, and every use of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as lazy

from yizhan.registry.models import Licence
from yizhan.releases.words import Text


class Showing(models.Model):
    """A code by which a holder shows a licence for a minute 出示.

    The code itself is kept nowhere: ``digest`` is its SHA-256.
    """

    digest = models.CharField(max_length=64, unique=True)
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    account = models.BigIntegerField()
    at = models.DateTimeField()
    until = models.DateTimeField()


class Use(models.Model):
    """One use of a licence 用证记录: the holder sees every one; never changed.

    Attributes:
        line: of which licence, whatever version.
        by: who used it: the key of an account or a unit; empty for whoever had the code or the number.
        purpose: for what, in words; ``case`` by which case.
    """

    class How(models.TextChoices):
        """What was done with it."""

        SHOWN = "shown", lazy("出示证照码")
        SEEN = "seen", lazy("扫码查看")
        ASKED = "asked", lazy("按编号查询")
        TAKEN = "taken", lazy("办事免交材料")
        OPENED = "opened", lazy("获授权单位查看")

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", db_index=False)
    line = models.UUIDField()
    how = models.CharField(max_length=12, choices=How)
    at = models.DateTimeField()
    by = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    case = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["line", "-id"], name="licences_use_of_line")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "line"], condition=~models.Q(case=""), name="licences_use_of_case"
            ),
        ]


class Batch(models.Model):
    """Many licences of one kind, issued from one list 批量核发: who asked for them, and why."""

    kind = models.CharField(max_length=60)
    unit = models.CharField(max_length=40)
    by = models.CharField(max_length=120)
    because = models.CharField(max_length=400)
    at = models.DateTimeField()
    lines = models.PositiveIntegerField()


class BatchLine(models.Model):
    """One holder of the list: the licence that came of it, or why none did; neither while its turn has not come."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", db_index=False)
    row = models.PositiveIntegerField()
    subject = models.CharField(max_length=120)
    number = models.CharField(max_length=120, blank=True)
    begins = models.DateField(null=True)
    licence = models.OneToOneField(Licence, models.PROTECT, null=True, related_name="+")
    fault = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="licences_batchline_once")]


class Authorisation(models.Model):
    """A holder lets a unit look at a licence 授权用证: for a purpose, until a day; taken back at any time.

    ``unit_zh`` and ``unit_en`` are the unit's name when it was given.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", db_index=False)
    line = models.UUIDField(db_index=True)
    unit = models.CharField(max_length=40, db_index=True)
    unit_zh = models.CharField(max_length=120)
    unit_en = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    until = models.DateField(help_text="the last day")
    given_at = models.DateTimeField()
    given_by = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    command = models.UUIDField(unique=True)

    @property
    def unit_name(self) -> Text:
        """The unit in both languages."""
        return Text(zh=self.unit_zh, en=self.unit_en)
