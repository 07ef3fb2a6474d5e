"""Drafts: an application that is not yet one."""

from __future__ import annotations

import uuid

from django.db import models

from yizhan.cases.models.item import Item
from yizhan.releases.models import Release


class Draft(models.Model):
    """What somebody has begun to fill in 草稿. It is no case until it is submitted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.BigIntegerField(help_text="whose draft: the citizen's, or the clerk's at the window")
    unit = models.CharField(max_length=60, blank=True, help_text="the window's unit; empty: online")
    item = models.ForeignKey(Item, on_delete=models.PROTECT)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    subject = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    rev = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    submitted_as = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-saved_at"], name="cases_draft_account")]
