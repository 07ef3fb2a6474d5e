"""Rows of codes: lists and their codes with validity, divisions with successors, editions loaded."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizhan import clock


class CodeList(models.Model):
    """A list of codes 代码集, such as sex or ethnic group."""

    key = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    standard = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        """The key."""
        return self.key


class Code(models.Model):
    """One code of a list 代码. A changed meaning is a new row with its own validity."""

    code_list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="codes", db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    parent = models.CharField(max_length=20, blank=True, help_text="the code above it in the same list")
    valid_from = models.DateField(null=True, help_text="first day; none: always")
    valid_to = models.DateField(null=True, help_text="last day; none: still")
    aliases = ArrayField(models.CharField(max_length=60), default=list)
    source = models.CharField(max_length=200)
    verified = models.BooleanField(help_text="read in the source that is named, not known by heart")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code_list", "code", "valid_from"], name="codes_code_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        """List and code."""
        return f"{self.code_list_id} {self.code}"


class DivisionKind(models.TextChoices):
    """The level of a division."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("地级")
    DISTRICT = "district", _("县级")
    SUBDISTRICT = "subdistrict", _("乡级")
    COMMITTEE = "committee", _("村（居）委会")


class Precision(models.TextChoices):
    """How exactly the end of a validity is known. What is not known is marked so, never invented."""

    DAY = "day", _("准确到日")
    YEAR = "year", _("只知年份")
    BOUND = "bound", _("不早于或不晚于")


class Division(models.Model):
    """An administrative division 行政区划 in one stretch of its life.

    Code: 6 digits of the district + 3 of the sub-district + 3 of the committee, after the statistics
    bureau's rules. One code can have several rows one after the other, when the division was renamed.

    ``valid_from`` is the first day and ``valid_to`` the last one. With the precision ``year`` only their
    year is known (they stand on 1 January and 31 December); with ``bound`` the division is known to be
    there from ``valid_from`` at the latest, and to have been gone after ``valid_to`` at the latest.
    """

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, null=True, help_text="none: nobody has given one")
    kind = models.CharField(max_length=12, choices=DivisionKind)
    parent = models.CharField(max_length=12, blank=True, db_index=True, help_text="the code above it")
    valid_from = models.DateField(null=True, help_text="none: as far back as our sources reach")
    from_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    valid_to = models.DateField(null=True, help_text="none: still there")
    to_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors")
    source = models.CharField(max_length=300)
    verified = models.BooleanField(help_text="code, name and validity were read in the source")
    notes = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="codes_division_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="codes_division_precision",
                condition=(Q(valid_from=None) ^ ~Q(from_precision=""))
                & (Q(valid_to=None) ^ ~Q(to_precision="")),
            ),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name

    def certain_on(self, day: date) -> bool:
        """Whether the sources say for certain that the division was there on that day."""
        return self.verified and self._began_by(day) and self._lasted_over(day)

    def _began_by(self, day: date) -> bool:
        if self.valid_from is None:
            return True
        if self.from_precision == Precision.YEAR:
            return day.year > self.valid_from.year
        return day >= self.valid_from

    def _lasted_over(self, day: date) -> bool:
        if self.valid_to is None:
            return True
        if self.to_precision == Precision.DAY:
            return day <= self.valid_to
        if self.to_precision == Precision.YEAR:
            return day.year < self.valid_to.year
        # It was gone after that day at the latest; when it went is not known.
        return self.valid_from is not None and day == self.valid_from


class Edition(models.Model):
    """One loading of the data files 代码数据版本. Added, never changed; the last is in force."""

    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
