"""Rows of publishing. Who sees and who writes them stands in migration 0001."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.cases.models import Case
from yizhan.releases.words import Text


class PublicNotice(models.Model):
    """One public notice 公示: what everybody may read while it is up, and nothing more.

    The name is covered in part; there is no address and no number of a document. It is up from ``up_at`` until
    ``ends_at`` at the latest; ``taken_down_at`` says when it was taken down, sooner where the case goes back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="public_notices")
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    unit = models.CharField(max_length=60, help_text="code of the unit that put it up")
    name = models.CharField(max_length=100, help_text="covered in part")
    persons = models.PositiveIntegerField(null=True)
    monthly = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="yuan a month")
    up_at = models.DateTimeField()
    last_day = models.DateField()
    ends_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["taken_down_at", "-up_at"], name="publishing_up")]

    @property
    def title(self) -> Text:
        """What it is about, in both languages."""
        return Text(zh=self.title_zh, en=self.title_en)


class Objection(models.Model):
    """What somebody says against it 异议. For those who handle the case; never for whoever applied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    words = models.TextField()
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()

    @property
    def late(self) -> bool:
        """Whether the notice was over when it came; it is passed on to officials all the same."""
        down = self.notice.taken_down_at
        return self.at >= self.notice.ends_at or (down is not None and self.at >= down)


class Hearing(models.Model):
    """What became of an objection 异议去向: a task that looks into it, or that officials were told of it."""

    class Way(models.TextChoices):
        """Where it led 去向."""

        LED = "led", _("已转核实")
        JOINED = "joined", _("与先收到的异议一并核实")
        TOLD = "told", _("已告知承办人员")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="hearing")
    way = models.CharField(max_length=10, choices=Way.choices)
    at = models.DateTimeField()
