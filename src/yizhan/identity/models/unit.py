"""Units 单位 and their tree. Nothing is deleted: a unit that ends keeps its rows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import connection, models, transaction
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizhan import clock, journal
from yizhan.identity.faults import Refused
from yizhan.identity.models.post import Appointment
from yizhan.ui.language import in_english

if TYPE_CHECKING:
    from yizhan.identity.actor import Actor

LONGEST_PATH = 400
# No underscore and no percent sign: paths are compared with LIKE.
CODE = r"^[0-9A-Za-z][0-9A-Za-z-]{0,39}$"


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units by time and by place in the tree."""

    def open(self, on: date | None = None) -> Self:
        """Those that exist on a day, today if none is named."""
        day = on or clock.today()
        return self.filter(models.Q(valid_to=None) | models.Q(valid_to__gte=day), valid_from__lte=day)

    def within(self, path: str) -> Self:
        """The unit at a path and all below it."""
        return self.filter(path__startswith=path)


class Unit(models.Model):
    """A unit 单位: a government, a department, a sub-district, a committee, a section, a window."""

    class Kind(models.TextChoices):
        """What a unit is."""

        GOVERNMENT = "government", gettext_lazy("人民政府")
        DEPARTMENT = "department", gettext_lazy("部门")
        SUBDISTRICT = "subdistrict", gettext_lazy("街道（镇）")
        COMMITTEE = "committee", gettext_lazy("社区（村）")
        SECTION = "section", gettext_lazy("内设机构")
        WINDOW = "window", gettext_lazy("窗口")

    code = models.CharField(max_length=40, primary_key=True, validators=[RegexValidator(CODE)])
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, default="", blank=True)
    short_name = models.CharField(max_length=60, default="", blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=LONGEST_PATH, editable=False)
    division = models.CharField(max_length=12, default="", blank=True)
    uscc = models.CharField(max_length=18, default="", blank=True)
    sort = models.IntegerField(default=0)
    valid_from = models.DateField(default=clock.today)
    valid_to = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "code"]
        indexes = [models.Index(fields=["path"], name="identity_unit_path", opclasses=["text_pattern_ops"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="identity_unit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        """Name of the unit on the present page."""
        return self.name_en if self.name_en and in_english() else self.name

    @property
    def full_name(self) -> str:
        """Name as people outside know it: a section's after that of its department."""
        if self.kind != self.Kind.SECTION or self.parent is None:
            return str(self)
        if in_english() and self.name_en:
            return f"{self.name_en}, {self.parent}"
        return f"{self.parent.name}{self.name}"

    def found(self, *, by: Actor) -> Self:
        """Enter a new unit under its parent.

        Raises:
            Refused: the code is not well formed or taken, or the parent is closed.
        """
        by.require("platform.system_admin")
        with transaction.atomic():
            _one_change_at_a_time()
            if re.fullmatch(CODE, self.code) is None:
                raise Refused(_("单位代码只能由字母、数字和连字符组成，最长 40 位"))
            if Unit.objects.filter(code=self.code).exists():
                raise Refused(_("单位代码 %(code)s 已被使用") % {"code": self.code})
            self.path = _path(self.code, self.parent)
            self.save(force_insert=True)
            journal.write("unit.founded", subject=self.subject, actor=by.key, parent=self.parent_id)
        return self

    def rename(self, name: str, *, by: Actor, name_en: str = "", short_name: str = "") -> None:
        """Give the unit another name; the old one stays in the journal."""
        by.require("platform.system_admin")
        was = self.name
        self.name, self.name_en, self.short_name = name, name_en, short_name
        with transaction.atomic():
            self.save(update_fields=["name", "name_en", "short_name"])
            journal.write("unit.renamed", subject=self.subject, actor=by.key, was=was, name=name)

    def describe(self, *, by: Actor, kind: str, division: str, uscc: str, sort: int) -> None:
        """Correct what kind of unit it is, its division, its credit code and its place in lists."""
        by.require("platform.system_admin")
        self.kind, self.division, self.uscc, self.sort = kind, division, uscc, sort
        with transaction.atomic():
            self.save(update_fields=["kind", "division", "uscc", "sort"])
            journal.write("unit.described", subject=self.subject, actor=by.key, type=kind, division=division)

    def move(self, parent: Unit | None, *, by: Actor) -> None:
        """Put the unit, with all below it, under another unit.

        Raises:
            Refused: the new parent is the unit itself or stands below it, or is closed.
        """
        by.require("platform.system_admin")
        with transaction.atomic():
            _one_change_at_a_time()
            self.refresh_from_db()
            if parent is not None:
                parent.refresh_from_db()
                if parent.path.startswith(self.path):
                    raise Refused(_("不能把单位移到它自己或其下级之下"))
            was = self.path
            deepest = Unit.objects.within(was).aggregate(length=models.Max(Length("path")))["length"] or 0
            now = _fitting(_path(self.code, parent), deepest - len(was))
            before, self.parent, self.path = self.parent_id, parent, now
            self.save(update_fields=["parent"])
            Unit.objects.within(was).update(path=Concat(models.Value(now), Substr("path", len(was) + 1)))
            journal.write(
                "unit.moved", subject=self.subject, actor=by.key, was=before, parent=parent and parent.code
            )

    def close(self, *, by: Actor, on: date | None = None) -> None:
        """Let the unit end on a day (its last day); it stays in the books.

        Raises:
            Refused: units below it are open, or somebody is still appointed in it.
        """
        by.require("platform.system_admin")
        last = on or clock.today()
        with transaction.atomic():
            _one_change_at_a_time()
            if self.children.filter(models.Q(valid_to=None) | models.Q(valid_to__gt=last)).exists():
                raise Refused(_("下级单位尚未撤销，请先撤销或移走下级单位"))
            if (
                Appointment.objects.filter(post__unit=self)
                .overlapping(last + timedelta(days=1), None)
                .exists()
            ):
                raise Refused(_("本单位仍有在任人员，请先办理调离"))
            self.valid_to = last
            self.save(update_fields=["valid_to"])
            journal.write("unit.closed", subject=self.subject, actor=by.key, on=last.isoformat())

    @property
    def subject(self) -> str:
        """The unit's key in the journal."""
        return f"unit:{self.code}"


def division_prefix(division: str) -> str:
    """The levels of a 12-digit division code that say something (GB/T 2260, GB/T 10114).

    Province 2, prefecture 4, county 6, township 9, committee 12 digits; an empty code stays empty.
    """
    for length in (2, 4, 6, 9):
        if division[length:].strip("0") == "":
            return division[:length]
    return division


def _path(code: str, parent: Unit | None) -> str:
    if parent is None:
        return f"{code}/"
    if not Unit.objects.open().filter(code=parent.code).exists():
        raise Refused(_("上级单位 %(name)s 不存在或已撤销") % {"name": parent})
    return _fitting(f"{parent.path}{code}/")


def _fitting(path: str, below: int = 0) -> str:
    """The path, if it and what stands below it, so many characters more, can be kept."""
    if len(path) + below > LONGEST_PATH:
        raise Refused(_("单位层级过多，请放到更高的上级之下"))
    return path


def _one_change_at_a_time() -> None:
    """Paths of a whole subtree change together: two moves at once could make a circle."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('identity_unit'))")
