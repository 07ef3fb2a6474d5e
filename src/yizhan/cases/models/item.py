"""Items: what can be applied for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from yizhan.releases.models import Release, definition
from yizhan.ui.language import in_english

if TYPE_CHECKING:
    from yizhan.cases.item import ItemDefinition


class Item(models.Model):
    """A service item 事项 as it is in force now: a page in the directory for a pack's definition.

    The definition itself is in the release; a case keeps the release it began with.
    """

    code = models.CharField(max_length=60, primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    unit = models.CharField(max_length=60)
    objects_served = models.CharField(max_length=60, help_text="person, entity; separated by commas")
    in_use = models.BooleanField(default=True)
    card = models.JSONField(default=dict, help_text="what lists show")
    search = SearchVectorField(null=True)
    sort = models.CharField(max_length=300)

    class Meta:
        indexes = [GinIndex(fields=["search"], name="cases_item_search")]

    def __str__(self) -> str:
        """The title in the language of the page."""
        return self.title_en if in_english() else self.title_zh

    @property
    def definition(self) -> ItemDefinition:
        """The item's definition in the release in force."""
        from yizhan.cases.item import ItemDefinition  # noqa: PLC0415 (the definition knows FEEL and tables)

        return definition(self.release_id, "item", self.code, ItemDefinition)
