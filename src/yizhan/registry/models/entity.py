"""Companies and other legal persons 法人: who they are, and who represents them."""

from __future__ import annotations

from django.db import models

from yizhan.registry.models.source import Source


class Entity(models.Model):
    """A legal person by its unified social credit code 法人 (GB 32100), as its register says.

    ``representative_document`` is type and number, as identity knows a verified citizen's (``111:4401…``): by it
    the legal representative 法定代表人 is known when she logs in. ``until`` is the day it was struck off.
    What the register did not tell of kind, address, division and founding is empty.
    """

    uscc = models.CharField(max_length=18, primary_key=True)
    name = models.CharField(max_length=120)
    representative = models.CharField(max_length=80)
    representative_document = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True)
    division = models.CharField(max_length=12, blank=True, help_text="in which the address lies")
    established_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    as_of = models.DateField(help_text="the day for which the source says so")
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["representative_document"], name="registry_entity_represented")]

    def __str__(self) -> str:
        """The registered name."""
        return self.name

    @property
    def subject(self) -> str:
        """The key in the journal and the access log."""
        return f"entity:{self.uscc}"
