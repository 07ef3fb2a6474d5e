"""Moving cases to another release 改用新版流程: who decided it, why, and what became of each case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.cases.models.case import Case
from yizhan.releases.models import Release


class Move(models.Model):
    """That open cases of a pack are to be handled by another release: an act of an administrator.

    Attributes:
        limits: whether running limits of tasks follow the new release too.
    """

    pack = models.CharField(max_length=60)
    to = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    limits = models.BooleanField(default=False)
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True, help_text="none: the command line")
    name = models.CharField(max_length=100)
    post = models.CharField(max_length=160, blank=True)


class MovedCase(models.Model):
    """What became of one case: it waits for its turn, was moved, or stays with its release, and why."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("等待处理")
        MOVED = "moved", _("已改用新版")
        STAYS = "stays", _("仍用原版")

    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="cases", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    was = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.JSONField(default=dict, help_text="{zh, en}, where it stays")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "case"], name="cases_movedcase_once")]
        indexes = [
            models.Index(fields=["id"], name="cases_movedcase_turn", condition=models.Q(state="waiting"))
        ]
