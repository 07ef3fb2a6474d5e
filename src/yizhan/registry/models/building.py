"""Buildings 楼栋, grids 网格 and facilities 公共设施: places with a shape or a point, and what they were before.

They name nobody and bear no row security; a trigger lets only services and offices of the area write.
Coordinates are CGCS2000 degrees; what comes in another system is converted before it is entered.
"""

from __future__ import annotations

from django.db import models

from yizhan import clock
from yizhan.registry.models.columns import division_column
from yizhan.registry.models.place import Address
from yizhan.registry.models.source import Source
from yizhan.releases.words import Text


class Point(models.Model):
    """Where something stands 点位: degrees with seven decimals, a centimetre; both empty when not surveyed."""

    longitude = models.DecimalField(max_digits=10, decimal_places=7, null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=7, null=True, blank=True)

    class Meta:
        abstract = True


class Building(Point):
    """A building 楼栋: the rooms of it are the addresses that belong to it.

    Road, door plate and building are the elements of its standard address. ``outline`` is a list of rings, each a
    list of points ``[longitude, latitude]``, the first around and the others cut out. ``grid`` was found by its
    point; it is empty where no grid holds the point or several do, and ``grid_doubt`` then says which.
    """

    class Doubt(models.TextChoices):
        """Why a building has no grid."""

        NO_POINT = "no_point"
        UNCOVERED = "uncovered"
        SEVERAL = "several"

    code = models.CharField(max_length=30, unique=True)
    division = division_column("down to the committee where that is known")
    road = models.CharField(max_length=60, default="", blank=True)
    door_plate = models.CharField(max_length=40, default="", blank=True)
    building = models.CharField(max_length=40, default="", blank=True)
    name = models.CharField(max_length=80, default="", blank=True, help_text="a proper name, if it has one")
    kind = models.CharField(max_length=2, default="", blank=True, help_text="list building_kind")
    floors = models.SmallIntegerField(null=True, help_text="above the ground")
    units = models.SmallIntegerField(null=True, help_text="entrances or staircases")
    built = models.SmallIntegerField(null=True, help_text="year")
    outline = models.JSONField(default=list)
    grid = models.CharField(max_length=20, default="", blank=True)
    grid_doubt = models.CharField(max_length=10, choices=Doubt, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True, help_text="pulled down, or no longer a building of its own")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    as_of = models.DateField(help_text="the day for which the source says so")
    recorded_at = models.DateTimeField(
        default=clock.now
    )  # of what it is; not of the grid, which follows from outlines

    class Meta:
        indexes = [
            models.Index(fields=["division", "code"], name="registry_building_division"),
            models.Index(fields=["grid"], name="registry_building_grid"),
            models.Index(fields=["latitude", "longitude"], name="registry_building_point"),
        ]

    def __str__(self) -> str:
        """Its standard address."""
        return f"{self.road}{self.door_plate}{self.building}"


class Grid(models.Model):
    """A grid 网格 in one stretch of its life: a new outline is a new row, the earlier one keeps its days."""

    code = models.CharField(max_length=20)
    division = division_column("in which it lies")
    name = models.CharField(max_length=80)
    outline = models.JSONField()
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=models.Q(until=None), name="registry_grid_one")
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name


class Facility(Point):
    """A public facility or service point 公共设施、服务点.

    ``hours`` is a list of ``[weekday, from, to]``: Monday is 1, times are ``HH:MM``. An empty list says that
    nobody told, not that it is closed.
    """

    code = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=2, help_text="list facility_kind")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, default="", blank=True)
    address = models.ForeignKey(Address, models.PROTECT, related_name="facilities")
    hours = models.JSONField(default=list)
    phone = models.CharField(max_length=30, default="", blank=True)
    unit = models.CharField(max_length=100, default="", blank=True, help_text="the unit that runs it")
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    as_of = models.DateField(help_text="the day for which the source says so")

    class Meta:
        indexes = [models.Index(fields=["latitude", "longitude"], name="registry_facility_point")]

    def __str__(self) -> str:
        """The name in the language of the page."""
        return str(self.name)

    @property
    def name(self) -> Text:
        """The name in both languages; the Chinese one where nobody has given an English one."""
        return Text(zh=self.name_zh, en=self.name_en or self.name_zh)


class PlaceHistory(models.Model):
    """What a building or an address was before 地址沿革: only the columns that changed, each with what it was."""

    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="history")
    address = models.ForeignKey(Address, models.PROTECT, null=True, related_name="history")
    state = models.JSONField()
    because = models.CharField(max_length=20, help_text="regrid, division or survey")
    valid_until = models.DateField(help_text="the day on which it ended")
    replaced_at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=120, blank=True, help_text="the key of who did it")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="registry_placehistory_of_one",
                condition=models.Q(building=None) ^ models.Q(address=None),
            )
        ]


class Premises(models.Model):
    """Where a company has its seat 住所: its address as text, found among the standard addresses.

    The row says nothing that the company's own row does not, and is read together with it only.
    """

    entity = models.OneToOneField(
        "registry.Entity", models.PROTECT, primary_key=True, related_name="premises"
    )
    address = models.ForeignKey(Address, models.PROTECT, null=True, related_name="premises")
    told = models.CharField(max_length=300, help_text="the text that was read")
