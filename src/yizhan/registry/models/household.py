"""Households 户 and who belongs to them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan import clock
from yizhan.registry.models.columns import division_column
from yizhan.registry.models.person import Person
from yizhan.registry.models.place import Address

HEAD = "02"
"""Head of the household 户主, GB/T 4761."""


class Household(models.Model):
    """A household of the register 户, known by the number of its book 户口簿."""

    class Kind(models.TextChoices):
        """Kinds of households in the population register."""

        FAMILY = "family", _("家庭户")
        COLLECTIVE = "collective", _("集体户")

    book_number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FAMILY)
    address = models.ForeignKey(Address, models.PROTECT, null=True, related_name="+")
    division = division_column("the division of the address")

    class Meta:
        indexes = [models.Index(fields=["division"], name="registry_household_division")]


class Membership(models.Model):
    """A person in a household 户内成员, with the relation to its head (GB/T 4761).

    A person belongs to one household at a time. A row is closed by ``until`` and otherwise never changed.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=2, help_text="GB/T 4761")
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, help_text="when its end was written")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="registry_membership_one"
            )
        ]
