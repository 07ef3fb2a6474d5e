"""Companies and other legal persons 法人: who they are, who represents them, and what was said of them before."""

from __future__ import annotations

from django.db import models

from yizhan import clock
from yizhan.registry.models.columns import division_column
from yizhan.registry.models.person import Person
from yizhan.registry.models.source import Source


class Entity(models.Model):
    """A legal person by its unified social credit code 法人 (GB 32100), as its register says.

    One known by the organisation code 组织机构代码 alone (GB 11714, nine characters) bears that as ``uscc``; when its
    credit code comes, ``became`` leads there. ``code_ok`` keeps the result of the check: a wrong code is kept and
    marked. ``representative_document`` is type and number, as identity knows a verified citizen's (``111:4401…``): by
    it the legal representative 法定代表人 is known when she logs in. ``until`` is the day it was struck off. What the
    register did not tell is empty. Earlier values stand in :class:`EntityHistory`, written by a trigger.
    """

    uscc = models.CharField(max_length=18, primary_key=True)
    organisation_code = models.CharField(
        max_length=9, blank=True, help_text="GB 11714; positions 9-17 of the uscc"
    )
    code_ok = models.BooleanField(default=True)
    name = models.CharField(max_length=120)
    representative = models.CharField(max_length=80)
    representative_document = models.CharField(max_length=60)
    representative_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=60, blank=True)
    kind_code = models.CharField(max_length=4, blank=True, help_text="list entity_kind")
    state = models.CharField(max_length=2, blank=True, help_text="list entity_state")
    registered_capital = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217; of the capital")
    business_scope = models.CharField(max_length=4000, blank=True)
    industry = models.CharField(max_length=5, blank=True, help_text="GB/T 4754, list industry")
    term_from = models.DateField(null=True, blank=True)
    term_until = models.DateField(null=True, blank=True, help_text="none: without a term")
    address = models.CharField(max_length=300, blank=True)
    division = division_column("in which the address lies")
    phone = models.CharField(max_length=30, blank=True)
    parent = models.CharField(
        max_length=18, blank=True, help_text="of which it is a branch; perhaps not held here"
    )
    became = models.CharField(max_length=18, blank=True, help_text="the code under which it is held now")
    established_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    as_of = models.DateField(help_text="the day for which the source says so")
    until = models.DateField(null=True, blank=True)
    left_on = models.DateField(
        null=True, blank=True, help_text="it had come with a file by mistake, and is in the register no more"
    )
    effective_on = models.DateField(
        null=True,
        blank=True,
        help_text="from which day the last change holds; none: it put right what never was",
    )
    recorded_at = models.DateTimeField(default=clock.now, help_text="when this state was written")

    class Meta:
        indexes = [
            models.Index(fields=["representative_document"], name="registry_entity_represented"),
            models.Index(fields=["division"], name="registry_entity_division"),
            models.Index(fields=["organisation_code"], name="registry_entity_organisation"),
            models.Index(fields=["parent"], condition=~models.Q(parent=""), name="registry_entity_branches"),
        ]

    def __str__(self) -> str:
        """The registered name."""
        return self.name

    @property
    def subject(self) -> str:
        """The key in the journal and the access log."""
        return f"entity:{self.uscc}"
