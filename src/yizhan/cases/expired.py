"""Drafts that ran out 过期草稿: what nobody handed in within its term goes, and its files are swept with time."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from yizhan.cases.models import Draft
from yizhan.registry import retention
from yizhan.registry.retention import Clearing


def _old(before: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(submitted_as="", saved_at__lt=before)


retention.announce(
    "drafts",
    Clearing(count=lambda before: _old(before).count(), clear=lambda before: _old(before).delete()[0]),
)
