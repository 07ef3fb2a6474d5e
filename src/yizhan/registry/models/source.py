"""Where values come from 来源."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yizhan.registry.models.person import Person
from yizhan.releases.words import Text


class Source(models.Model):
    """A register of a department that values are taken from 数据来源."""

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    title_zh = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    unit = models.CharField(max_length=100, help_text="the unit that answers for the values")
    categories = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        help_text="of catalogue.CATEGORIES: what may come from here; empty: all",
    )

    def __str__(self) -> str:
        """The title in the language of the page."""
        return str(self.title)

    def delivers(self, category: str) -> bool:
        """Whether fields of a category of ``catalogue.CATEGORIES`` may come from here, by hand or by file."""
        return not self.categories or category in self.categories

    @property
    def title(self) -> Text:
        """The title in both languages."""
        return Text(zh=self.title_zh, en=self.title_en)


class Provenance(models.Model):
    """What one record of a source says about a person 数据溯源.

    One row per person and source record with the list of columns taken from it, not one row per value:
    with five sources a person, 1.93 million people need about ten million rows instead of 158 million.
    ``columns`` holds the numbers of :data:`yizhan.registry.catalogue.COLUMNS`. A column stands in at most
    one row of a person. A row whose columns all came from elsewhere later stays, with an empty list:
    ``source_record`` tells a feed that it knows this record.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="provenance")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    source_record = models.CharField(max_length=80)
    as_of = models.DateField(help_text="the day for which the source says so")
    columns = ArrayField(models.SmallIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_record"], name="registry_provenance_record")
        ]
