"""Files that were entered into the register 导入批次, and whom each of them touched."""

from __future__ import annotations

from django.db import models

from yizhan import clock
from yizhan.registry.models.person import Person
from yizhan.registry.models.source import Source


class Import(models.Model):
    """One file of a source that was entered 导入批次; ``at`` is the moment that all its changes bear."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="imports", db_index=False)
    kind = models.CharField(
        max_length=20, default="persons", help_text="of the register, a key of extracts.REGISTERS"
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    fresh = models.PositiveIntegerField(default=0, help_text="entered")
    changed = models.PositiveIntegerField(default=0, help_text="known before and changed")
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=120, blank=True)
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["source", "-at"], name="registry_import_of_source")]


class Imported(models.Model):
    """A person whom a file entered or spoke of, with what had vouched for her before."""

    file = models.ForeignKey(Import, models.PROTECT, related_name="persons", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    record = models.CharField(max_length=80)
    fresh = models.BooleanField()
    provenance = models.JSONField(
        null=True, help_text="[row, columns, day] of each record that vouched before"
    )

    class Meta:
        indexes = [models.Index(fields=["person"], name="registry_imported_person")]
        constraints = [models.UniqueConstraint(fields=["file", "record"], name="registry_imported_once")]


class ImportedRow(models.Model):
    """A company or a place that a file entered or spoke of, with what it was before where nothing else keeps that."""

    file = models.ForeignKey(Import, models.PROTECT, related_name="entries", db_index=False)
    key = models.CharField(
        max_length=80, help_text="a credit code, or the code of a building, grid or facility"
    )
    fresh = models.BooleanField()
    was = models.JSONField(null=True, help_text="columns that the file replaced")
    provenance = models.JSONField(
        null=True, help_text="[row, columns, day] of each record that vouched before"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="registry_importedrow_once")]
