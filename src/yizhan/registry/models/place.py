"""Standard addresses 标准地址 and who is registered or lives there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan import clock
from yizhan.registry.models.columns import committee_of, division_column, subdistrict_of
from yizhan.registry.models.person import Person


class Address(models.Model):
    """A standard address 标准地址, element by element (after GB/T 23705), down to the room.

    It names a place and nobody in it, so it bears no row security; who lives there does. ``division`` goes
    down to the committee where that is known. ``road`` is 路街巷, ``door_plate`` 门牌号 with 之一 and 自编,
    ``building`` 栋, ``unit`` 单元 or 梯, ``room`` 房. ``estate`` is the row of the building with these elements, and
    ``grid`` is that building's; a trigger finds both when an address is entered. Both are empty until they are surveyed.
    """

    division = division_column("down to the committee where that is known")
    road = models.CharField(max_length=60, default="", blank=True, help_text="road, street or lane")
    door_plate = models.CharField(
        max_length=40, default="", blank=True, help_text="number of the door plate, with its suffixes"
    )
    building = models.CharField(max_length=40, default="", blank=True, help_text="building")
    unit = models.CharField(max_length=20, default="", blank=True, help_text="entrance or staircase")
    floor = models.CharField(max_length=20, default="", blank=True, help_text="floor")
    room = models.CharField(max_length=20, default="", blank=True, help_text="room")
    full_text = models.CharField(max_length=300)
    grid = models.CharField(max_length=20, null=True)
    estate = models.ForeignKey(
        "registry.Building",
        models.PROTECT,
        null=True,
        related_name="rooms",
        help_text="the building in which it lies",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "full_text"], name="registry_address_once")
        ]

    @property
    def subdistrict(self) -> str:
        """The code of its sub-district 街道; empty when unknown."""
        return subdistrict_of(self.division)

    @property
    def committee(self) -> str:
        """The code of its committee 居委会; empty when unknown."""
        return committee_of(self.division)


class Residence(models.Model):
    """A person at an address 居住关系: registered there 户籍地, or living there 居住地.

    One current row of each kind a person. A row is closed by ``until`` and otherwise never changed.
    """

    class Kind(models.TextChoices):
        """Registered and living differ for many: 人户分离."""

        REGISTERED = "registered", _("户籍地")
        LIVING = "living", _("居住地")

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    address = models.ForeignKey(Address, models.PROTECT, related_name="residences")
    kind = models.CharField(max_length=10, choices=Kind)
    tenure = models.CharField(max_length=2, default="", blank=True, help_text="list tenure")
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, help_text="when its end was written")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=models.Q(until=None), name="registry_residence_one"
            )
        ]
