"""On which laws items rest 设定依据."""

from __future__ import annotations

from django.db import models

from yizhan.cases.models.item import Item


class ItemBasis(models.Model):
    """A citation in an item as it is in force now: of which law, which article, at which place of the definition.

    ``law`` is the code by which the register of laws knows it, and empty where it does not. Written anew whenever the
    item is published.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="bases", db_index=False)
    place = models.CharField(max_length=200, help_text="such as limits.extension.basis")
    law = models.CharField(max_length=60, default="", blank=True)
    title_zh = models.CharField(max_length=4000)
    article_zh = models.CharField(max_length=4000, default="", blank=True)
    article_en = models.CharField(max_length=4000, default="", blank=True)
    by_analogy = models.BooleanField(default=False)
    verified = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["law"], name="cases_itembasis_law")]
        constraints = [models.UniqueConstraint(fields=["item", "place"], name="cases_itembasis_once")]
