"""Rows of voice. Who sees and who writes them stands in migrations 0002 and 0003; none is ever changed or deleted."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from yizhan.cases.models import Case
from yizhan.voice.grades import Grade


class Channel(models.TextChoices):
    """How a rating came in 评价渠道."""

    WEB = "web", _("网上")
    LINK = "link", _("回执链接")
    WINDOW = "window", _("窗口评价器")


class Invitation(models.Model):
    """That a case can be rated without logging in 评价凭证: the hash of its token, and until when it is good.

    Times are real: they guard people.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="invitation")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()


class Rating(models.Model):
    """What somebody thinks of how their case was handled 评价: one for each case, after its end, never forced.

    ``case_status`` is where the case stood when it was rated. ``by`` is an account's key, or ``invitation``.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating")
    case_number = models.CharField(max_length=40)
    case_status = models.CharField(max_length=12)
    item = models.CharField(max_length=60)
    unit = models.CharField(max_length=60)
    grade = models.PositiveSmallIntegerField(choices=Grade.choices)
    remarks = ArrayField(models.CharField(max_length=20), default=list)
    words = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade__gte=1, grade__lte=5), name="voice_rating_five_grades"
            )
        ]
        indexes = [models.Index(fields=["unit", "-at"], name="voice_rating_unit")]


class Redress(models.Model):
    """What follows a bad rating 差评整改: somebody calls back and verifies, then it is put right and answered."""

    rating = models.OneToOneField(Rating, on_delete=models.PROTECT, related_name="redress")
    unit = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    verify_by = models.DateTimeField()
    rectify_by = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "rectify_by"], name="voice_redress_unit")]


class RedressStep(models.Model):
    """What all steps of a redress say: when, by whom (key, and name and post of that moment), in which words."""

    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_name = models.CharField(max_length=160)
    words = models.TextField()

    class Meta:
        abstract = True


class Verified(RedressStep):
    """Somebody called back and looked into it 回访核实; the words stay inside the house."""

    redress = models.OneToOneField(Redress, on_delete=models.PROTECT, related_name="verified")


class Rectified(RedressStep):
    """It was put right 整改完成; the words are the answer to the person."""

    redress = models.OneToOneField(Redress, on_delete=models.PROTECT, related_name="rectified")


class Tally(models.Model):
    """How many ratings of each grade an item got at a unit in a month 评价统计. No personal data; public.

    The database counts in the transaction of the rating (migration 0002); the application only reads.
    """

    item = models.CharField(max_length=60)
    unit = models.CharField(max_length=60)
    month = models.DateField()
    grade_5 = models.PositiveIntegerField(default=0)
    grade_4 = models.PositiveIntegerField(default=0)
    grade_3 = models.PositiveIntegerField(default=0)
    grade_2 = models.PositiveIntegerField(default=0)
    grade_1 = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "unit", "month"], name="voice_tally_once")]
