"""How much may be looked at in a day, and whose looks are reported 查阅限额、重点保护."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan import clock
from yizhan.registry.models.person import Person


class Quota(models.Model):
    """How often an act is allowed in a day 每日限额: for residents, for staff, or for staff with a role.

    A row of a role stands before the one of all staff; of several roles the most generous one counts. It is changed by
    the reviewed function ``registry_set_quota`` only.
    """

    class Act(models.TextChoices):
        """What is counted."""

        LOOKUP = "lookup", _("检索、核验")
        FILE = "file", _("查看一人一档")
        UNMASK = "unmask", _("查看全文")
        EXPORT = "export", _("导出")

    who = models.CharField(max_length=60, help_text="citizen, staff, or the code of a role")
    act = models.CharField(max_length=10, choices=Act)
    a_day = models.PositiveIntegerField()
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.CharField(max_length=120, default="house")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "act"], name="registry_quota_one")]


class Tally(models.Model):
    """How often an account did something on a day, in which post 当日次数; only reviewed functions read it.

    What was done in all of one's posts counts together: another post gives no new quota. Days are real ones.
    """

    account = models.BigIntegerField()
    post = models.BigIntegerField(default=0, help_text="0 for residents")
    act = models.CharField(max_length=10)
    day = models.DateField()
    made = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "day", "act", "post"], name="registry_tally_one")
        ]


class Protected(models.Model):
    """Somebody whose records are looked at by few 重点保护人员; a look is let through, and reported at once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, help_text="the last day")
    by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="registry_protected_one"
            )
        ]


class StaffPerson(models.Model):
    """Who a member of staff is in the register 工作人员本人登记: so that looks at colleagues and kin are noticed."""

    account = models.BigIntegerField(unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    since = models.DateTimeField()
