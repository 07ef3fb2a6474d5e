"""What sources record of somebody's income and property 收入财产记载."""

from __future__ import annotations

from django.db import models

from yizhan.registry.models.person import Person
from yizhan.registry.models.source import Source


class MeansRecord(models.Model):
    """One income or one piece of property of a person, as one record of a source says it 收入财产记载.

    ``amount`` is yuan: a month for an income, the balance or value for property; none where the source tells none.
    A row is closed by ``until`` and otherwise never changed.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="means", db_index=False)
    kind = models.CharField(max_length=30, help_text="of registry.means.KINDS")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, help_text="yuan")
    detail = models.CharField(max_length=200, blank=True, help_text="employer, plate, place of the flat")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    source_record = models.CharField(max_length=80)
    as_of = models.DateField(help_text="the day for which the source says so")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="registry_means_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_record"], name="registry_means_record")
        ]
